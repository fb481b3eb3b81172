package run

import (
	"context"

	"github.com/escsync/pulumi-escsync/provider/run/deployments"
)

// lookAhead tells what is to come of a stack, and what keeps it from coming. What cannot be known stays absent:
// permission for one of the calls, or a service that does not have it, says nothing about the last sync. An
// environment of no project has no webhook to tell of.
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

// recordSchedules takes down the earliest run to come. Schedules are paused if all are.
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
