package inputs

import (
	"maps"
	"sort"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"github.com/escsync/pulumi-escsync/provider/escsync/definition"
	"github.com/escsync/pulumi-escsync/provider/internal/problem"
)

// destination finds the one platform that is given.
func (c *completer) destination() {
	at := problem.At(keyDestination)
	v := c.in.Get(keyDestination)
	if v.IsComputed() {
		c.fail(at, "must be known at preview: give its properties as outputs, not the whole object")
		return
	}
	if !v.IsMap() {
		return
	}
	var given []string
	for platform, settings := range v.AsMap().All {
		if !settings.IsNull() {
			given = append(given, platform)
		}
	}
	sort.Strings(given)
	switch len(given) {
	case 0:
		c.fail(at, "must have exactly one platform, such as %s", c.platforms[0].Name)
	case 1:
		c.platform = given[0]
		if v.AsMap().Get(c.platform).IsComputed() {
			c.fail(at.Key(c.platform), "must be known at preview: give its properties as outputs, not the whole object")
		}
		c.checkCustom(v.AsMap().Get(c.platform))
		c.out[keyDestination] = property.New(map[string]property.Value{c.platform: property.New(property.Map{})})
	default:
		c.fail(at, "must have exactly one platform, has %s: declare one EscSync for each", strings.Join(given, ", "))
	}
}

// policyKeys are the inputs that control what the built-in target program may remove and adopt.
var policyKeys = []string{keyDeletionPolicy, keyRetainKeys, keyAdoptionPolicy, keyMaxDeletions}

// checkCustom refuses inputs that a user's own program does not use, and requires a source.
func (c *completer) checkCustom(settings property.Value) {
	if c.platform != definition.Custom {
		return
	}
	if c.in.Get(keySource).IsNull() {
		c.fail(problem.At(keySource), "must be given for a custom destination: it says where the program is")
	}
	for _, key := range policyKeys {
		if !c.in.Get(key).IsNull() {
			c.fail(problem.At(key), "has no effect on a custom destination, whose own program decides: remove it")
		}
	}
	syncKey, at := property.Value{}, problem.At(keyDestination).Key(c.platform).Key("syncKey")
	if settings.IsMap() {
		syncKey = settings.AsMap().Get("syncKey")
	}
	switch {
	case !syncKey.IsNull() && c.in.Get(keyDefinition).IsNull():
		c.fail(at, "has no effect without definition, whose blocks it chooses from: remove it")
	case syncKey.IsComputed():
		c.fail(at, "must be known at preview")
	}
}

// settings returns the settings of the platform, with secretness only on leaves.
func (c *completer) settings() property.Map {
	if c.platform == "" {
		return property.Map{}
	}
	destination := pushDown(c.in.Get(keyDestination))
	return object(destination.AsMap(), c.platform)
}

// target returns the instructions to the target program. The settings of a custom destination are for the sync itself,
// so a custom program gets none.
func (c *completer) target() property.Map {
	if c.platform == definition.Custom {
		return c.settings()
	}
	target := map[string]property.Value{
		"platform": property.New(c.platform),
		"syncId":   property.New(c.origin.SyncID()),
	}
	if former := c.origin.Former; len(former) > 0 {
		ids := make([]property.Value, len(former))
		for i, id := range former {
			ids[i] = property.New(id)
		}
		target["formerSyncIds"] = property.New(ids)
	}
	for _, key := range policyKeys {
		if v := c.in.Get(key); !v.IsNull() {
			target[key] = v
		}
	}
	settings := c.settings()
	if c.in.Get(keyDefinition).IsNull() {
		settings = settings.Delete("name") // it is beside the value
	} else {
		target["published"] = property.New(true)
	}
	if settings.Len() > 0 {
		target["settings"] = property.New(settings)
	}
	if secret := secretSettings(settings); len(secret) > 0 {
		target["secretSettings"] = property.New(secret)
	}
	return property.NewMap(target)
}

// secretSettings returns the names of the settings that contain secrets. The payload does not show which they are, and
// the target must keep them secret in its state.
func secretSettings(settings property.Map) []property.Value {
	var names []property.Value
	for name, setting := range settings.AllStable {
		if setting.HasSecrets() {
			names = append(names, property.New(name))
		}
	}
	return names
}

// defaultProviders is the configuration with which organizations forbid default providers. The target program needs
// them, so an empty list overrides the setting of an imported environment.
const defaultProviders = "pulumi:disable-default-providers"

// pulumiConfig returns the configuration of the target stack: that of the platform's providers, and the override that
// keeps imported environments from stopping every run.
func (c *completer) pulumiConfig() property.Map {
	config := map[string]property.Value{}
	platform, known := c.platforms.Named(c.platform)
	if known && !c.in.Get(keyImports).IsNull() {
		config[defaultProviders] = property.New(property.NewArray(nil))
	}
	if platform.PulumiConfig != nil {
		maps.Copy(config, platform.PulumiConfig(c.settings(), c.in.Get(keyAdoptionPolicy)))
	}
	return property.NewMap(config)
}
