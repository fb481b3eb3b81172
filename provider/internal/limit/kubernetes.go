package limit

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/api/validate/content"
)

//nolint:gosec // These are addresses of documentation, not credentials.
const (
	kubernetesNamespaces  = "https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-label-names"
	kubernetesSecretTypes = "https://kubernetes.io/docs/concepts/configuration/secret/#secret-types"
)

// KubernetesNamespace returns what is wrong with the name of a namespace, or nil.
func KubernetesNamespace(name string) error {
	if len(content.IsDNS1123Label(name)) > 0 {
		return fmt.Errorf("must have 1 to 63 small letters, digits and hyphens, beginning and ending with a letter or "+
			"digit (%s)", kubernetesNamespaces)
	}
	return nil
}

// secretType is what the API server asks of the data of a Secret.
type secretType struct {
	// all must be there, or one of any.
	all, any []string
	// json says that what is there must be JSON.
	json bool
}

// secretTypes are those that the API server checks (kubernetes/pkg/apis/core/validation, ValidateSecret).
var secretTypes = map[string]secretType{
	"kubernetes.io/dockercfg":        {all: []string{".dockercfg"}, json: true},
	"kubernetes.io/dockerconfigjson": {all: []string{".dockerconfigjson"}, json: true},
	"kubernetes.io/basic-auth":       {any: []string{"username", "password"}},
	"kubernetes.io/ssh-auth":         {all: []string{"ssh-privatekey"}},
	"kubernetes.io/tls":              {all: []string{"tls.crt", "tls.key"}},
}

// KubernetesSecretType returns which keys a Secret of the type lacks among those that it gets, or nil.
func KubernetesSecretType(typ string, keys []string) error {
	rule := secretTypes[typ]
	has := func(key string) bool { return slices.Contains(keys, key) }
	if missing := slices.DeleteFunc(slices.Clone(rule.all), has); len(missing) > 0 {
		return fmt.Errorf("%s needs the key %s (%s)", typ, strings.Join(missing, " and "), kubernetesSecretTypes)
	}
	if len(rule.any) > 0 && !slices.ContainsFunc(rule.any, has) {
		return fmt.Errorf("%s needs the key %s (%s)", typ, strings.Join(rule.any, " or "), kubernetesSecretTypes)
	}
	return nil
}

// KubernetesTypedValue returns what is wrong with the content of a key in a Secret of the type, or nil. The answer never
// holds any of it.
func KubernetesTypedValue(typ, key, text string) error {
	if rule := secretTypes[typ]; rule.json && slices.Contains(rule.all, key) && !json.Valid([]byte(text)) {
		return fmt.Errorf("must be JSON, as %s has it (%s)", typ, kubernetesSecretTypes)
	}
	return nil
}
