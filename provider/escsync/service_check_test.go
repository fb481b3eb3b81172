package escsync

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
)

// A finding is no failure where the program may still make what is missing, nor where a deployment's token may not open
// what its user may.
func TestJudged(t *testing.T) {
	t.Parallel()
	at := func(path problem.Path) served {
		var s served
		s.problems.Add(path, "x")
		s.answered = true
		return s
	}
	imports, value := problem.At("imports").Index(0), problem.At("value").Key("a")
	for name, test := range map[string]struct {
		found                   served
		mayChange, inDeployment bool
		fails                   bool
	}{
		"an import":                             {found: at(imports), fails: true},
		"a reference":                           {found: at(value), fails: true},
		"an import that the program makes":      {found: at(imports), mayChange: true},
		"a reference to what the program makes": {found: at(value), mayChange: true},
		"an import in a deployment":             {found: at(imports), inDeployment: true},
		"a reference in a deployment":           {found: at(value), inDeployment: true, fails: true},
	} {
		got := test.found.judged(test.mayChange, test.inDeployment)
		assert.Equal(t, test.fails, len(got.problems) == 1, name)
		assert.Equal(t, test.fails, len(got.warnings) == 0, name)
		assert.Equal(t, test.fails, got.answered, name)
	}
}
