package run

import (
	"github.com/pulumi/pulumi-go-provider/infer"

	"github.com/escsync/pulumi-escsync/provider/run/deployments"
)

// SyncRunToken is the type token of SyncRun.
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
	an.Describe(&a.Triggers, "Values of any kind, such as a version or a hash. A change of any of them starts a run; "+
		"nothing else does, unless the last run failed or was not awaited to its end. Secrets stay secret.")
	an.Describe(&a.Wait, "Whether to wait for the end of the run, and fail if the run fails. Default: true, but false "+
		"if Pulumi Deployments runs the program itself (`PULUMI_CI_SYSTEM`), because the program may then occupy the slot "+
		"that the run needs. With true it waits there too, but a run that has not started after 5 minutes is left queued, "+
		"with a warning, and the next `pulumi up` follows it.")
	an.Describe(&a.Timeout, "How long to wait, queue included, as a Go duration such as `90s` or `1h30m`. After that, "+
		"`pulumi up` fails, the run goes on, and the next `pulumi up` follows it.")
	an.SetDefault(&a.Timeout, defaultRunTimeout)
	an.Describe(&a.ShowLog, "Whether to show the last lines of a failed run's log. They are not masked: anything that "+
		"the target program prints is readable.")
	an.SetDefault(&a.ShowLog, false)
	an.Describe(&a.Suspended, "Whether runs are paused: none is started or followed, and the outputs still describe the "+
		"last one. When the pause ends, a run starts if a trigger has changed since the last run, or if that did not "+
		"succeed.")
	an.SetDefault(&a.Suspended, false)
}

func (a SyncRunArgs) stack() deployments.Stack {
	return deployments.Stack{Organization: a.Organization, Project: a.Project, Name: a.Stack}
}

// SyncRunState is the state of SyncRun. Apart from the stack, it describes the last run that this resource started or
// followed.
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
	an.Describe(&s.Started, "When the run started, RFC 3339 in UTC; empty if it has not.")
	an.Describe(&s.Finished, "When the run ended, RFC 3339 in UTC; empty if it has not.")
	an.Describe(&s.Initiator, "What started the run, as Pulumi Cloud says.")
	an.Describe(&s.ConsoleURL, "The run's page in the Pulumi Cloud console; empty if its address is unknown.")
	an.Describe(&s.FailedStep, "The step that failed; empty if none did.")
	an.Describe(&s.ResourceChanges, "How many resources of the target stack the run created, updated, deleted, and so "+
		"on, by operation. Empty if it did not get that far, or was not awaited.")
	an.Describe(&s.Pending, "Whether `pulumi up` ended before the run that it waited for: the next `pulumi up` follows "+
		"that run.")
	an.Describe(&s.TriggersDigest, "Digest of the triggers that the run was started for.")
}

// record copies the details of a run to the state.
func (s *SyncRunState) record(r deployments.Run) {
	s.DeploymentID, s.Version, s.Status = r.ID, r.Version, r.Status
	s.Started, s.Finished, s.Initiator, s.ConsoleURL = r.Started, r.Finished, r.Initiator, r.ConsoleURL
	s.FailedStep = ""
	if r.Status == deployments.StatusFailed {
		s.FailedStep = r.Step
	}
}

// run returns the run of the state, as far as following it needs.
func (s SyncRunState) run() deployments.Run {
	return deployments.Run{
		ID: s.DeploymentID, Version: s.Version, Status: s.Status, Operation: deployments.Update,
		Initiator: s.Initiator, ConsoleURL: s.ConsoleURL,
	}
}
