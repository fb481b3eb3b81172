package inputs

import (
	"maps"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/escsync/pulumi-escsync/provider/platform"
)

// Inputs of the right type are refused if they cannot work.
func TestCompleteRefusesTheUnusable(t *testing.T) {
	t.Parallel()
	git := func(o props) props {
		all := props{"repoUrl": str("https://git.example.com/a/b.git"), "branch": str("main")}
		maps.Copy(all, o)
		return props{"source": obj(all)}
	}
	const importGrammar = "must be project/environment, with @revision or @tag if one is pinned, " +
		"such as my-project/my-env@stable"
	for name, test := range map[string]struct {
		in   props
		want string
	}{
		"unknown parts": {
			props{"deployment": obj(props{
				"environmentVariables": unknown, "preRunCommands": unknown, "oidc": obj(props{"aws": unknown}),
			})},
			"deployment.environmentVariables: must be known at preview: give its parts as outputs, not the whole\n" +
				"deployment.oidc.aws: must be known at preview: give its parts as outputs, not the whole\n" +
				"deployment.preRunCommands: must be known at preview: give its parts as outputs, not the whole",
		},
		"a null variable": {
			props{"deployment": obj(props{"environmentVariables": obj(props{"A": {}})})},
			"deployment.environmentVariables.A: must not be null: leave it out, or give an empty text",
		},
		"import outside": {
			props{"imports": list(str("../.."), str("a/b@"))},
			"imports[0]: " + importGrammar + "\nimports[1]: " + importGrammar,
		},
		"import of itself": {
			props{
				"environmentProject": str("p"), "environmentName": str("e"),
				"imports": list(str("p/other"), str("p/e"), str("p/e@stable"), str("q/e")),
			},
			"imports[1]: is the environment of this sync, which cannot import itself: remove it\n" +
				"imports[2]: is the environment of this sync, which cannot import itself: remove it",
		},
		"import of itself by its default name": {
			props{"imports": list(str("escsync/shop-dev-db"))},
			"imports[0]: is the environment of this sync, which cannot import itself: remove it",
		},
		"import of itself in a definition": {
			props{"value": {}, "definition": str(
				"imports: [escsync/shop-dev-db]\nvalues: {sync: {awsSecretsManager: {value: hunter2}}}")},
			"definition.imports[0]: is the environment of this sync, which cannot import itself: remove it",
		},
		"import of what may be itself": {
			props{"environmentName": unknown, "imports": list(str("escsync/shop-dev-db"))}, "",
		},
		"no branch": {git(props{"branch": str("a b\nc")}), "source.branch: must be the name of a branch"},
		"empty login": {
			git(props{"auth": obj(props{})}),
			"source.auth: must have username and password, or sshPrivateKey",
		},
		"SSH key over HTTP": {
			git(props{"auth": obj(props{"sshPrivateKey": str("hunter2")})}),
			"source.auth.sshPrivateKey: has no effect for an https:// address: give an ssh:// one, or username and password",
		},
		"password over SSH": {
			git(props{
				"repoUrl": str("git@example.com:a/b"),
				"auth":    obj(props{"username": str("u"), "password": str("hunter2")}),
			}),
			"source.auth.username: has no effect for an ssh:// address: give an https:// one, or sshPrivateKey",
		},
		"an ESC function": {
			props{"environmentValues": obj(props{"a": obj(props{"fn::bogus": str("hunter2")})})},
			"environmentValues.a: 'fn::' is a reserved prefix",
		},
		"no team":      {props{"teams": list(str(""))}, "teams[0]: must not be empty"},
		"team twice":   {props{"teams": list(str("a"), str("b"), str("a"))}, "teams[2]: is listed twice"},
		"unknown team": {props{"teams": list(unknown)}, "teams[0]: must be known at preview: it names a resource"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			completed := Complete(platform.All, minimal(test.in), shop)
			assert.Equal(t, test.want, completed.Problems.Text())
			assert.NotContains(t, completed.Problems.Text()+completed.Warnings.Text(), "hunter2")
		})
	}
}
