package provider_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gopkg.in/yaml.v3"

	"github.com/escsync/pulumi-escsync/tests/platforms/all"
)

// destinationBase contains, for each platform, inputs to which any other setting can be added: those of the demo. They
// include the name only if every mapping accepts it.
var destinationBase = settingsOfTheDemo()

func settingsOfTheDemo() map[string]props {
	base := map[string]props{}
	for _, one := range all.Destinations {
		var settings map[string]any
		if err := yaml.Unmarshal([]byte(one.Demo.Settings), &settings); err != nil {
			panic(err)
		}
		base[one.Name] = props{}
		for name, value := range settings {
			if one.Name == "kubernetes" || name != "name" && name != "path" {
				base[one.Name][name] = written(value)
			}
		}
	}
	return base
}

// acceptsBytes contains the destinations for which a row pushes bytes.
var acceptsBytes = destinationsWithBytes()

func destinationsWithBytes() map[string]bool {
	holds := map[string]bool{}
	for _, one := range all.Destinations {
		for _, row := range one.Rows {
			holds[one.Name] = holds[one.Name] || row.Binary != ""
		}
	}
	return holds
}

// written returns a setting of the demo as a property.
func written(value any) property.Value {
	switch value := value.(type) {
	case map[string]any:
		fields := props{}
		for name, field := range value {
			fields[name] = written(field)
		}
		return obj(fields)
	case bool:
		return property.New(value)
	}
	return str(fmt.Sprint(value))
}

// destinationSamples are values of settings, by the end of their path. The sample of all other texts is "sample".
var destinationSamples = map[string]property.Value{
	"mapping":                str("perKey"),
	"nested":                 str("json"),
	"separator":              str("x"),
	"template":               str("x{key}"),
	"rename":                 obj(props{"a": str("TEAM")}),
	"awsParameterStore.path": str("/sample"),
	"region":                 str("us-west-2"),
	"replicas.region":        str("eu-north-1"),
	"resourceGroupName":      str("group2"),
	"vaultName":              str("vault2"),
	"visibility":             str("private"),
	"githubSecrets.app":      str("actions"),
	"kubernetes.kind":        str("ConfigMap"),
	"kubernetes.type":        str("Opaque"),
	"tier":                   str("Advanced"),
	"awsParameterStore.type": str("SecureString"),
	"awsParameterStore.name": str("sample"),
	"repository":             str("sample"),
	"include":                list(str("a*")),
	"exclude":                list(str("z*")),
	"binary":                 list(str("z*")),
	"regions":                list(str("europe-west1")),
	"kmsKeyName":             str("projects/p/locations/global/keyRings/r/cryptoKeys/k"),
	"selectedRepositoryIds":  list(property.New(7.0)),
	"recoveryWindowInDays":   property.New(9.0),
	"maxVersions":            property.New(5.0),
	"kvVersion":              property.New(2.0),
	"deleteAllVersions":      property.New(true),
	"tags":                   obj(props{"team": str("sample")}),
	"labels":                 obj(props{"team": str("sample")}),
	"annotations":            obj(props{"team": str("sample")}),
	"metadata":               obj(props{"team": str("sample")}),

	"source":                  str("sample/sample"),
	"resource.type":           str("sample:index:Sample"),
	"version":                 str("1.2.3"),
	"properties":              obj(props{"sample": str("{name} {value}")}),
	"maxBytes":                property.New(9.0),
	"importId":                str("sample/{name}"),
	"pattern":                 str(".*"),
	"fold":                    property.New(true),
	"replaceOnChanges":        list(str("sample")),
	"ignoreChanges":           list(str("sample")),
	"additionalSecretOutputs": list(str("sample")),
	"deleteBeforeReplace":     property.New(true),
}

