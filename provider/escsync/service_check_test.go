package escsync

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/run/deployments"
)

// A finding is only a warning if the program may still create what is missing, or if a deployment's token may not open
// what the user may.
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

// A fault is new unless the stored definition has it, or may have it.
func TestStoredHad(t *testing.T) {
	t.Parallel()
	gone := deployments.Diagnostic{Summary: "no environment a/b", Path: "imports[1]"}
	other := deployments.Diagnostic{Summary: "no environment a/c", Path: "imports[1]"}
	elsewhere := deployments.Diagnostic{Summary: "no environment a/b", Path: "values.x"}
	for name, test := range map[string]struct {
		before stored
		had    bool
	}{
		"no such environment":     {stored{}, false},
		"no answer":               {stored{mayExist: true, unknown: true}, true},
		"nothing wrong":           {stored{mayExist: true}, false},
		"the same":                {stored{mayExist: true, diagnostics: []deployments.Diagnostic{other, gone}}, true},
		"another":                 {stored{mayExist: true, diagnostics: []deployments.Diagnostic{other}}, false},
		"the same somewhere else": {stored{mayExist: true, diagnostics: []deployments.Diagnostic{elsewhere}}, false},
	} {
		moved := gone
		moved.Path = "imports[0]"
		assert.Equal(t, test.had, test.before.had(moved), name)
	}
}

// A problem that only imported values cause fails a sync that does not exist yet.
func TestRefine(t *testing.T) {
	t.Parallel()
	var one, two targetPlan
	one.problems.Add(problem.At("value").Key("a"), "x")
	two.problems.Add(problem.At("value").Key("a"), "x")
	two.problems.Add(problem.At("value").Key("b"), "is null")
	two.settled = true
	for exists, want := range map[bool][2]int{true: {1, 1}, false: {2, 0}} {
		got := refine(one, two, func() stored { return stored{mayExist: exists} })
		assert.Len(t, got.problems, want[0])
		assert.Len(t, got.warnings, want[1])
		assert.True(t, got.settled)
	}
	got := refine(one, one, func() stored { panic("nothing to ask about") })
	assert.Equal(t, one.problems, got.problems)
}
