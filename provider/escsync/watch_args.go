package escsync

import (
	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// DriftSchedule is the schedule on which the service looks for manual changes on the platform.
type DriftSchedule struct {
	Schedule      pulumi.StringInput  `pulumi:"schedule"`
	AutoRemediate pulumi.BoolPtrInput `pulumi:"autoRemediate,optional"`
}

var _ infer.Annotated = (*DriftSchedule)(nil)

// Annotate documents the type and its properties.
func (d *DriftSchedule) Annotate(a infer.Annotator) {
	a.Describe(&d, "A schedule on which Pulumi Cloud looks for manual changes on the platform.")
	a.Describe(&d.Schedule, "A cron expression of 5 fields in UTC, such as `0 6 * * *`.")
	a.Describe(&d.AutoRemediate, "Whether to undo detected drift at once. Default: `false`. It needs the Business "+
		"Critical edition: without it, Pulumi Cloud refuses the schedule (402).")
}

// Notification is an address that is notified when a sync fails or drift is found.
type Notification struct {
	Format *NotificationFormat   `pulumi:"format,optional"`
	URL    pulumi.StringInput    `pulumi:"url"`
	Secret pulumi.StringPtrInput `pulumi:"secret,optional" provider:"secret"`
}

var _ infer.Annotated = (*Notification)(nil)

// Annotate documents the type and its properties.
func (n *Notification) Annotate(a infer.Annotator) {
	a.Describe(&n, "A notification for when a run of the sync fails or drift is found.")
	a.Describe(&n.Format, "The format of the message. Default: `raw`.")
	a.Describe(&n.URL, "The address that the message is posted to. For Slack and Microsoft Teams it is the address of "+
		"an incoming webhook, which is a credential: give it as a secret. For `slack` it begins with "+
		"`https://hooks.slack.com/`.")
	a.Describe(&n.Secret, "With `raw`: the key that the message is signed with (HMAC-SHA256, header "+
		"`Pulumi-Webhook-Signature`).")
}

// NotificationFormat is the format of a notification's message.
type NotificationFormat string

// The formats, by the service's names.
const (
	NotificationFormatRaw            NotificationFormat = "raw"
	NotificationFormatSlack          NotificationFormat = "slack"
	NotificationFormatMicrosoftTeams NotificationFormat = "ms_teams"
)

// Values returns the formats for the schema.
func (NotificationFormat) Values() []infer.EnumValue[NotificationFormat] {
	return []infer.EnumValue[NotificationFormat]{
		{Name: "Raw", Value: NotificationFormatRaw, Description: "JSON, as Pulumi Cloud documents it."},
		{Name: "Slack", Value: NotificationFormatSlack, Description: "For an incoming webhook of Slack."},
		{
			Name: "MicrosoftTeams", Value: NotificationFormatMicrosoftTeams,
			Description: "For an incoming webhook of Microsoft Teams.",
		},
	}
}
