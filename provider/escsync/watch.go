package escsync

import (
	"fmt"

	"github.com/pulumi/pulumi-pulumiservice/sdk/go/pulumiservice"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// registerNotifications creates one webhook on the target stack for each notification. They come before the caretaker,
// so that a failed destroy is reported as well.
func (b *syncBuilder) registerNotifications(c *syncChildren) error {
	for i, n := range b.args.Notifications {
		format := pulumiservice.WebhookFormatRaw
		if n.Format != nil {
			format = pulumiservice.WebhookFormat(*n.Format)
		}
		args := &pulumiservice.WebhookArgs{
			OrganizationName: c.stack.OrganizationName,
			ProjectName:      c.stack.ProjectName,
			StackName:        c.stack.StackName,
			DisplayName:      pulumi.Sprintf("escsync: a sync of %s/%s failed", b.target, b.stack),
			Format:           format,
			PayloadUrl:       n.address(),
			Filters: pulumiservice.WebhookFiltersArray{
				pulumiservice.WebhookFiltersDeploymentFailed,
				pulumiservice.WebhookFiltersDriftDetected,
				pulumiservice.WebhookFiltersDriftDetectionFailed,
				pulumiservice.WebhookFiltersDriftRemediationFailed,
			},
			Active: pulumi.Bool(true),
		}
		if n.Secret != nil {
			args.Secret = pulumi.ToSecret(n.Secret.ToStringPtrOutput()).(pulumi.StringPtrOutput)
		}
		webhook, err := pulumiservice.NewWebhook(b.ctx, fmt.Sprintf("%s-notification-%d", b.name, i), args,
			b.parent, pulumi.DependsOn([]pulumi.Resource{c.stack}))
		if err != nil {
			return fmt.Errorf("registering notification %d: %w", i, err)
		}
		c.notifications = append(c.notifications, webhook)
	}
	return nil
}

// registerDriftSchedule lets the service look for drift.
func (b *syncBuilder) registerDriftSchedule(c *syncChildren) error {
	if b.args.DriftSchedule == nil || b.facts.suspended {
		return nil
	}
	_, err := pulumiservice.NewDriftSchedule(b.ctx, b.name+"-drift", &pulumiservice.DriftScheduleArgs{
		Organization:  c.settings.Organization,
		Project:       c.settings.Project,
		Stack:         c.settings.Stack,
		ScheduleCron:  b.args.DriftSchedule.Schedule,
		AutoRemediate: b.args.DriftSchedule.AutoRemediate,
	}, b.parent, pulumi.DependsOn([]pulumi.Resource{c.settings, c.caretaker}))
	if err != nil {
		return fmt.Errorf("registering the drift schedule: %w", err)
	}
	return nil
}

// address returns the URL that messages are posted to. The URL of a chat's webhook is secret, because anybody who has
// it can post.
func (n Notification) address() pulumi.StringInput {
	if n.Format == nil || *n.Format == "raw" {
		return n.URL
	}
	return pulumi.ToSecret(n.URL.ToStringOutput()).(pulumi.StringOutput)
}
