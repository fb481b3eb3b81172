package standin

import (
	"fmt"
	"strings"

	p "github.com/pulumi/pulumi-go-provider"
	presource "github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// AutoName returns the name of a resource without one in the program: its old name, else its logical name with a random
// suffix of seven hexadecimal digits, like bridged providers.
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
