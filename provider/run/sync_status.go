package run

import (
	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumix"

	"github.com/escsync/pulumi-escsync/provider/run/deployments"
)

// DeploymentStatus is the status of a deployment in Pulumi Cloud.
type DeploymentStatus string

// Values returns the statuses of Pulumi Cloud.
func (DeploymentStatus) Values() []infer.EnumValue[DeploymentStatus] {
	return []infer.EnumValue[DeploymentStatus]{
		{Name: "NotStarted", Value: deployments.StatusQueued, Description: "It is queued."},
		{Name: "Accepted", Value: deployments.StatusAccepted, Description: "It is accepted and has not started."},
		{Name: "Running", Value: deployments.StatusRunning, Description: "It is running."},
		{Name: "Succeeded", Value: deployments.StatusSucceeded, Description: "It has succeeded."},
		{Name: "Failed", Value: deployments.StatusFailed, Description: "It has failed, timed out or been cancelled."},
		{Name: "Skipped", Value: deployments.StatusSkipped, Description: "A newer deployment replaced it."},
	}
}

// SyncStatus is the result of a deployment of a target stack. A property is nil if it does not apply or is unknown.
type SyncStatus struct {
	DeploymentID       *string           `pulumi:"deploymentId,optional"`
	Version            *int              `pulumi:"version,optional"`
	Status             *DeploymentStatus `pulumi:"status,optional"`
	Operation          *string           `pulumi:"operation,optional"`
	Started            *string           `pulumi:"started,optional"`
	Finished           *string           `pulumi:"finished,optional"`
	Initiator          *string           `pulumi:"initiator,optional"`
	ConsoleURL         *string           `pulumi:"consoleUrl,optional"`
	FailedStep         *string           `pulumi:"failedStep,optional"`
	Refused            []string          `pulumi:"refused,optional"`
	ResourceChanges    map[string]int    `pulumi:"resourceChanges,optional"`
	LastSuccess        *string           `pulumi:"lastSuccess,optional"`
	LastSuccessVersion *int              `pulumi:"lastSuccessVersion,optional"`

	// Only getSyncStatus sets the rest.
	NextRun            *string `pulumi:"nextRun,optional"`
	SchedulePaused     *bool   `pulumi:"schedulePaused,optional"`
	StackPaused        *bool   `pulumi:"stackPaused,optional"`
	OrganizationPaused *bool   `pulumi:"organizationPaused,optional"`
	DriftDetected      *bool   `pulumi:"driftDetected,optional"`
	WebhookActive      *bool   `pulumi:"webhookActive,optional"`
	LastDelivery       *string `pulumi:"lastDelivery,optional"`
	LastDeliveryCode   *int    `pulumi:"lastDeliveryCode,optional"`
}

// Annotate describes the properties.
func (s *SyncStatus) Annotate(an infer.Annotator) {
	an.Describe(&s, "The result of a deployment of a target stack. A property that does not apply is absent.")
	an.Describe(&s.DeploymentID, "ID of the deployment. Absent if there is none, like all its details.")
	an.Describe(&s.Version, "Number of the deployment in its stack, from 1.")
	an.Describe(&s.Status, "The status of the deployment.")
	an.Describe(&s.Operation, "`update` for a sync, else `preview`, `refresh`, `destroy`, `detect-drift` or "+
		"`remediate-drift`.")
	an.Describe(&s.Started, "When it started, RFC 3339 in UTC. Absent if it has not.")
	an.Describe(&s.Finished, "When it ended, RFC 3339 in UTC. Absent if it has not.")
	an.Describe(&s.Initiator, "What started it, as Pulumi Cloud says, such as `webhook` or `schedule`.")
	an.Describe(&s.ConsoleURL, "Its page in the Pulumi Cloud console. Absent if the console's address is not known.")
	an.Describe(&s.FailedStep, "The step that failed. Absent if none did.")
	an.Describe(&s.Refused, "What it refused and why: one reason each, about the value, the names or the destination, "+
		"never with a secret value. Absent if it refused nothing, and in `lastSync`, because a failed run fails `pulumi up` "+
		"with these reasons.")
	an.Describe(&s.ResourceChanges, "How many resources of the target stack it created, updated, deleted, and so on, by "+
		"operation. Absent if it did not get that far or was not awaited.")
	an.Describe(&s.LastSuccess, "When the last sync that succeeded ended, RFC 3339 in UTC. Absent if `getSyncStatus` "+
		"finds none among the newest 500 deployments; `lastSync` looks at its own deployment only.")
	an.Describe(&s.LastSuccessVersion, "Number of the deployment that `lastSuccess` is about.")
	s.annotateOutlook(an)
}

