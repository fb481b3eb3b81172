package target

import (
	"github.com/escsync/pulumi-escsync/provider/target/document"
	"github.com/escsync/pulumi-escsync/provider/target/limit"
)

// Tags returns the user's tags, labels, annotations or metadata, checked against the platform's limits. own is the
// key of the ownership tag, which users must not set; "" if the ownership tag is not among these tags.
func (r Request) Tags(setting string, rules limit.Tags, own string) map[string]document.Node {
	tags := r.Settings.Map(setting)
	all, size := r.Settings.Path(setting), 0
	for _, key := range (document.Node{Fields: tags}).Keys() {
		at := all.Key(key)
		if r.Settings.Secret(setting) { // then its keys are secret too
			at = all
		}
		size += len(key)
		if err := rules.CheckKey(key); err != nil {
			r.Problems.AddOnce(at, "%s", err)
		} else if key == own && !r.InRun { // a run continues with our value
			r.Problems.AddOnce(at, "is the ownership tag of the sync: leave it out")
		}
		if value := tags[key]; value.IsScalar() {
			size += len(value.Text)
			if err := rules.CheckValue(value.Text); err != nil {
				r.Problems.AddOnce(at, "%s", err)
			}
		}
	}
	if err := rules.Check(len(tags), size); err != nil {
		r.Problems.Add(all, "%s", err)
	}
	return tags
}

// Checked returns a text that is only passed on, after checking it against the platform's limit if it is known.
func (r Request) Checked(setting string, node *document.Node, rules limit.Text) *document.Node {
	if node != nil && node.Kind == document.String {
		if err := rules.Check(node.Text); err != nil {
			r.Settings.Problem(setting, "%s", err)
		}
	}
	return node
}

// Named returns a string setting that planning needs, after checking it. It returns "" if the setting is unset or
// unknown.
func (r Request) Named(setting string, check func(string) error) string {
	text := r.Settings.Known(setting)
	if text != "" {
		if err := check(text); err != nil {
			r.Settings.Problem(setting, "%s", err)
		}
	}
	return text
}

// Required is Named for a setting that must be set.
func (r Request) Required(setting string, check func(string) error) string {
	text := r.Named(setting, check)
	if !r.Settings.Has(setting) && !r.Settings.Unknown(setting) {
		r.Settings.Problem(setting, "required, but not given")
	}
	return text
}
