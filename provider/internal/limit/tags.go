package limit

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"k8s.io/apimachinery/pkg/api/validate/content"
)

//nolint:gosec // These are addresses of documentation, not credentials.
const (
	awsSecretsManagerTags = "https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_TagResource.html"
	awsParameterStoreTags = "https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_Tag.html"
	azureTags             = azureAboutSecrets
	gcpSecret             = "https://cloud.google.com/secret-manager/docs/reference/rest/v1/projects.secrets"
	vaultCustomMetadata   = "https://developer.hashicorp.com/vault/api-docs/secret/kv/kv-v2"
	kubernetesLabels      = "https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/"
	kubernetesAnnotations = "https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/"
)

// Tags is what a platform takes as the tags, labels, annotations or metadata of a secret.
type Tags struct {
	// Max is how many a user may give: the platform's number without our own; 0 where only their size counts.
	Max int
	// MaxBytes is the size of all keys and values together; 0 where only their number counts.
	MaxBytes int
	// Key and Value return what is wrong with one, or nil. The answer must not hold any of it.
	Key, Value func(text string) error
	// Source is the platform's page.
	Source string
}

// Check returns what is wrong with the number and the size of all, or nil.
func (t Tags) Check(number, bytes int) error {
	switch {
	case t.Max > 0 && number > t.Max:
		return fmt.Errorf("has %d, and at most %d are allowed beside our own (%s)", number, t.Max, t.Source)
	case t.MaxBytes > 0 && bytes > t.MaxBytes:
		return fmt.Errorf("has %d bytes in all, and at most %d are allowed (%s)", bytes, t.MaxBytes, t.Source)
	}
	return nil
}

// CheckKey returns what is wrong with a key, or nil.
func (t Tags) CheckKey(key string) error { return t.explain("its key", t.Key(key)) }

// CheckValue returns what is wrong with the value of a key, or nil.
func (t Tags) CheckValue(value string) error { return t.explain("its value", t.Value(value)) }

func (t Tags) explain(what string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s %w (%s)", what, err, t.Source)
}

// What the platforms take. Each number allows for the mark of ownership, but for labels, which do not hold it.
var (
	AwsSecretsManagerTags = Tags{
		Max: 49, Key: both(characters(1, 128), notReservedByAws), Value: characters(0, 256), Source: awsSecretsManagerTags,
	}
	// AwsParameterStoreTags have an alphabet, which those of Secrets Manager are only advised to keep to.
	AwsParameterStoreTags = Tags{
		Max:    49,
		Key:    both(both(characters(1, 128), notReservedByAws), parameterTag),
		Value:  both(characters(0, 256), parameterTag),
		Source: awsParameterStoreTags,
	}
	AzureTags = Tags{Max: 14, Key: characters(1, 512), Value: characters(0, 512), Source: azureTags}
	GcpLabels = Tags{
		Max: 64,
		Key: both(both(characters(1, 63), bytes(128)), matching(`^[\p{Ll}\p{Lo}][\p{Ll}\p{Lo}\p{N}_-]*$`,
			"must have small letters, digits, _ and - only, and begin with a letter")),
		Value: both(both(characters(0, 63), bytes(128)), matching(`^[\p{Ll}\p{Lo}\p{N}_-]*$`,
			"must have small letters, digits, _ and - only")),
		Source: gcpSecret,
	}
	GcpAnnotations = Tags{
		// The mark may take as much as ownership's longest, and its key.
		MaxBytes: 16<<10 - 2048,
		Key: both(characters(1, 63), matching(`^[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?$`,
			"must have letters, digits, - _ and . only, and begin and end with a letter or digit")),
		Value: anything, Source: gcpSecret,
	}
	// VaultMetadata is as the engine's validateCustomMetadata has it, which counts bytes.
	VaultMetadata = Tags{
		Max: 63, Key: both(filled(128), printable), Value: both(filled(512), printable), Source: vaultCustomMetadata,
	}
	KubernetesLabels = Tags{
		Key: kubernetes(content.IsLabelKey), Value: kubernetes(content.IsLabelValue), Source: kubernetesLabels,
	}
	// KubernetesAnnotations may have capitals before the slash of a key, which those of labels may not.
	KubernetesAnnotations = Tags{
		MaxBytes: 256<<10 - 2048,
		Key:      kubernetes(func(key string) []string { return content.IsLabelKey(strings.ToLower(key)) }),
		Value:    anything, Source: kubernetesAnnotations,
	}
)

func anything(string) error { return nil }

// both is the first check that finds something.
func both(first, second func(string) error) func(string) error {
	return func(text string) error {
		if err := first(text); err != nil {
			return err
		}
		return second(text)
	}
}

func characters(least, most int) func(string) error {
	return func(text string) error {
		if n := utf8.RuneCountInString(text); n < least || n > most {
			return fmt.Errorf("has %d characters, and must have %d to %d", n, least, most)
		}
		return nil
	}
}

func bytes(most int) func(string) error {
	return func(text string) error {
		if len(text) > most {
			return fmt.Errorf("has %d bytes, and must have at most %d", len(text), most)
		}
		return nil
	}
}

func filled(most int) func(string) error {
	return func(text string) error {
		if text == "" {
			return errors.New("must not be empty")
		}
		return bytes(most)(text)
	}
}

func matching(pattern, grammar string) func(string) error {
	compiled := regexp.MustCompile(pattern)
	return func(text string) error {
		if !compiled.MatchString(text) {
			return errors.New(grammar)
		}
		return nil
	}
}

var parameterTag = matching(`^[\p{L}\p{Z}\p{N}_.:/=+@-]*$`,
	"must have letters, digits, spaces and _ . : / = + - @ only")

func notReservedByAws(key string) error {
	if strings.HasPrefix(strings.ToLower(key), "aws:") {
		return errors.New("must not begin with aws:, which AWS reserves")
	}
	return nil
}

func printable(text string) error {
	if strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return errors.New("must have printable characters only")
	}
	return nil
}

// kubernetes takes a check of Kubernetes' own library, whose answers hold none of the text.
func kubernetes(check func(string) []string) func(string) error {
	return func(text string) error {
		if wrong := check(text); len(wrong) > 0 {
			return errors.New("is not allowed: " + wrong[0])
		}
		return nil
	}
}
