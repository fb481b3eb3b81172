package inputs

import (
	"net"
	"net/url"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"github.com/escsync/pulumi-escsync/provider/escsync/schedule"
	"github.com/escsync/pulumi-escsync/provider/internal/problem"
)

// watch checks the notifications and the drift schedule.
func (c *completer) watch() {
	for _, key := range []string{keyDriftSchedule, keyNotifications} {
		v := c.in.Get(key)
		if v.IsComputed() {
			c.fail(problem.At(key), "must be known at preview: it decides which resources there are")
		} else if !v.IsNull() {
			c.out[key] = pushDown(v)
		}
	}
	c.drift()
	if v := c.out[keyNotifications]; v.IsArray() {
		c.out[keyNotifications] = plainFormats(v.AsArray())
	}
	if v := c.in.Get(keyNotifications); v.IsArray() {
		for i, n := range v.AsArray().All {
			c.checkNotification(problem.At(keyNotifications).Index(i), n)
		}
	}
}

// plainFormats removes the secretness that the formats inherit from their list of notifications. They are plain in the
// schema, the SDK's decoder accepts nothing else, and a format is not secret.
func plainFormats(notifications property.Array) property.Value {
	var list []property.Value
	for _, n := range notifications.All {
		if n.IsMap() && n.AsMap().Get("format").IsString() {
			n = property.New(n.AsMap().Set("format", property.New(n.AsMap().Get("format").AsString())))
		}
		list = append(list, n)
	}
	return property.New(list)
}

// drift checks the drift schedule.
func (c *completer) drift() {
	at := problem.At(keyDriftSchedule)
	drift := object(property.NewMap(c.out), keyDriftSchedule)
	c.checkSwitches(at, drift, "autoRemediate")
	cron, known, _ := text(drift, "schedule")
	if !known {
		return
	}
	cron = strings.TrimSpace(cron)
	if err := schedule.CheckCron(cron); err != nil {
		c.fail(at.Key("schedule"), "%s; for none, leave driftSchedule out", err)
	}
	c.out[keyDriftSchedule] = property.New(drift.Set("schedule", property.WithGoValue(drift.Get("schedule"), cron)))
}

func (c *completer) checkNotification(at problem.Path, n property.Value) {
	if n.IsComputed() {
		c.fail(at, "must be known at preview: give its properties as outputs, not the whole object")
	}
	if !n.IsMap() {
		return
	}
	format, known, given := text(n.AsMap(), "format")
	if given && !known {
		c.fail(at.Key("format"), "must be known at preview")
	}
	if address, known, _ := text(n.AsMap(), "url"); known {
		if u, err := url.Parse(address); err != nil || u.Host == "" || u.Scheme != "https" && !isLoopback(u) {
			c.fail(at.Key("url"), "must be an address that begins with https://")
		} else if format == "slack" && !strings.HasPrefix(address, slackReceivers) {
			c.fail(at.Key("url"), "must begin with %s: Pulumi Cloud posts Slack's format nowhere else. "+
				"To post elsewhere, leave format out", slackReceivers)
		}
	}
	if _, _, signed := text(n.AsMap(), "secret"); signed && known && format != "raw" {
		c.fail(at.Key("secret"), "is for the format raw only: Slack and Microsoft Teams check no signature")
	}
}

// slackReceivers is the prefix of the only addresses to which the service posts Slack's format.
const slackReceivers = "https://hooks.slack.com/"

// isLoopback reports whether an address is on the machine that posts to it, so that plain HTTP is safe.
func isLoopback(u *url.URL) bool {
	ip := net.ParseIP(u.Hostname())
	return u.Scheme == "http" && (u.Hostname() == "localhost" || ip != nil && ip.IsLoopback())
}
