package kubernetes

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/api/validate/content"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/target/limit"
)

// The pages that document the limits.
//
//nolint:gosec // These are addresses of documentation, not credentials.
const (
	pageSecret      = "https://kubernetes.io/docs/concepts/configuration/secret/"
	pageNames       = "https://kubernetes.io/docs/concepts/overview/working-with-objects/names/"
	pageConfigMap   = "https://kubernetes.io/docs/concepts/configuration/configmap/"
	pageLabels      = "https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/"
	pageAnnotations = "https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/"
	pageNamespaces  = "https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-label-names"
	pageSecretTypes = "https://kubernetes.io/docs/concepts/configuration/secret/#secret-types"
)

const objectMaxBytes = 1 << 20

// The limits on a Secret or a ConfigMap.
var (
	nameLimit = limit.Name{
		Pattern: regexp.MustCompile(`^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$`),
		Grammar: "a name is a DNS subdomain: lowercase letters, digits, - and ., starting and ending with a letter " +
			"or digit",
		MaxLength: 253,
		Source:    pageNames,
	}
	keyLimit = limit.Name{
		Pattern:   regexp.MustCompile(`^[-._a-zA-Z0-9]+$`),
		Grammar:   "a key has letters, digits and - _ . only",
		MaxLength: 253,
		Reserved: func(name string) error {
			if name == "." || strings.HasPrefix(name, "..") {
				return fmt.Errorf("must not be %s or begin with %s", ".", "..")
			}
			return nil
		},
		Source: pageConfigMap,
	}
	valueLimit = limit.Value{MaxBytes: objectMaxBytes, Empty: true, Source: pageSecret}
	// totalLimit limits the total size of all values in one object, without the keys.
	totalLimit = limit.Value{MaxBytes: objectMaxBytes, Empty: true, Source: pageSecret}
	labelLimit = limit.Tags{
		Key: library(content.IsLabelKey), Value: library(content.IsLabelValue), Source: pageLabels,
	}
	// annotationLimit allows upper case before the slash of a key. Labels do not.
	annotationLimit = limit.Tags{
		MaxBytes: 256<<10 - 2048,
		Key:      library(func(key string) []string { return content.IsLabelKey(strings.ToLower(key)) }),
		Value:    limit.Anything, Source: pageAnnotations,
	}
)

// checkNamespace returns what is wrong with the name of a namespace, or nil.
func checkNamespace(name string) error {
	if len(content.IsDNS1123Label(name)) > 0 {
		return fmt.Errorf("must have 1 to 63 lowercase letters, digits and hyphens, starting and ending with a "+
			"letter or digit (%s)", pageNamespaces)
	}
	return nil
}

// secretType has the API server's requirements on the data of a Secret.
type secretType struct {
	// all are the required keys. Of any, at least one is required.
	all, any []string
	// json is true if the values of all must be JSON.
	json bool
}

// secretTypes are the types that the API server checks (kubernetes/pkg/apis/core/validation, ValidateSecret).
var secretTypes = map[string]secretType{
	"kubernetes.io/dockercfg":        {all: []string{".dockercfg"}, json: true},
	"kubernetes.io/dockerconfigjson": {all: []string{".dockerconfigjson"}, json: true},
	"kubernetes.io/basic-auth":       {any: []string{"username", "password"}},
	"kubernetes.io/ssh-auth":         {all: []string{"ssh-privatekey"}},
	"kubernetes.io/tls":              {all: []string{"tls.crt", "tls.key"}},
}

// checkSecretType returns which required keys are missing in keys, or nil.
func checkSecretType(typ string, keys []string) error {
	rule := secretTypes[typ]
	has := func(key string) bool { return slices.Contains(keys, key) }
	if missing := slices.DeleteFunc(slices.Clone(rule.all), has); len(missing) > 0 {
		return fmt.Errorf("%s needs the key %s (%s)", typ, strings.Join(missing, " and "), pageSecretTypes)
	}
	if len(rule.any) > 0 && !slices.ContainsFunc(rule.any, has) {
		return fmt.Errorf("%s needs the key %s (%s)", typ, strings.Join(rule.any, " or "), pageSecretTypes)
	}
	return nil
}

// splitUp returns a key that the type requires as one JSON text but that is an object in the value, so that it was
// split into a key for each leaf. It returns "" if there is none. paths are the paths of the leaves in the value.
func splitUp(typ string, paths []string) string {
	rule := secretTypes[typ]
	for _, key := range rule.all {
		whole := problem.At(key).String()
		if rule.json && slices.ContainsFunc(paths, func(path string) bool {
			return path != whole && strings.HasPrefix(path, whole)
		}) {
			return key
		}
	}
	return ""
}

// checkTypedValue returns what is wrong with the value of a key in a Secret of this type, or nil. The error never
// contains any of the value.
func checkTypedValue(typ, key, text string) error {
	if rule := secretTypes[typ]; rule.json && slices.Contains(rule.all, key) && !json.Valid([]byte(text)) {
		return fmt.Errorf("must be JSON, as the type %s requires (%s)", typ, pageSecretTypes)
	}
	return nil
}

// library adapts a check from Kubernetes' own library. Its messages contain none of the text.
func library(check func(string) []string) func(string) error {
	return func(text string) error {
		if wrong := check(text); len(wrong) > 0 {
			return errors.New("is not allowed: " + wrong[0])
		}
		return nil
	}
}
