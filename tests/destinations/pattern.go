package destinations

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
	"github.com/escsync/pulumi-escsync/tests/platforms"
)

// patternForm is the definition of the published pattern, for any platform.
const patternForm = `imports:
  - %s@%s
values:
  sync:
    %s:
      value:
        myConfigKey: ${my-imported-env-foo}
        myNestedKey:
          haha: ${my-imported-env-bar}
        mySecret: ${my-imported-env-password}
      name: %s
`

// PatternForm tests the life of a definition in the pattern form, with the destination as the only other input. As in
// the pattern, the whole value is one JSON secret with the name from the definition.
func PatternForm(t *testing.T, row platforms.Row) {
	t.Helper()
	const first, second = "first p$a\"s'\n", "second ${not.one}"
	s := start(t, row, nil)
	s.imported(first, true)
	folder := s.patternProgram()
	hold := func(password, step string) {
		t.Helper()
		found, err := s.platform.Secrets(t.Context())
		require.NoError(t, err)
		require.Equal(t, map[string]string{row.Pattern.Identity: harness.PatternSecret(password)}, found, step)
	}

	_, err := s.h.Up(t.Context(), folder, stack)
	require.NoError(t, err)
	hold(first, "after the first run")
	before := len(s.h.Deployments(target))
	s.imported(second, false)
	s.succeeded(s.run(before))
	hold(second, "after the imported environment changed")
	require.NoError(t, s.platform.Delete(t.Context(), row.Pattern.Identity))
	s.succeeded(s.schedule())
	hold(second, "after the schedule brought back what somebody deleted")

	_, err = s.h.Destroy(t.Context(), folder, stack)
	require.NoError(t, err)
	hold(second, "after a destroy with Retain")
	s.secretive(first)
	s.secretive(second)
}

// imported sets the password in the environment that the pattern imports, and moves its tag to the new revision.
func (s *sync) imported(password string, create bool) {
	s.t.Helper()
	write := s.h.UpdateEnvironment
	if create {
		write = s.h.CreateEnvironment
	}
	require.NoError(s.t, write(s.t.Context(), harness.PatternEnvironment, harness.PatternDefinition(password)))
	require.NoError(s.t, s.h.TagEnvironment(s.t.Context(), harness.PatternEnvironment, harness.PatternTag))
}

// patternProgram returns a program whose EscSync has a definition in the pattern form, from a file.
func (s *sync) patternProgram() string {
	s.t.Helper()
	p := s.row.Pattern
	folder, err := s.h.WriteProgram("name: shop\nruntime: yaml\nresources:\n  db:\n    type: escsync:EscSync\n" +
		"    properties:\n      definition: {fn::readFile: ./environment.yaml}\n" +
		"      destination: {" + p.Platform + ": {" + p.Settings + "}}\n")
	require.NoError(s.t, err)
	text := fmt.Sprintf(patternForm, harness.PatternEnvironment, harness.PatternTag, p.Platform, p.Name)
	require.NoError(s.t, os.WriteFile(filepath.Join(folder, "environment.yaml"), []byte(text), 0o600))
	return folder
}
