package syncplan

import (
	"net/url"

	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/internal/schedule"
)

// watch checks who is told of failures, and when the service looks for drift.
func (p *planner) watch() {
	for _, key := range []string{keyDriftSchedule, keyNotifications} {
		v := p.in.Get(key)
		if v.IsComputed() {
			p.fail(problem.At(key), "must be known at preview: it decides which resources there are")
		} else if !v.IsNull() {
			p.out[key] = leafward(v, false, nil)
		}
	}
	at := problem.At(keyDriftSchedule)
	p.checkSwitches(at, object(p.in, keyDriftSchedule), "autoRemediate")
	if cron, known, _ := text(object(p.in, keyDriftSchedule), "schedule"); known {
		if err := schedule.Check(cron); err != nil || cron == schedule.Off {
			p.fail(at.Key("schedule"), "must be a cron expression of 5 fields in UTC; to have none, leave driftSchedule out")
		}
	}
	if v := p.in.Get(keyNotifications); v.IsArray() {
		for i, n := range v.AsArray().All {
			p.checkNotification(problem.At(keyNotifications).Index(i), n)
		}
	}
}

func (p *planner) checkNotification(at problem.Path, n property.Value) {
	if n.IsComputed() {
		p.fail(at, "must be known at preview: give its properties as outputs, not the whole object")
	}
	if !n.IsMap() {
		return
	}
	if address, known, _ := text(n.AsMap(), "url"); known {
		if u, err := url.Parse(address); err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http") {
			p.fail(at.Key("url"), "must be an address that begins with https://")
		}
	}
	format, known, given := text(n.AsMap(), "format")
	if given && !known {
		p.fail(at.Key("format"), "must be known at preview")
	}
	if _, _, signed := text(n.AsMap(), "secret"); signed && known && format != "raw" {
		p.fail(at.Key("secret"), "is for the format raw only: Slack and Microsoft Teams check no signature")
	}
}
