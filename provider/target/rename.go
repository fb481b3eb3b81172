package target

import (
	"strings"

	"github.com/escsync/pulumi-escsync/provider/internal/nearest"
	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/target/document"
	"github.com/escsync/pulumi-escsync/provider/target/keyname"
)

// renamed returns the exact name that keys.rename gives to the key, if any.
func (k Keys) renamed(key string) (string, bool) {
	name, ok := k.Rename[key]
	return name.Text, ok
}

// renameAt returns the path of the key's name in the settings. If the whole map is secret, so are its keys, and the
// path stops at the map.
func (k Keys) renameAt(key string) problem.Path {
	at := k.settings.Path("rename")
	if k.settings.Secret("rename") {
		return at
	}
	return at.Key(key)
}

// checkNames reports names that the platform does not accept. Names in keys.rename are used verbatim, so their case
// must be right as well.
func (r Request) checkNames(k Keys, rules Rules) {
	for _, key := range (document.Node{Fields: k.Rename}).Keys() {
		name := k.Rename[key]
		if name.Kind != document.String || name.Text == "" {
			continue // unknown, or already reported
		}
		if err := rules.Name.Check(name.Text); err != nil {
			r.Problems.AddOnce(k.renameAt(key), "%s", err)
		} else if rules.Codec.Upper && name.Text != strings.ToUpper(name.Text) {
			r.Problems.AddOnce(k.renameAt(key), "must be in capitals, as the platform stores names")
		}
	}
}

// checkRenamed reports names for keys that are not pushed. Keys come and go, so a run only warns, and a preview skips
// keys that it cannot know yet.
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

// keysToCome returns the paths of values that are unknown at preview. There may be keys below them.
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

// renameFields returns the object with its top-level keys renamed.
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
