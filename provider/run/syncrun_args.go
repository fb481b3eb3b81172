package run

import (
	"github.com/pulumi/pulumi-go-provider/infer"

	"github.com/escsync/pulumi-escsync/provider/run/deployments"
)

// SyncRunToken is the type of the resource that runs a sync.
const SyncRunToken = "escsync:index:SyncRun" //nolint:gosec // a type, no credential

const defaultRunTimeout = "30m"

// SyncRunArgs are the inputs of SyncRun.
type SyncRunArgs struct {
	Organization string         `pulumi:"organization" provider:"replaceOnChanges"`
	Project      string         `pulumi:"project" provider:"replaceOnChanges"`
	Stack        string         `pulumi:"stack" provider:"replaceOnChanges"`
	Triggers     map[string]any `pulumi:"triggers,optional"`
	Wait         *bool          `pulumi:"wait,optional"`
	Timeout      string         `pulumi:"timeout,optional"`
	ShowLog      bool           `pulumi:"showLog,optional"`
	Suspended    bool           `pulumi:"suspended,optional"`
	Pushed
}

// Annotate describes the inputs.
func (a *SyncRunArgs) Annotate(an infer.Annotator) {
	an.Describe(&a.Organization, "Organization of the target stack. A change replaces the resource, which starts a run.")
	an.Describe(&a.Project, "Project of the target stack. A change replaces the resource.")
	an.Describe(&a.Stack, "Name of the target stack, which must have deployment settings. A change replaces the resource.")
	a.describeInputs(an)
	an.Describe(&a.Triggers, "Values of any kind; a change of any of them starts a run, and nothing else does, but for a "+
		"last run that failed or was not awaited to its end. Secrets stay secret.")
	an.Describe(&a.Wait, "Whether to wait for the end of the run, and fail if the run fails. Default: true; false where "+
		"the program itself is run by Pulumi Deployments (`PULUMI_CI_SYSTEM`), as it may hold the place in the queue that "+
		"the run needs. True there waits as well, but a run that has not begun after 5 minutes is left queued, with a "+
		"warning, and the next `pulumi up` follows it.")
	an.Describe(&a.Timeout, "How long to wait, queue included, as a Go duration such as `90s` or `1h30m`. After it the "+
		"run goes on, `pulumi up` fails, and the next `pulumi up` follows the same run.")
	an.SetDefault(&a.Timeout, defaultRunTimeout)
	an.Describe(&a.ShowLog, "Whether to show the last lines of a failed run's log. They are not masked here: whatever "+
		"the target program prints can be read.")
	an.SetDefault(&a.ShowLog, false)
	an.Describe(&a.Suspended, "Whether runs are paused: none is started or followed, and what is known of the last one "+
		"stays. At the end of the pause one starts if a trigger has changed since the last, or that did not succeed.")
	an.SetDefault(&a.Suspended, false)
}

func (a SyncRunArgs) stack() deployments.Stack {
	return deployments.Stack{Organization: a.Organization, Project: a.Project, Name: a.Stack}
}

// SyncRunState is the state of SyncRun. All but the stack is of the last run that this resource started or followed.
type SyncRunState struct {
	Organization    string         `pulumi:"organization"`
	Project         string         `pulumi:"project"`
	Stack           string         `pulumi:"stack"`
	DeploymentID    string         `pulumi:"deploymentId"`
	Version         int            `pulumi:"version"`
	Status          string         `pulumi:"status"`
	Started         string         `pulumi:"started"`
	Finished        string         `pulumi:"finished"`
	Initiator       string         `pulumi:"initiator"`
	ConsoleURL      string         `pulumi:"consoleUrl"`
	FailedStep      string         `pulumi:"failedStep"`
	ResourceChanges map[string]int `pulumi:"resourceChanges"`
	Pending         bool           `pulumi:"pending"`
	TriggersDigest  string         `pulumi:"triggersDigest" provider:"secret"`
	Pushed
}

// Annotate describes the outputs.
func (s *SyncRunState) Annotate(an infer.Annotator) {
	s.describeOutputs(an)
	an.Describe(&s.Organization, "Organization of the target stack.")
	an.Describe(&s.Project, "Project of the target stack.")
	an.Describe(&s.Stack, "Name of the target stack.")
	an.Describe(&s.DeploymentID, "ID of the deployment; empty if there was none.")
	an.Describe(&s.Version, "Number of the deployment in its stack, from 1; 0 if there was none.")
	an.Describe(&s.Status, "`not-started`, `accepted`, `running`, `succeeded`, `failed` (also cancelled), `skipped`, or "+
		"`none` if there was no deployment. Without `wait` it is the status right after the start, until a refresh.")
	an.Describe(&s.Started, "When the run began, RFC 3339 in UTC; empty if it has not.")
	an.Describe(&s.Finished, "When the run ended, RFC 3339 in UTC; empty if it has not.")
	an.Describe(&s.Initiator, "What started the run, as Pulumi Cloud says.")
	an.Describe(&s.ConsoleURL, "The run's page in the Pulumi Cloud console; empty where its address is not known.")
	an.Describe(&s.FailedStep, "The step that failed; empty if none did.")
	an.Describe(&s.ResourceChanges, "How many resources of the target stack the run created, updated, deleted, and so "+
		"on, by operation. Empty if it did not come to that, or was not awaited.")
	an.Describe(&s.Pending, "Whether the run was to be awaited and its end was not seen: the next `pulumi up` follows it.")
	an.Describe(&s.TriggersDigest, "Digest of the triggers that the run was started for.")
}

// record takes over what is known of a run.
func (s *SyncRunState) record(r deployments.Run) {
	s.DeploymentID, s.Version, s.Status = r.ID, r.Version, r.Status
	s.Started, s.Finished, s.Initiator, s.ConsoleURL = r.Started, r.Finished, r.Initiator, r.ConsoleURL
	s.FailedStep = ""
	if r.Status == deployments.StatusFailed {
		s.FailedStep = r.Step
	}
}

// run is what is remembered of the run, to go on with.
func (s SyncRunState) run() deployments.Run {
	return deployments.Run{
		ID: s.DeploymentID, Version: s.Version, Status: s.Status, Operation: deployments.Update,
		Initiator: s.Initiator, ConsoleURL: s.ConsoleURL,
	}
}
