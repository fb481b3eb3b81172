package resource

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/target"
	"github.com/escsync/pulumi-escsync/provider/target/settings"
	"github.com/escsync/pulumi-escsync/provider/target/targettest"
)

func TestWhatAProviderOfTheProgramsOwnCannotKeepTo(t *testing.T) {
	t.Parallel()
	const instead = "if the program passes its own provider, because nothing is looked up then: leave it out, or " +
		"configure the provider through the stack's configuration"
	run := construct(t, targettest.Case{Type: "ResourceTarget", Providers: gitlab, Inputs: map[string]property.Value{
		"destination": props(t, variable(object{"importId": "{name}", "ownership": object{"property": "by"}})),
		"value":       props(t, object{"a": "1"}), "adoptionPolicy": property.New("Never"),
	}})
	assert.Equal(t, []string{
		"adoptionPolicy: cannot be Never " + instead, "destination.ownership: has no effect " + instead,
	}, run.Problems(t))
}

func TestAProviderOfTheProgramsOwnIsWarnedOf(t *testing.T) {
	t.Parallel()
	for passed, want := range map[string]string{
		"aws": "",
		"gitlab": "type: the program passes its own provider, so nothing is looked up: existing secrets with a pushed " +
			"name may be overwritten, whatever adoptionPolicy and importId say",
	} {
		var problems, warnings problem.List
		resource{token: "gitlab:index/projectVariable:ProjectVariable"}.checkUnasked(target.Request{
			Caller:   target.Caller{Provides: func(pkg string) bool { return pkg == passed }},
			Settings: settings.NewReader(&problems), Warnings: &warnings,
		})
		assert.Empty(t, problems)
		assert.Equal(t, want, warnings.Text())
	}
}