// Every setting of every destination reaches the instructions of the target program.
func TestEscSyncPassesEveryDestinationSettingOn(t *testing.T) {
	t.Parallel()
	for path := range inputPaths(t) {
		keys := strings.Split(path, ".")
		if keys[0] != "destination" || keys[1] == "custom" ||
			keys[len(keys)-1] == "binary" && !acceptsBytes[keys[1]] { // refused: see package platform
			continue
		}
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			platform, setting := keys[1], keys[len(keys)-1]
			require.NotNil(t, destinationBase[platform], "%s has no base", platform)
			sample := sampleOf(keys)
			settings := settingsWith(keys, sample)
			switch path {
			case "destination.githubSecrets.visibility", "destination.githubSecrets.selectedRepositoryIds",
				"destination.githubVariables.visibility", "destination.githubVariables.selectedRepositoryIds":
				delete(settings, "repository")
				settings["visibility"] = str("selected")
				settings["selectedRepositoryIds"] = destinationSamples["selectedRepositoryIds"]
				sample = settings[setting]
			case "destination.kubernetes.dataKey":
				settings["mapping"] = str("json")
			case "destination.resource.name.exact": // which makes one secret
				delete(settings, "keys")
			}
			r := construct(t, escSync(patternInputs(props{
				"destination": obj(props{platform: obj(settings)}), "value": obj(props{"a": str("x"), "b": str("${c}")}),
				"deletionPolicy": str("Delete"),
			})))
			require.NoError(t, r.err)
			definition := r.child(t, environmentType).Inputs.Get("yaml").AsAsset().Text
			_, target, found := strings.Cut(definition, "target:\n")
			if keys[2] == "name" {
				target = definition
			}
			require.True(t, found, definition)
			assert.Regexp(t, `(?m)^[ -]*`+setting+`:`+regexpOf(sample), target)
		})
	}
}

// settingsWith returns the settings of a platform with one more, at the path keys.
func settingsWith(keys []string, value property.Value) props {
	settings, name := maps.Clone(destinationBase[keys[1]]), keys[2]
	switch name {
	case "replicas":
		settings[name] = list(obj(props{"region": str("eu-west-1")}))
	case "terraformProvider":
		settings[name] = obj(props{"source": str("a/b"), "version": str("1.0.0")})
	}
	settings[name] = put(settings[name], keys[3:], value)
	return settings
}

func sampleOf(keys []string) property.Value {
	for _, end := range []string{strings.Join(keys[len(keys)-2:], "."), keys[len(keys)-1]} {
		if sample, ok := destinationSamples[end]; ok {
			return sample
		}
	}
	return str("sample")
}

// regexpOf returns a pattern for a value after its key in YAML.
func regexpOf(v property.Value) string {
	switch {
	case v.IsString():
		return ` "?` + strings.NewReplacer("{", `\{`, "}", `\}`).Replace(v.AsString())
	case v.IsArray():
		return `\n *- ` + strings.TrimSpace(strings.NewReplacer("*", `\*`).Replace(regexpOf(v.AsArray().Get(0))))
	case v.IsMap():
		for key, value := range v.AsMap().All {
			return `\n *` + key + `:` + regexpOf(value)
		}
	case v.IsBool():
		return ` true`
	}
	return ` [0-9]`
}

// The inputs of a custom program.
func TestEscSyncPassesCustomSettingsOn(t *testing.T) {
	t.Parallel()
	changes := source(props{"project": str("mine")})
	changes["destination"] = obj(props{"custom": obj(props{"name": str("sample")})})
	r := construct(t, escSync(patternInputs(changes)))
	require.NoError(t, r.err)
	assert.Contains(t, r.child(t, environmentType).Inputs.Get("yaml").AsAsset().Text, "secretName: sample\n")

	changes["destination"] = obj(props{"custom": obj(props{"syncKey": str("b")})})
	maps.Copy(changes, props{
		"imports": {}, "value": {}, "definition": str("values: {sync: {a: {value: x}, b: {value: y}}}"),
	})
	r = construct(t, escSync(patternInputs(changes)))
	require.NoError(t, r.err)
	assert.Contains(t, r.child(t, environmentType).Inputs.Get("yaml").AsAsset().Text, "${sync.b.value}")
}
