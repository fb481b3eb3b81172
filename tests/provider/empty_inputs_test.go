package provider_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestEscSyncRefusesEmptyTextsInLists(t *testing.T) {
	t.Parallel()
	req := escSync(patternInputs(props{
		"imports": list(str("")), "teams": list(str("")),
		"notifications": list(obj(props{"url": str("")})),
		"deployment": obj(props{
			"preRunCommands": list(str("x"), str("")),
			"oidc":           obj(props{"aws": obj(props{"roleArn": awsOidc["roleArn"], "policyArns": list(str(""))})}),
		}),
		"destination": obj(props{"awsSecretsManager": obj(props{
			"name": str("n"), "keys": obj(props{"include": list(str("my*"), str(""))}),
			"replicas": list(obj(props{"region": str("")})),
		})}),
	}))
	req.DryRun = true
	assert.Equal(t, []string{
		"deployment.oidc.aws.policyArns[0]", "deployment.preRunCommands[1]", "destination.awsSecretsManager.keys.include[1]",
		"destination.awsSecretsManager.replicas[0].region", "imports[0]", "notifications[0].url", "teams[0]",
	}, refused(t, construct(t, req)))
}
