package target

import (
	"strings"

	"github.com/escsync/pulumi-escsync/provider/internal/nearest"
	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/target/document"
	"github.com/escsync/pulumi-escsync/provider/target/keyname"
)

// renamed returns the exact name that the key was given, if it was.
func (k Keys) renamed(key string) (string, bool) {
	name, ok := k.Rename[key]
	return name.Text, ok
}

// renameAt is where the name of the key stands. The keys of a map that is secret as a whole are so, too.
func (k Keys) renameAt(key string) problem.Path {
	at := k.settings.Path("rename")
	if k.settings.Secret("rename") {
		return at
	}
	return at.Key(key)
}

// checkNames reports names that the platform does not take. They are written as they are, so that capitals must be
// right, too.
func (r Request) checkNames(k Keys, rules Rules) {
	for _, key := range (document.Node{Fields: k.Rename}).Keys() {
		name := k.Rename[key]
		if name.Kind != document.String || name.Text == "" {
			continue // unknown, or reported already
		}
		if err := rules.Name.Check(name.Text); err != nil {
			r.Problems.AddOnce(k.renameAt(key), "%s", err)
		} else if rules.Codec.Upper && name.Text != strings.ToUpper(name.Text) {
			r.Problems.AddOnce(k.renameAt(key), "must be in capitals, as the platform stores names")
		}
	}
}

// checkRenamed reports names for keys that are not pushed. Keys come and go, so that a run goes on, and a preview
// leaves those that it cannot know.
func (r Request) checkRenamed(k Keys, pushed []string) {
	if r.MayGrow {
		return
	}
	problems := r.Problems
	if r.InRun {
		problems = r.Warnings
	}
	known := map[string]bool{}
	for _, key := range pushed {
		known[key] = true
	}
	unknown := keysToCome(r.Value, problem.Path{})
	for _, key := range (document.Node{Fields: k.Rename}).Keys() {
		if known[key] || isBelow(key, unknown) {
			continue
		}
		hint := ": write the path of one, such as db.password"
		if near := nearest.Name(key, pushed); near != "" && !k.settings.Secret("rename") {
			hint = "; did you mean " + near + "?"
		}
		problems.AddOnce(k.renameAt(key), "is not a pushed key%s", hint)
	}
}

// keysToCome are the paths of what a preview does not know, and below which there may be keys.
func keysToCome(value document.Node, at problem.Path) []string {
	if value.Kind == document.Unknown {
		return []string{at.String()}
	}
	var keys []string
	for _, key := range value.Keys() {
		keys = append(keys, keysToCome(value.Fields[key], at.Key(key))...)
	}
	return keys
}

func isBelow(key string, above []string) bool {
	for _, a := range above {
		rest, ok := strings.CutPrefix(key, a)
		if ok && (a == "" || strings.HasPrefix(rest, ".") || strings.HasPrefix(rest, "[")) {
			return true
		}
	}
	return false
}

// renameFields returns an object whose top-level keys have their new names.
func (r Request) renameFields(k Keys, value document.Node) document.Node {
	if value.Kind != document.Object || len(k.Rename) == 0 {
		return value
	}
	result := value
	result.Fields = map[string]document.Node{}
	var keys, names []string
	for _, field := range value.Keys() {
		key, name := keyOf([]string{field}), field
		if given, ok := k.renamed(key); ok {
			name = given
		}
		keys, names = append(keys, key), append(names, name)
		result.Fields[name] = value.Fields[field]
	}
	r.checkRenamed(k, keys)
	r.refuseCollisions(k, keyname.Collisions(keys, names, false))
	return result
}

func (r Request) refuseCollisions(k Keys, collisions []keyname.Collision) {
	for _, c := range collisions {
		r.Problems.Add(r.ValuePath, "the keys %s all become the name %s: exclude all but one, or give the others a name "+
			"in keys.rename", strings.Join(c.Keys, ", "), k.quote(c.Name))
	}
}
