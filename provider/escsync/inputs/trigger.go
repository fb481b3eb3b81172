package inputs

import (
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"github.com/escsync/pulumi-escsync/provider/escsync/schedule"
	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/target/limit"
)

// trigger sets when a sync runs: its schedule, and whether a change starts it.
func (c *completer) trigger() {
	given := c.in.Get(keySchedule)
	cron, known, ok := text(c.in, keySchedule)
	switch {
	case !ok:
		given = property.New(c.defaultSchedule())
	case known:
		cron = strings.TrimSpace(cron)
		given = property.WithGoValue(given, cron)
		if err := schedule.Check(cron); err != nil {
			c.fail(problem.At(keySchedule), "%s", err)
		}
	}
	c.out[keySchedule] = given

	onChange := c.in.Get(keyOnChange)
	if onChange.IsComputed() {
		c.fail(problem.At(keyOnChange), "must be known at preview: it decides which resources there are")
	}
	if !onChange.IsBool() {
		onChange = property.New(true)
	}
	c.out[keyOnChange] = onChange
	c.initialSync()
	if !c.suspended() && cron == schedule.Off && !onChange.AsBool() {
		c.warn(problem.At(keySchedule), `is "off" and onChange is false: the sync runs only when somebody starts a run`)
	}
}

// suspended reports whether the sync is paused, and sets the output.
func (c *completer) suspended() bool {
	suspended := c.in.Get(keySuspended)
	if suspended.IsComputed() {
		c.fail(problem.At(keySuspended), "must be known at preview: it decides which resources there are")
	}
	if !suspended.IsBool() || !suspended.AsBool() {
		return false
	}
	c.out[keySuspended] = suspended
	c.warn(problem.At(keySuspended), "is true: the sync does not run until you set it to false or remove it")
	return true
}

// initialSync checks the run that the program itself starts.
func (c *completer) initialSync() {
	at := problem.At(keyInitialSync)
	v := c.in.Get(keyInitialSync)
	switch {
	case v.IsComputed():
		c.fail(at, "must be known at preview: give its properties as outputs, not the whole object")
		return
	case v.IsMap():
		if v.AsMap().Get("enabled").IsComputed() {
			c.fail(at.Key("enabled"), "must be known at preview: it decides which resources there are")
		}
		c.checkSwitches(at, v.AsMap(), "wait", "showLog")
		c.checkDuration(at, v.AsMap(), "timeout", limit.Duration{})
		c.checkUnawaited(at, v.AsMap())
	default:
		v = property.New(property.Map{})
	}
	c.out[keyInitialSync] = pushDown(v)
}

// checkUnawaited warns about settings of a run that does not start, or of waiting if nobody waits. These are no errors:
// a program may disable the run by enabled alone. A false has no effect anyway, so it causes no warning.
func (c *completer) checkUnawaited(at problem.Path, initial property.Map) {
	isFalse := func(key string) bool { return initial.Get(key).IsBool() && !initial.Get(key).AsBool() }
	var why string
	about := []string{"timeout", "showLog"}
	switch {
	case isFalse("enabled"):
		why = "has no effect: enabled is false, so pulumi up starts no run"
		about = append(about, "wait")
	case isFalse("wait"):
		why = "has no effect: wait is false, so pulumi up does not see how the run ends"
	default:
		return
	}
	for _, key := range about {
		if !initial.Get(key).IsNull() && !isFalse(key) {
			c.warn(at.Key(key), "%s", why)
		}
	}
}

// defaultSchedule depends on the sync's ID only. Names may be unknown at preview, and must not change the minute.
func (c *completer) defaultSchedule() string {
	return schedule.Default(c.origin.SyncID())
}
