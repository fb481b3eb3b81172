package inputs

import (
	"regexp"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/version"
)

// The tags that the environment and the target stack of every sync have.
const (
	tagSync    = "escsync:sync"
	tagVersion = "escsync:version"
)

// maxTagValue is the maximum length of a tag's value in Pulumi Cloud. Source: ValidateStackTags in the CLI's
// pkg/util/validation/stack.go.
const maxTagValue = 256

const secretTag = "is secret, and a tag is shown to everybody who may see the stack: give a plain text"

var (
	// tagName matches the names that Pulumi Cloud accepts for a stack tag. Source: the same function.
	tagName = regexp.MustCompile(`^[a-zA-Z0-9-_.:]{1,40}$`)
	// ownedPrefixes are the prefixes of tags that a sync or the CLI writes.
	ownedPrefixes = []string{"escsync:", "pulumi:", "vcs:", "gitHub:"}
)

// tags completes the tags of the environment and the target stack.
func (c *completer) tags() {
	tags := map[string]property.Value{}
	at := problem.At(keyPulumiTags)
	given := c.in.Get(keyPulumiTags)
	switch {
	case given.Secret():
		c.fail(at, secretTag)
	case given.IsComputed():
		c.fail(at, "must be known at preview: give its parts as outputs, not the whole")
	case given.IsMap():
		for name, value := range pushDown(given).AsMap().All {
			tags[name] = value
			c.checkTag(at.Key(name), name, value)
		}
	}
	id := c.origin.SyncID()
	tags[tagSync] = property.New(strings.ToValidUTF8(id[:min(len(id), maxTagValue)], ""))
	// The version is that of the built-in program. It changes together with the settings, which name its commit, so the
	// tag makes no extra change. A user's own program has no version.
	if c.in.Get(keySource).IsNull() {
		tags[tagVersion] = property.New(version.Version)
	}
	c.out[keyPulumiTags] = property.New(tags)
}

func (c *completer) checkTag(at problem.Path, name string, value property.Value) {
	for _, prefix := range ownedPrefixes {
		if strings.HasPrefix(name, prefix) {
			c.fail(at, "must not begin with %q: such tags are reserved", prefix)
		}
	}
	if !tagName.MatchString(name) {
		c.fail(at, "the name must be 1 to 40 letters, digits, hyphens, underscores, periods or colons")
	}
	switch {
	case value.Secret():
		c.fail(at, secretTag)
	case value.IsString() && value.AsString() == "":
		c.fail(at, "must not be empty")
	case value.IsString() && len(value.AsString()) > maxTagValue:
		c.fail(at, "must be at most %d bytes long", maxTagValue)
	}
}
