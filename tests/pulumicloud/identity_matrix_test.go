package pulumicloud

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// organizations are the first column of the table in docs/identity.md.
var organizations = map[string]Options{
	"permissive": {BackgroundRunner: true},
	"permissive, without a background runner":    {},
	"permissive, with a default deployment role": {BackgroundRunner: true, DefaultDeploymentRole: "default"},
	"restricted": {Restricted: true, BackgroundRunner: true},
}

// selections are the second column: what the settings contain.
var selections = map[string]struct {
	role  string
	token bool
}{
	"nothing":                                {},
	"a role":                                 {role: "syncs"},
	"a role without `environment_yaml:open`": {role: "scopeless"},
	"a team":                                 {role: "ops"},
	"an access token":                        {token: true},
	"a role and an access token":             {role: "syncs", token: true},
}

// identities are the words in the cells, by login.
var identities = map[string]string{
	userLogin: "you", backgroundRunner.Name: "the background runner", "pulumi-deployments": "its stack's token",
	"default": "the default role", "syncs": "the role", "scopeless": "the role", "ops": "the team", "owners": "its owner",
}

// TestWhoOpensWhat runs every cell of the table in docs/identity.md.
func TestWhoOpensWhat(t *testing.T) {
	rows := identityRows(t)
	require.Len(t, rows, 12)
	for _, row := range rows {
		t.Run(row[0]+" and "+row[1], func(t *testing.T) {
			options, known := organizations[row[0]]
			require.True(t, known, "there is no such organization")
			_, known = selections[row[1]]
			require.True(t, known, "there is no such selection")
			m := newMatrix(t, options, row[1])
			for i, trigger := range []func(){
				func() { m.do("POST", deploymentsURL, `{"operation":"update"}`) },
				func() { m.AdvanceClock(time.Hour) },
				func() { m.ok("PATCH", envsURL+"/p/e", "values: {a: 2}") },
			} {
				assert.Equal(t, row[2+i], m.cell(trigger), "column %d", 3+i)
			}
		})
	}
}

// identityRows parses the rows of the table.
func identityRows(t *testing.T) [][]string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", "identity.md"))
	require.NoError(t, err)
	var rows [][]string
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		if len(cells) != 5 || strings.HasPrefix(cells[0], "-") || strings.Contains(line, "the organization is") {
			continue
		}
		for i, cell := range cells {
			cells[i] = strings.TrimSpace(cell)
		}
		rows = append(rows, cells)
	}
	return rows
}

// matrix is a stack with the settings of a row. Its runs write their access token to a file.
type matrix struct {
	*bench
	file    string
	refused bool // the service refuses the settings
}

func newMatrix(t *testing.T, options Options, selection string) *matrix {
	t.Helper()
	options.Teams = []string{"ops", "owners"}
	options.Roles = []Role{
		{Name: "syncs", Opens: []string{"p/e"}, OpensDefinitions: true}, {Name: "scopeless", Opens: []string{"p/e"}},
		{Name: "default", Opens: []string{"p/e"}, OpensDefinitions: true},
	}
	m := &matrix{bench: newBench(t, options)}
	m.file = filepath.Join(m.watch, "token")
	m.newEnv("e", "values: {a: 1}")
	m.grantTo("ops", "e", "open")
	m.grantTo("owners", "e", "open")
	m.configure(preRun(`printf %s "$PULUMI_ACCESS_TOKEN" > ` + m.file))
	if chosen := selections[selection]; chosen.role != "" {
		require.NoError(t, m.ChooseRole("acme/proj/dev", chosen.role))
	}
	if selections[selection].token {
		got := m.do("POST", settingsURL, `{"operationContext":{"environmentVariables":{"PULUMI_ACCESS_TOKEN":{"secret":"`+
			m.AddToken("owners")+`"}}}}`)
		m.refused = got.status == 400
	}
	m.ok("POST", schedulesURL, hourly)
	m.ok("POST", envsURL+"/p/e/hooks", hookBody(nil))
	return m
}

// cell returns the result of a run that trigger starts.
func (m *matrix) cell(trigger func()) string {
	m.t.Helper()
	if m.refused {
		return "settings refused"
	}
	before := len(m.Deployments("acme/proj/dev"))
	m.hold()
	trigger()
	if len(m.Deployments("acme/proj/dev")) == before {
		m.release()
		return "run refused"
	}
	require.Eventually(m.t, func() bool {
		steps := m.Deployments("acme/proj/dev")[before].Steps
		return len(steps) > 0 && strings.HasPrefix(steps[len(steps)-1].Name, "pulumi ")
	}, waitLimit, waitTick)
	token, err := os.ReadFile(m.file)
	require.NoError(m.t, err)
	run := m.as(string(token))
	who := identities[run.ok("GET", "/api/user", nil)["githubLogin"].(string)]
	opens := "no"
	if run.do("POST", envsURL+"/yaml/open", "imports: [p/e]").status == 200 {
		opens = "yes"
	}
	m.release()
	m.wait()
	return who + ": " + opens
}
