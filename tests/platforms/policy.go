package platforms

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/escsync/pulumi-escsync/tests/toolcache"
)

// Policy returns a policy shown in docs/credentials.md.
func Policy(name string) (string, error) {
	repository, err := toolcache.Repository()
	if err != nil {
		return "", err
	}
	text, err := os.ReadFile(filepath.Join(repository, "examples", "policies", name))
	if err != nil {
		return "", fmt.Errorf("reading a policy of the documentation: %w", err)
	}
	return string(text), nil
}
