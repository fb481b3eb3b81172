package version

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// Not parallel: the linker sets ReleaseCommit, for the whole process.
func TestDocsAreThoseOfTheRelease(t *testing.T) {
	assert.Equal(t, "https://github.com/escsync/pulumi-escsync/blob/main/docs/preview.md", Docs("preview.md"))
	t.Cleanup(func() { ReleaseCommit = "" })
	ReleaseCommit = "0123456789abcdef0123456789abcdef01234567"
	assert.Equal(t, Repository+"/blob/v"+Version+"/docs/preview.md", Docs("preview.md"))
}