// annotateOutlook describes the properties that only getSyncStatus sets.
func (s *SyncStatus) annotateOutlook(an infer.Annotator) {
	const unknown = "in `lastSync`, and if the access token may not read it or the service does not report it."
	an.Describe(&s.NextRun, "When the schedule starts the next sync, RFC 3339 in UTC, if nothing else is paused. Absent "+
		"if no schedule will, "+unknown)
	an.Describe(&s.SchedulePaused, "Whether somebody paused the schedule. Absent if there is none, as with "+
		"`suspended`, "+unknown)
	an.Describe(&s.StackPaused, "Whether somebody paused the deployments of the stack, so that they stay queued. "+
		"Absent "+unknown)
	an.Describe(&s.OrganizationPaused, "Whether somebody paused all deployments of the organization, so that they stay "+
		"queued. Absent "+unknown)
	an.Describe(&s.DriftDetected, "Whether the latest check of a `driftSchedule` found changes made by hand. Absent if "+
		"there was none, "+unknown)
	an.Describe(&s.WebhookActive, "Whether changes of the environment start the sync. Absent if `environment` is not "+
		"given or has no such webhook, "+unknown)
	an.Describe(&s.LastDelivery, "When the webhook last reported a change, RFC 3339 in UTC. Absent if it never did, and "+
		"whenever `webhookActive` is absent.")
	an.Describe(&s.LastDeliveryCode, "The HTTP status that answered `lastDelivery`: 200 to 299 if a run was queued. "+
		"Absent if nothing answered.")
}

// statusOf returns the status of a run that changed these resources.
func statusOf(run deployments.Run, changes map[string]int) SyncStatus {
	status := SyncStatus{
		DeploymentID: present(run.ID), Version: present(run.Version), Status: present(DeploymentStatus(run.Status)),
		Operation: present(string(run.Operation)), Started: present(run.Started), Finished: present(run.Finished),
		Initiator: present(run.Initiator), ConsoleURL: present(run.ConsoleURL),
	}
	if run.Status == deployments.StatusFailed {
		status.FailedStep = present(run.Step)
	}
	if len(changes) > 0 {
		status.ResourceChanges = changes
	}
	status.recordSuccess(run)
	return status
}

// recordSuccess records the run if it is a successful sync, and reports whether it is.
func (s *SyncStatus) recordSuccess(run deployments.Run) bool {
	if run.Operation != deployments.Update || run.Status != deployments.StatusSucceeded {
		return false
	}
	s.LastSuccess, s.LastSuccessVersion = present(run.Finished), present(run.Version)
	return true
}

// present returns nil for a zero value.
func present[T comparable](value T) *T {
	var empty T
	if value == empty {
		return nil
	}
	return &value
}

// SyncStatus returns the status of the last run that the resource started or followed. It is unknown while any part is.
func (r *SyncRunResource) SyncStatus() pulumix.Output[SyncStatus] {
	all := pulumi.All(r.DeploymentID, r.Version, r.Status, r.Started, r.Finished, r.Initiator, r.ConsoleURL,
		r.FailedStep, r.ResourceChanges)
	return pulumix.Apply(pulumix.Cast[pulumix.Output[[]any]](all), func(v []any) SyncStatus {
		if v[2].(string) == noRun {
			return SyncStatus{}
		}
		return statusOf(deployments.Run{
			ID: v[0].(string), Version: v[1].(int), Status: v[2].(string), Operation: deployments.Update,
			Started: v[3].(string), Finished: v[4].(string), Initiator: v[5].(string), ConsoleURL: v[6].(string),
			Step: v[7].(string),
		}, v[8].(map[string]int))
	})
}
