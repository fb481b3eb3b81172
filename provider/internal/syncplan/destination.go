package syncplan

import (
	"sort"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"github.com/escsync/pulumi-escsync/provider/internal/definition"
	"github.com/escsync/pulumi-escsync/provider/internal/problem"
)

// providerConfig lists the settings of a destination that become configuration of the platform's Pulumi provider in
// the target stack, as there the provider is the default one.
var providerConfig = map[string]map[string]string{
	"awsSecretsManager": {"region": "aws:region"},
	"awsParameterStore": {"region": "aws:region"},
}

// destination finds the one platform that is given.
func (p *planner) destination() {
	at := problem.At(keyDestination)
	v := p.in.Get(keyDestination)
	if v.IsComputed() {
		p.fail(at, "must be known at preview: give its properties as outputs, not the whole object")
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
		p.fail(at, "must have exactly one platform, such as awsSecretsManager")
	case 1:
		p.platform = given[0]
		if v.AsMap().Get(p.platform).IsComputed() {
			p.fail(at.Key(p.platform), "must be known at preview: give its properties as outputs, not the whole object")
		}
		p.checkCustom(v.AsMap().Get(p.platform))
		p.out[keyDestination] = property.New(map[string]property.Value{p.platform: property.New(property.Map{})})
	default:
		p.fail(at, "must have exactly one platform, has %s: declare one EscSync for each", strings.Join(given, ", "))
	}
}

// policyKeys are the inputs that say what the built-in target program may remove and take over.
var policyKeys = []string{keyDeletionPolicy, keyRetainKeys, keyAdopt, keyMaxDeletions}

// checkCustom refuses what a program of the user's own has no use for, and the lack of one.
func (p *planner) checkCustom(settings property.Value) {
	if p.platform != definition.Custom {
		return
	}
	if p.in.Get(keySource).IsNull() {
		p.fail(problem.At(keySource), "must be given for a custom destination: it says where the program is")
	}
	for _, key := range policyKeys {
		if !p.in.Get(key).IsNull() {
			p.fail(problem.At(key), "has no effect on a custom destination, whose own program decides: remove it")
		}
	}
	syncKey, at := property.Value{}, problem.At(keyDestination).Key(p.platform).Key("syncKey")
	if settings.IsMap() {
		syncKey = settings.AsMap().Get("syncKey")
	}
	switch {
	case !syncKey.IsNull() && p.in.Get(keyDefinition).IsNull():
		p.fail(at, "has no effect without definition, whose blocks it chooses from: remove it")
	case syncKey.IsComputed():
		p.fail(at, "must be known at preview")
	}
}

// settings returns what was given for the platform, without secretness of the containers.
func (p *planner) settings() property.Map {
	if p.platform == "" {
		return property.Map{}
	}
	destination := leafward(p.in.Get(keyDestination), false, nil)
	return object(destination.AsMap(), p.platform)
}

// target returns the instructions to the target program. A custom program gets none: they are what the sync itself
// needs to know.
func (p *planner) target() property.Map {
	if p.platform == definition.Custom {
		return p.settings()
	}
	target := map[string]property.Value{
		"platform": property.New(p.platform),
		"syncId":   property.New(p.origin.SyncID()),
	}
	if former := p.origin.Former; len(former) > 0 {
		ids := make([]property.Value, len(former))
		for i, id := range former {
			ids[i] = property.New(id)
		}
		target["formerSyncIds"] = property.New(ids)
	}
	for _, key := range policyKeys {
		if v := p.in.Get(key); !v.IsNull() {
			target[key] = v
		}
	}
	settings := p.settings()
	if p.in.Get(keyDefinition).IsNull() {
		settings = settings.Delete("name") // it stands beside the value
	} else {
		target["published"] = property.New(true)
	}
	if settings.Len() > 0 {
		target["settings"] = property.New(settings)
	}
	return property.NewMap(target)
}

// pulumiConfig returns the provider configuration that the settings stand for.
func (p *planner) pulumiConfig() property.Map {
	config := map[string]property.Value{}
	for setting, key := range providerConfig[p.platform] {
		if v := p.settings().Get(setting); !v.IsNull() {
			config[key] = v
		}
	}
	if p.platform == "kubernetes" {
		// Else the provider deletes an object before it makes one with the new values, and what mounts it fails.
		config["kubernetes:enableSecretMutable"] = property.New("true")
		config["kubernetes:enableConfigMapMutable"] = property.New("true")
		// It decides whether an object that exists is taken over, so it goes with adopt, and with nothing else.
		takesOver := property.New("false")
		switch adopt := p.in.Get(keyAdopt); {
		case adopt.IsComputed():
			takesOver = property.New(property.Computed)
		case adopt.IsString() && adopt.AsString() == "All":
			takesOver = property.New("true")
		}
		config["kubernetes:upsertExistingObjects"] = takesOver
	}
	return property.NewMap(config)
}
