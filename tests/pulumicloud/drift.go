package pulumicloud

import (
	"slices"

	"github.com/google/uuid"
	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
)

// driftRun is the result of a detect-drift deployment.
type driftRun struct {
	id       string
	detected bool
}

// recordDrift records the drift that a finished deployment found, and starts the remediation if requested.
func (s *Server) recordDrift(d *deployment) {
	outcome := d.status
	switch d.request.operation {
	case apitype.DetectDrift:
		run := &driftRun{id: uuid.NewString(), detected: d.foundDrift()}
		d.stack.driftRuns = append(d.stack.driftRuns, run)
		s.publishDeployment(d, "drift_detection_"+outcome)
		if !run.detected {
			return
		}
		s.publishDeployment(d, "drift_detected")
		if outcome == statusSucceeded && d.remediates() {
			request := d.request
			request.operation = apitype.RemediateDrift
			_, _ = s.enqueue(d.stack, request, d.who, d.initiator)
		}
	case apitype.RemediateDrift:
		s.publishDeployment(d, "drift_remediation_"+outcome)
	default:
	}
}

func (d *deployment) foundDrift() bool {
	for _, u := range d.updates {
		for op, n := range u.changes {
			if op != apitype.OpSame && op != apitype.OpRefresh && n > 0 {
				return true
			}
		}
	}
	return false
}

func (d *deployment) remediates() bool {
	settings, err := d.request.settings.settings()
	return err == nil && settings.Operation != nil && settings.Operation.Options != nil &&
		settings.Operation.Options.RemediateIfDriftDetected
}

func (s *Server) driftStatus(c *call) (any, error) {
	st, err := s.stackOf(c)
	if err != nil {
		return nil, err
	}
	answer := apitype.StackDriftStatus{}
	if n := len(st.driftRuns); n > 0 {
		answer.DriftDetected, answer.LatestDriftRun = st.driftRuns[n-1].detected, st.driftRuns[n-1].id
	}
	answer.RunInProgress = slices.ContainsFunc(st.deployments, func(d *deployment) bool {
		return d.status == statusRunning && d.request.operation == apitype.DetectDrift
	})
	return answer, nil
}
