package nearest_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/escsync/pulumi-escsync/provider/internal/nearest"
)

func TestName(t *testing.T) {
	t.Parallel()
	known := []string{"mapping", "name", "region", "adoptionPolicy", "environmentProject", "deletionPolicy"}
	for name, want := range map[string]string{"nam3": "name", "Region": "region", "maping": "mapping", "wxyzuv": "",
		"adopt": "adoptionPolicy", "project": "environmentProject", "policy": "", "ion": ""} {
		assert.Equal(t, want, nearest.Name(name, known), name)
	}
	assert.Equal(t, "keys.template", nearest.Name("template", known, "keys.template", "keys.include"))
	assert.Equal(t, "mapping", nearest.Name("maping", known, "keys.maping"), "what is not nested goes first")
}
