package pulumicloud

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestTyposAreRefused: the service would ignore an unknown key or refuse it with a 400.
func TestTyposAreRefused(t *testing.T) {
	b := newBench(t, Options{Teams: []string{"syncers"}})
	b.configure("")
	b.newEnv("e", "")
	for _, test := range []struct{ method, url, body, key string }{
		{"PUT", settingsURL, `{"executorContex":{"x":1}}`, "executorContex"},
		{"PUT", settingsURL, `{"sourceContext":{"git":{"repoURL":"https://x"}}}`, "sourceContext.git.repoURL"},
		{"POST", settingsURL, `{"operationContext":{"options":{"skipIntermediate":true}}}`, "skipIntermediate"},
		{"POST", settingsURL, `{"operationContext":{"environmentVariables":{"A":{"typo":"p"}}}}`, "typo"},
		{"POST", settingsURL, `{"vcs":{"repository":"a/b"}}`, "not recognized"},
		{"POST", settingsURL, `{"executorContext":{"executorImage":{"image":"x"}}}`, "image"},
		{"POST", deploymentsURL, `{"operation":"update","inheritSetting":true}`, "inheritSetting"},
		{"POST", schedulesURL, `{"cron":"0 * * * *","request":{"operation":"update"}}`, "cron"},
		{"POST", deploymentsURL + "/drift/schedules", `{"scheduleCron":"0 * * * *","remediate":true}`, "remediate"},
		{"POST", envsURL + "/p/e/hooks", `{"organizationName":"acme","payloadURL":"x/y"}`, "payloadURL"},
		{"POST", envsURL, `{"project":"p","environment":"x"}`, "environment"},
		{"POST", envsURL + "/p/e/versions/tags", `{"name":"stable","version":1}`, "version"},
		{"PATCH", envsURL + "/p/e/settings", `{"protected":true}`, "protected"},
		{"PATCH", orgURL + "/teams/syncers", `{"addEnvironmentPermissions":[1]}`, "addEnvironmentPermissions"},
	} {
		require.Contains(t, b.refused(400, test.method, test.url, test.body), test.key, test.url)
	}
	// Values with several forms, empty values, and the keys that current clients are known to send.
	b.ok("POST", settingsURL, `{"executorContext":{"executorImage":"x","workingDirectory":"/"},"gitHub":{},"future":null,
		"operationContext":{"options":{"Shell":"bash"},"environmentVariables":{"A":{"isSecret":true,"value":"s"}}}}`)
}
