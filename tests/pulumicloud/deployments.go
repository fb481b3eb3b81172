package pulumicloud

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
)

// The statuses of a deployment.
const (
	statusQueued    = "not-started"
	statusAccepted  = "accepted"
	statusRunning   = "running"
	statusSucceeded = "succeeded"
	statusFailed    = "failed"
	statusSkipped   = "skipped"
)

// maxQueued is how long a deployment may stay in the queue.
const maxQueued = 7 * 24 * time.Hour

// deployment is a queued, running or finished run of the executor.
type deployment struct {
	id        string
	version   int
	stack     *stack
	request   deploymentRequest
	who       identity // the caller who requested it
	runsAs    identity
	initiator string
	status    string
	created   time.Time
	modified  time.Time
	started   time.Time
	finished  time.Time
	steps     []*step
	log       []logLine
	updates   []*update
	cancel    context.CancelFunc // set while it runs
	cancelled bool
}

// step is a step of the only job of a deployment.
type step struct {
	name     string
	status   string
	started  time.Time
	finished time.Time
}

func (d *deployment) done() bool {
	return d.status == statusSucceeded || d.status == statusFailed || d.status == statusSkipped
}

// busy reports whether the executor is working on it.
func (d *deployment) busy() bool { return d.status == statusAccepted || d.status == statusRunning }

// deploymentRequest describes what to run.
type deploymentRequest struct {
	operation apitype.PulumiOperation
	settings  tree // secrets as ciphertext
}

func (r deploymentRequest) skipIntermediate() bool {
	settings, err := r.settings.settings()
	return err == nil && settings.Operation != nil && settings.Operation.Options != nil &&
		settings.Operation.Options.SkipIntermediateDeployments
}

// operation returns the required field of a request.
func (t tree) operation() (apitype.PulumiOperation, error) {
	text, _ := t["operation"].(string)
	operation, err := apitype.ParsePulumiOperation(text)
	if text == "" {
		return "", badRequest("Missing top level required field 'operation'")
	}
	if err != nil {
		return "", badRequest("invalid operation %q", text)
	}
	return operation, nil
}

// deploymentRequest merges the request into the saved settings. If inheritSettings is false, it ignores those.
func (s *Server) deploymentRequest(st *stack, sent tree) (deploymentRequest, error) {
	operation, err := sent.operation()
	if err != nil {
		return deploymentRequest{}, err
	}
	request := deploymentRequest{operation: operation, settings: tree{}}
	inherit, said := sent["inheritSettings"].(bool)
	if (inherit || !said) && st.settings != nil {
		request.settings = st.settings
	}
	sealed, err := sent.seal(s.keys.of(st.id))
	if err != nil {
		return request, err
	}
	patch := sealed.withoutEmpty()
	delete(patch, "operation")
	delete(patch, "inheritSettings")
	request.settings = request.settings.merge(patch)
	if len(request.settings) == 0 {
		return request, badRequest(errNoSettings)
	}
	return request, s.checkSettings(st, request.settings)
}

// enqueue adds a deployment to the queue of the stack, and starts it if nothing blocks it. It refuses a deployment
// without an identity.
func (s *Server) enqueue(
	st *stack, request deploymentRequest, who identity, initiator string,
) (*deployment, error) {
	runsAs, err := s.runsAs(request, who)
	if err != nil {
		return nil, err
	}
	d := &deployment{
		id: uuid.NewString(), version: len(st.deployments) + 1, stack: st, request: request, who: who, runsAs: runsAs,
		initiator: initiator, status: statusQueued, created: s.cloud.now, modified: s.cloud.now,
	}
	st.deployments = append(st.deployments, d)
	s.publishDeployment(d, "deployment_queued")
	s.pump(st)
	s.notify()
	return d, nil
}

func (s *Server) publishDeployment(d *deployment, kind string) {
	s.publishStack(d.stack, kind, kind, object{
		"deploymentId": d.id, "version": d.version, "operation": d.request.operation, "status": d.shownStatus(),
		"deploymentURL": s.consoleURL(d),
	})
}

// shownStatus is the status in webhook payloads. They call a deployment queued until it begins.
func (d *deployment) shownStatus() string {
	if d.status == statusQueued || d.status == statusAccepted {
		return "queued"
	}
	return d.status
}

func (s *Server) consoleURL(d *deployment) string {
	n := d.stack.name
	return fmtURL(s.url, n.org, n.project, n.stack, "deployments", d.version)
}

