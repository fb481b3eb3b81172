package pulumicloud

import (
	"net/http"
	"slices"
	"time"

	"github.com/google/uuid"
	cloudtype "github.com/pulumi/pulumi-cloud-sdk/go/apitype"
	"github.com/robfig/cron/v3"
)

// schedule starts deployments of a stack at times of the cloud's clock.
type schedule struct {
	id       string
	stack    *stack
	order    int
	cron     string
	timing   cron.Schedule // parsed from cron
	once     time.Time
	request  tree // as sent: operation and settings
	paused   bool
	created  time.Time
	modified time.Time
	last     time.Time
	next     time.Time // zero if there is none
	history  []*deployment
}

// scheduleRequest is the body of create and update for both kinds.
type scheduleRequest struct {
	ScheduleCron string `json:"scheduleCron"`
	ScheduleOnce string `json:"scheduleOnce"`
	Request      tree   `json:"request"`
	// AutoRemediate is for drift schedules only.
	AutoRemediate bool `json:"autoRemediate"`
}

// scheduleKind validates the body of one kind of schedule and converts it to the common form.
type scheduleKind func(c *call, req *scheduleRequest) error

func customSchedule(c *call, req *scheduleRequest) error {
	if err := c.decodeStrictly(&cloudtype.CreateScheduledDeploymentRequest{}); err != nil {
		return err
	}
	if req.Request == nil {
		return badRequest("a schedule needs a request")
	}
	_, err := req.Request.operation()
	return err
}

func driftSchedule(c *call, req *scheduleRequest) error {
	if err := c.decodeStrictly(&cloudtype.CreateScheduledDriftDeploymentRequest{}); err != nil {
		return err
	}
	options := map[string]any{"remediateIfDriftDetected": req.AutoRemediate}
	req.Request = tree{"operation": "detect-drift", "operationContext": map[string]any{"options": options}}
	return nil
}

// set applies a request, starting from now.
func (sc *schedule) set(req scheduleRequest, now time.Time) error {
	switch {
	case req.ScheduleCron != "" && req.ScheduleOnce != "" || req.ScheduleCron == "" && req.ScheduleOnce == "":
		return badRequest("exactly one of scheduleCron and scheduleOnce must be given")
	case req.ScheduleCron != "":
		timing, err := cron.ParseStandard("CRON_TZ=UTC " + req.ScheduleCron)
		if err != nil || req.ScheduleCron[0] == '@' {
			return badRequest("invalid cron expression %q: five fields are needed", req.ScheduleCron)
		}
		sc.cron, sc.timing, sc.once = req.ScheduleCron, timing, time.Time{}
	default:
		once, err := time.Parse(time.RFC3339, req.ScheduleOnce)
		if err != nil {
			return badRequest("invalid timestamp %q: ISO 8601 is needed", req.ScheduleOnce)
		}
		sc.cron, sc.timing, sc.once = "", nil, once.UTC()
	}
	sc.request, sc.modified = req.Request, now
	sc.plan(now)
	return nil
}

// plan computes the next time after t.
func (sc *schedule) plan(t time.Time) {
	switch {
	case sc.timing != nil:
		sc.next = sc.timing.Next(t)
	case sc.once.After(t):
		sc.next = sc.once
	default:
		sc.next = time.Time{}
	}
}

func (sc *schedule) answer(org string) object {
	answer := object{
		"id": sc.id, "orgID": org, "kind": "deployment", "paused": sc.paused,
		"created": timestamp(sc.created), "modified": timestamp(sc.modified), "nextExecution": timestamp(sc.next),
		"lastExecuted": nil,
		"definition":   object{"programID": sc.stack.id, "request": sc.request},
	}
	if !sc.last.IsZero() {
		answer["lastExecuted"] = timestamp(sc.last)
	}
	if sc.cron != "" {
		answer["scheduleCron"] = sc.cron
	} else {
		answer["scheduleOnce"] = sc.once.Format(time.DateTime) // the provider cannot read RFC 3339 here
	}
	return answer
}

// createSchedule returns the handler for one kind of schedule.
func (s *Server) createSchedule(kind scheduleKind) handler {
	return func(c *call) (any, error) {
		st, req, err := s.scheduleRequest(c, kind)
		if err != nil {
			return nil, err
		}
		s.cloud.sequence++
		sc := &schedule{id: uuid.NewString(), stack: st, order: s.cloud.sequence, created: s.cloud.now}
		if err := sc.set(req, s.cloud.now); err != nil {
			return nil, err
		}
		st.schedules = append(st.schedules, sc)
		return sc.answer(s.opts.Organization), nil
	}
}

