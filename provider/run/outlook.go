package run

import (
	"context"

	"github.com/escsync/pulumi-escsync/provider/run/deployments"
)

// lookAhead adds the next runs and what blocks them. A property stays nil if the caller may not read it or the service
// does not have the call, because neither affects the status of the last sync. The webhook is skipped if no environment
// is given.
func (s *SyncStatus) lookAhead(
	ctx context.Context, client *deployments.Client, stack deployments.Stack, environment deployments.Environment,
) {
	if pauses, ok := client.Pauses(ctx, stack); ok {
		s.StackPaused, s.OrganizationPaused = &pauses.Stack, &pauses.Organization
	}
	if detected, ok := client.Drift(ctx, stack); ok {
		s.DriftDetected = &detected
	}
	if schedules, ok := client.Schedules(ctx, stack); ok {
		s.recordSchedules(schedules)
	}
	if environment.Project == "" {
		return
	}
	if hook, ok := client.Webhook(ctx, stack, environment); ok {
		s.WebhookActive, s.LastDelivery, s.LastDeliveryCode = &hook.Active, present(hook.Delivered), present(hook.Code)
	}
}

// recordSchedules records the earliest next run. The schedules count as paused only if all of them are.
func (s *SyncStatus) recordSchedules(schedules []deployments.Schedule) {
	for _, schedule := range schedules {
		paused := schedule.Paused && (s.SchedulePaused == nil || *s.SchedulePaused)
		s.SchedulePaused = &paused
		if schedule.Paused || schedule.Next == "" {
			continue
		}
		if s.NextRun == nil || schedule.Next < *s.NextRun { // RFC 3339 in UTC sorts by time
			s.NextRun = &schedule.Next
		}
	}
}