// pump starts the next deployment of a stack, unless one is running or something is paused.
func (s *Server) pump(st *stack) {
	if s.closed || st.paused || s.cloud.paused {
		return
	}
	s.skipSuperseded(st)
	if slices.ContainsFunc(st.deployments, (*deployment).busy) {
		return
	}
	for _, d := range st.deployments {
		if d.status == statusQueued {
			s.run(d)
			return
		}
	}
}

// skipSuperseded skips a queued deployment that waited too long, or that allows skipping and has a newer one of its
// operation behind it. While a deployment runs it does nothing, because the service decides this only afterwards.
func (s *Server) skipSuperseded(st *stack) {
	newest := map[apitype.PulumiOperation]bool{}
	if slices.ContainsFunc(st.deployments, (*deployment).busy) {
		return
	}
	for _, d := range slices.Backward(st.deployments) {
		if d.status != statusQueued {
			continue
		}
		superseded := newest[d.request.operation] && d.request.skipIntermediate()
		newest[d.request.operation] = true
		if superseded || s.cloud.now.Sub(d.created) > maxQueued {
			s.finish(d, statusSkipped)
		}
	}
}

// run starts a deployment in the background.
func (s *Server) run(d *deployment) {
	ctx, cancel := context.WithCancel(s.ctx)
	d.cancel = cancel
	d.status, d.modified = statusAccepted, s.cloud.now
	if s.opts.AcceptedFor == 0 {
		s.begin(d)
	}
	s.workers.Go(func() {
		defer cancel()
		s.prepareToRun(ctx, d)
		ok := s.execute(ctx, d)
		s.mu.Lock()
		defer s.mu.Unlock()
		s.endRun(d, ok)
	})
}

// prepareToRun keeps a deployment accepted for Options.AcceptedFor.
func (s *Server) prepareToRun(ctx context.Context, d *deployment) {
	if s.opts.AcceptedFor == 0 {
		return
	}
	select {
	case <-time.After(s.opts.AcceptedFor):
	case <-ctx.Done():
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.begin(d)
}

func (s *Server) begin(d *deployment) {
	d.status, d.started, d.modified = statusRunning, s.cloud.now, s.cloud.now
	s.publishDeployment(d, "deployment_started")
	s.notify()
}

// endRun records the result and starts the next deployment.
func (s *Server) endRun(d *deployment, ok bool) {
	for _, u := range d.updates {
		if !u.done() {
			s.finishUpdate(u, apitype.UpdateStatusCancelled) // the process is gone, so its lease would expire
		}
	}
	status := statusFailed
	if ok && !d.cancelled {
		status = statusSucceeded
	}
	s.finish(d, status)
	if status == statusSucceeded && d.deletesStack() {
		s.removeStack(d.stack)
		return
	}
	s.pump(d.stack)
}

// deletesStack reports whether a destroy also deletes the stack.
func (d *deployment) deletesStack() bool {
	settings, err := d.request.settings.settings()
	return err == nil && d.request.operation == apitype.Destroy && settings.Operation != nil &&
		settings.Operation.Options != nil && settings.Operation.Options.DeleteAfterDestroy
}

// finish sets the final status of a deployment.
func (s *Server) finish(d *deployment, status string) {
	d.status, d.finished, d.modified, d.cancel = status, s.cloud.now, s.cloud.now, nil
	for token, who := range s.cloud.tokens {
		if who.deployment == d {
			delete(s.cloud.tokens, token)
		}
	}
	switch status {
	case statusSucceeded, statusFailed:
		s.publishDeployment(d, "deployment_"+status)
		s.recordDrift(d)
	}
	s.notify()
}

// cancelDeployment cancels a queued or running deployment.
func (s *Server) cancelDeployment(d *deployment) {
	if d.done() {
		return
	}
	d.cancelled = true
	if d.cancel != nil {
		d.cancel()
		return
	}
	s.finish(d, statusFailed)
}

// notify wakes everyone who waits for deployments.
func (s *Server) notify() {
	close(s.cloud.changed)
	s.cloud.changed = make(chan struct{})
}

// running returns the running deployment with this ID. It links updates whose token is not that of the run.
func (st *stack) running(id string) *deployment {
	for _, d := range st.deployments {
		if d.id == id && d.busy() {
			return d
		}
	}
	return nil
}
