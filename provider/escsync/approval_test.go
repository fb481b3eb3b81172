package escsync

import (
	"context"
	"errors"
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/run/deployments"
)

// service is the environment acme/p/e as the service has it, with the errors that it returns.
type service struct {
	gates                           map[string]deployments.Gates // by project/name
	stored                          string
	gatesErr, storedErr, proposeErr error
	// draft is the ID of the change request that Propose creates.
	draft    string
	proposed []string
}

func (s *service) Gates(_ context.Context, e deployments.Environment) (deployments.Gates, error) {
	gates, found := s.gates[e.Project+"/"+e.Name]
	if !found && s.gatesErr == nil {
		return gates, &deployments.Failure{Status: http.StatusNotFound}
	}
	return gates, s.gatesErr
}

func (s *service) Stored(context.Context, deployments.Environment) (deployments.Definition, int, error) {
	return deployments.Definition(s.stored), 7, s.storedErr
}

func (s *service) Propose(
	_ context.Context, _ deployments.Environment, text deployments.Definition, description string,
) (string, error) {
	s.proposed = append(s.proposed, string(text)+" "+description)
	return s.draft, s.proposeErr
}

const (
	wanted   = "values: {password: {fn::secret: hunter2}}"
	keeps    = "environment acme/p/e keeps its old definition: its updates need an approval, "
	onceMore = "Have it approved and applied, under Approvals in the console or with `pulumi env change-request apply " +
		"cr-1`, and run `pulumi up` again: it continues from there"
	refusal = "environment acme/p/e was not updated: Pulumi Cloud refused the new definition. Check that your token may " +
		"write the environment, and run `pulumi up --refresh`: without the refresh, the definition is not sent again"
)

func TestSettle(t *testing.T) {
	t.Parallel()
	gated := map[string]deployments.Gates{"p/e": {Update: true}}
	for name, test := range map[string]struct {
		service  service
		preview  bool
		revision int
		proposed int
		err      string
	}{
		"there by now": {
			service:  service{stored: "# said\nvalues:\n  password:\n    fn::secret: \"hunter2\"\n", gates: gated},
			revision: 7,
		},
		"refused": {service: service{gates: map[string]deployments.Gates{"p/e": {Open: true}}}, err: refusal},
		"refused, and not to be read": {
			service: service{gates: map[string]deployments.Gates{"p/e": {}}, storedErr: errors.New("403")},
			err:     refusal + " (403)",
		},
		"nothing is known": {service: service{gatesErr: errors.New("500")}, err: refusal + " (500)"},
		"gated": {
			service:  service{gates: gated, stored: "values: {}", draft: "cr-1"},
			proposed: 1, err: keeps + "so the new one was submitted as change request cr-1. " + onceMore,
		},
		"gated, and not to be read": {
			service: service{gates: gated, storedErr: errors.New("403"), draft: "cr-1"},
			err: keeps + "and it is unknown whether it has the new one by now: 403. Nothing was submitted. Run `pulumi up` " +
				"with a token that may open the environment",
		},
		"gated, at preview": {service: service{gates: gated}, preview: true},
		"waiting": {
			service: service{gates: map[string]deployments.Gates{"p/e": {Update: true, ChangeRequest: "cr-1"}}},
			err: keeps + "and change request cr-1 is open. " + onceMore + ". If it is still a draft, out of date or not this " +
				"sync's, close it: the next `pulumi up` submits the definition again",
		},
		"not submitted": {
			service:  service{gates: gated, draft: "cr-1", proposeErr: errors.New("500")},
			proposed: 1, err: keeps + "and the new one is a draft that nobody can approve: 500. " +
				"Close change request cr-1 in the console, and run `pulumi up` again",
		},
		"not taken": {
			service:  service{gates: gated, proposeErr: errors.New("409")},
			proposed: 1, err: keeps + "and submitting the new one for that failed: 409. Run `pulumi up` again, or " +
				"take the environment out of the ruleset",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			revision, err := settle(t.Context(), &test.service,
				deployments.Environment{Organization: "acme", Project: "p", Name: "e"}, wanted, test.preview)
			assert.Equal(t, test.revision, revision)
			assert.Len(t, test.service.proposed, test.proposed)
			if test.err == "" {
				require.NoError(t, err)
				return
			}
			require.EqualError(t, err, test.err)
			assert.NotContains(t, err.Error(), "hunter2")
		})
	}
}
