package standin

import (
	"fmt"
	"strings"

	p "github.com/pulumi/pulumi-go-provider"
	presource "github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// AutoName returns the name of a resource whose program gives none: the name that it had, else its logical name with
// a random suffix of seven hexadecimal digits, as bridged providers make it.
func AutoName(req p.CheckRequest, key string, maxLength int) (string, error) {
	prefix := req.Urn.Name() + "-"
	if old := Text(req.State, key); strings.HasPrefix(old, prefix) {
		return old, nil
	}
	name, err := presource.NewUniqueName(req.RandomSeed, prefix, 7, maxLength, nil)
	if err != nil {
		return "", fmt.Errorf("naming %s: %w", req.Urn.Name(), err)
	}
	return name, nil
}
