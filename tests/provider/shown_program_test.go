package provider_test

import (
	"maps"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"pgregory.net/rapid"
)

// program contains the inputs of an EscSync, split into parts that change independently.
type program struct {
	platform string
	// settings are those of the destination in addition to its base. keys are those of its property keys.
	settings, keys props
	// value contains texts only as leaves. environment contains what they refer to.
	value, environment props
	policy             props
}

var shownPlatforms = slices.Sorted(maps.Keys(destinationBase))

func firstProgram(t *rapid.T) program {
	return program{
		platform: rapid.SampledFrom(shownPlatforms).Draw(t, "platform"),
		settings: props{}, keys: props{}, policy: props{"deletionPolicy": rapid.SampledFrom(policies).Draw(t, "policy")},
		value:       props{"a": leaf.Draw(t, "a"), "B": leaf.Draw(t, "B"), "db": obj(props{"user": leaf.Draw(t, "user")})},
		environment: props{"e1": str("one"), "e2": obj(props{"in": str("two"), "other": str("o")})},
	}
}

var (
	policies = []property.Value{str("Retain"), str("Delete")}
	leaf     = rapid.SampledFrom([]property.Value{
		str("x"), str("y"), str("x").WithSecret(true), property.New(7.0), property.New(true), str(`{"j":1}`),
		list(str("x"), property.New(1.0)), str("n-${e1}"), str("${e2.in}-${e1}"), list(str("m ${e2.in}")),
		obj(props{"z": str("deep"), "w": str("d-${e1}")}), obj(props{}), str("a$b"),
	})
	keyNames = []string{"a", "B", "c-d", "db", "e.f", "g_h"}
)

// changed returns the program after one random change.
func (p program) changed(t *rapid.T) program {
	p.settings, p.keys, p.policy = maps.Clone(p.settings), maps.Clone(p.keys), maps.Clone(p.policy)
	p.value, p.environment = maps.Clone(p.value), maps.Clone(p.environment)
	set := func(in props, name string, values ...property.Value) {
		if value := rapid.SampledFrom(append(values, property.Value{})).Draw(t, name); value.IsNull() {
			delete(in, name)
		} else {
			in[name] = value
		}
	}
	object := func(key string, values ...string) property.Value {
		return obj(props{key: str(rapid.SampledFrom(values).Draw(t, key))})
	}
	switch rapid.SampledFrom([]string{
		"value", "value", "value", "value", "nested", "environment", "place", "mapping", "keys", "rename", "policy",
		"policy", "retainKeys", "settings", "platform",
	}).Draw(t, "change") {
	case "value":
		set(p.value, rapid.SampledFrom(keyNames).Draw(t, "key"), leaf.Draw(t, "leaf"), leaf.Draw(t, "leaf"))
	case "nested":
		p.value["db"] = obj(props{"user": leaf.Draw(t, "user"), "pass.word": leaf.Draw(t, "password")})
	case "environment":
		p.environment["e1"] = str("one-" + rapid.SampledFrom([]string{"a", "b", "${e2.in}"}).Draw(t, "e1"))
		p.environment["e2"] = obj(props{
			"in": str(rapid.SampledFrom([]string{"two", "deux"}).Draw(t, "in")), "other": str(rapid.String().Draw(t, "other")),
		})
	case "place":
		delete(p.settings, "path")
		set(p.settings, "name", str("/app/one"), str("app"), str("app-two"))
		if p.settings["name"].IsNull() {
			set(p.settings, "path", str("/app"), str("app"))
		}
	case "mapping":
		set(p.settings, "mapping", str("perKey"), str("json"))
	case "keys":
		set(p.keys, "template", str("app-{key}"), str("{key:upper}"), str("{key}"))
		set(p.keys, "separator", str("-"), str("_"))
		set(p.keys, "exclude", list(str("a")), list(str("db.*"), str("c*")))
		set(p.keys, "include", list(str("a"), str("db")))
		set(p.keys, "nested", str("json"), str("flatten"))
	case "rename":
		set(p.keys, "rename", object("a", "NEW", "B", "OTHER"), object("B", "a", "NEW"), object("db.user", "NEW"))
	case "policy":
		set(p.policy, "deletionPolicy", policies...)
	case "retainKeys":
		set(p.policy, "retainKeys", list(str("a")), list(str("db.*"), str("B")))
	case "settings":
		set(p.settings, "description", str("one"), str("two"), str(""))
		set(p.settings, "tags", object("team", "one", "two"))
		set(p.settings, "labels", object("team", "one", "two"))
		set(p.settings, "annotations", object("team", "one", "two"))
		set(p.settings, "metadata", object("team", "one", "two"))
		set(p.settings, "recoveryWindowInDays", property.New(30.0), property.New(7.0))
	case "platform":
		p.platform = rapid.SampledFrom(shownPlatforms).Draw(t, "platform")
	}
	return p
}

// optional are the settings that only some platforms have.
var optional = map[string][]string{
	"path":                 {"awsSecretsManager", "awsParameterStore", "vault"},
	"description":          {"awsSecretsManager", "awsParameterStore"},
	"tags":                 {"awsSecretsManager", "awsParameterStore", "azureKeyVault"},
	"labels":               {"gcpSecretManager", "kubernetes"},
	"annotations":          {"gcpSecretManager", "kubernetes"},
	"metadata":             {"vault"},
	"recoveryWindowInDays": {"awsSecretsManager"},
}

// inputs returns the inputs of the EscSync.
func (p program) inputs() props {
	settings := maps.Clone(destinationBase[p.platform])
	for name, value := range p.settings {
		if platforms, some := optional[name]; !some || slices.Contains(platforms, p.platform) {
			settings[name] = value
		}
	}
	if len(p.keys) > 0 {
		settings["keys"] = obj(p.keys)
	}
	in := props{
		"value": obj(p.value), "environmentValues": obj(p.environment),
		"destination": obj(props{p.platform: obj(settings)}), "adoptionPolicy": str("All"), "maxDeletions": str("100%"),
	}
	maps.Copy(in, p.policy)
	return in
}

// evaluated returns the value as the target receives it.
func (p program) evaluated() property.Value {
	two := p.environment["e2"].AsMap().Get("in").AsString()
	one := strings.ReplaceAll(p.environment["e1"].AsString(), "${e2.in}", two)
	return mapTexts(obj(p.value), strings.NewReplacer("${e1}", one, "${e2.in}", two).Replace)
}

func mapTexts(v property.Value, change func(string) string) property.Value {
	switch {
	case v.IsString():
		return property.WithGoValue(v, change(v.AsString()))
	case v.IsArray():
		var items []property.Value
		for _, item := range v.AsArray().All {
			items = append(items, mapTexts(item, change))
		}
		return property.New(items)
	case v.IsMap():
		fields := props{}
		for key, field := range v.AsMap().All {
			fields[key] = mapTexts(field, change)
		}
		return obj(fields)
	}
	return v
}