func (s *Server) scheduleRequest(c *call, kind scheduleKind) (*stack, scheduleRequest, error) {
	var req scheduleRequest
	st, err := s.stackOf(c)
	if err != nil {
		return nil, req, err
	}
	if st.settings == nil {
		return nil, req, badRequest(errNoSettings)
	}
	if err := c.decode(&req); err != nil {
		return nil, req, err
	}
	return st, req, kind(c, &req)
}

// updateSchedule returns the handler for one kind of schedule.
func (s *Server) updateSchedule(kind scheduleKind) handler {
	return func(c *call) (any, error) {
		_, req, err := s.scheduleRequest(c, kind)
		if err != nil {
			return nil, err
		}
		sc, err := s.scheduleOf(c)
		if err != nil {
			return nil, err
		}
		if err := sc.set(req, s.cloud.now); err != nil {
			return nil, err
		}
		return sc.answer(s.opts.Organization), nil
	}
}

func (s *Server) scheduleOf(c *call) (*schedule, error) {
	st, err := s.stackOf(c)
	if err != nil {
		return nil, err
	}
	for _, sc := range st.schedules {
		if sc.id == c.vars["schedule"] {
			return sc, nil
		}
	}
	return nil, notFound("ScheduledAction '%s' not found", c.vars["schedule"])
}

func (s *Server) listSchedules(c *call) (any, error) {
	st, err := s.stackOf(c)
	if err != nil {
		return nil, err
	}
	list := []object{}
	for _, sc := range st.schedules {
		list = append(list, sc.answer(s.opts.Organization))
	}
	return object{"schedules": list}, nil
}

func (s *Server) getSchedule(c *call) (any, error) {
	sc, err := s.scheduleOf(c)
	if err != nil {
		return nil, err
	}
	return sc.answer(s.opts.Organization), nil
}

// deleteSchedule is idempotent.
func (s *Server) deleteSchedule(c *call) (any, error) {
	st, err := s.stackOf(c)
	if err != nil {
		return nil, err
	}
	st.schedules = slices.DeleteFunc(st.schedules, func(sc *schedule) bool { return sc.id == c.vars["schedule"] })
	return reply{status: http.StatusOK}, nil
}

// pauseSchedule returns the handler that pauses or resumes a schedule.
func (s *Server) pauseSchedule(paused bool) handler {
	return func(c *call) (any, error) {
		sc, err := s.scheduleOf(c)
		if err != nil {
			return nil, err
		}
		sc.paused = paused
		sc.plan(s.cloud.now)
		return reply{status: http.StatusOK}, nil
	}
}

func (s *Server) scheduleHistory(c *call) (any, error) {
	sc, err := s.scheduleOf(c)
	if err != nil {
		return nil, err
	}
	list := []object{}
	for _, d := range slices.Backward(sc.history) {
		list = append(list, object{
			"id": d.id, "scheduledActionID": sc.id, "executed": timestamp(d.created), "version": d.version,
			"result": d.status,
		})
	}
	return object{"scheduleHistoryEvents": list}, nil
}

// nextSchedule returns the schedule that is due first, nil if none is by end.
func (c *cloud) nextSchedule(end time.Time) *schedule {
	var first *schedule
	for _, st := range c.stacks {
		for _, sc := range st.schedules {
			if sc.paused || sc.next.IsZero() || sc.next.After(end) {
				continue
			}
			if first == nil || sc.next.Before(first.next) || sc.next.Equal(first.next) && sc.order < first.order {
				first = sc
			}
		}
	}
	return first
}

// fire queues the deployment of a due schedule. Without settings it does nothing.
func (s *Server) fire(sc *schedule) {
	sc.last = s.cloud.now
	sc.plan(s.cloud.now)
	if sc.stack.settings == nil {
		return
	}
	request, err := s.deploymentRequest(sc.stack, sc.request)
	if err != nil {
		return // was refused when the schedule was created
	}
	who := identity{kind: stackIdentity, stack: sc.stack}
	if d, err := s.enqueue(sc.stack, request, who, "schedule"); err == nil { // if refused, nothing runs
		sc.history = append(sc.history, d)
	}
}
