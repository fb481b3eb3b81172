package provider

import (
	"github.com/escsync/pulumi-escsync/provider/internal/document"
	"github.com/escsync/pulumi-escsync/provider/internal/limit"
)

// tags returns the user's tags, labels, annotations or metadata, checked by the platform's limits. The mark of
// ownership, if they hold it, has the key mark, which is not the user's to give: the mark would take its place.
func (r pushRequest) tags(setting string, rules limit.Tags, mark string) map[string]document.Node {
	tags := r.settings.Map(setting)
	all, size := r.settings.Path(setting), 0
	for _, key := range (document.Node{Fields: tags}).Keys() {
		at := all.Key(key)
		if r.settings.Secret(setting) { // so are its keys
			at = all
		}
		size += len(key)
		if err := rules.CheckKey(key); err != nil {
			r.problems.AddOnce(at, "%s", err)
		} else if key == mark && !r.running { // a run goes on, with the mark
			r.problems.AddOnce(at, "is the mark by which the sync knows its own: leave it out")
		}
		if value := tags[key]; value.IsScalar() {
			size += len(value.Text)
			if err := rules.CheckValue(value.Text); err != nil {
				r.problems.AddOnce(at, "%s", err)
			}
		}
	}
	if err := rules.Check(len(tags), size); err != nil {
		r.problems.Add(all, "%s", err)
	}
	return tags
}

// checked returns a text that is only passed on, as it was read, after checking it by the platform's limits where it is
// known.
func (r pushRequest) checked(setting string, node *document.Node, rules limit.Text) *document.Node {
	if node != nil && node.Kind == document.String {
		if err := rules.Check(node.Text); err != nil {
			r.settings.Problem(setting, "%s", err)
		}
	}
	return node
}

// named returns a string that planning needs, checked where it is given and known; "" if it is not.
func (r pushRequest) named(setting string, check func(string) error) string {
	text := r.settings.Known(setting)
	if text != "" {
		if err := check(text); err != nil {
			r.settings.Problem(setting, "%s", err)
		}
	}
	return text
}

// required is named for a setting that must be given.
func (r pushRequest) required(setting string, check func(string) error) string {
	text := r.named(setting, check)
	if !r.settings.Has(setting) && !r.settings.Unknown(setting) {
		r.settings.Problem(setting, "required, but not given")
	}
	return text
}
