package awssecretsmanager

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/pulumi/pulumi-go-provider/integration"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/target/targettest"
)

// account is a mock of AWS that records the calls.
type account struct {
	// live are the names in the list of Secrets Manager, and tagged those in the list of the tagging API.
	live, tagged []string
	// refuses makes both lists fail.
	refuses bool

	lock          sync.Mutex
	lists, singly []string
}

func arnOf(name string) string {
	return "arn:aws:secretsmanager:us-west-2:123456789012:secret:" + name + "-AbCdEf"
}

func (a *account) call(args integration.MockCallArgs) (property.Map, error) {
	a.lock.Lock()
	defer a.lock.Unlock()
	switch args.Token {
	case "aws:secretsmanager/getSecret:getSecret":
		name := args.Args.Get("name").AsString()
		a.singly = append(a.singly, name)
		return property.Map{}, fmt.Errorf("reading %s: couldn't find resource", name)
	case "aws:secretsmanager/getSecrets:getSecrets":
		a.lists = append(a.lists, "live")
		arns := []any{}
		for _, name := range a.live {
			arns = append(arns, arnOf(name))
		}
		return outputs(object{"arns": arns, "names": []any{}}), a.refusal()
	case "aws:resourcegroupstaggingapi/getResources:getResources":
		a.lists = append(a.lists, "tagged")
		found := []any{}
		for _, name := range a.tagged {
			found = append(found, object{
				"resourceArn": arnOf(name), "tags": object{"escsync:sync-id": "shop/dev/sync"},
			})
		}
		return outputs(object{"resourceTagMappingLists": found}), a.refusal()
	}
	return property.Map{}, nil
}

func (a *account) refusal() error {
	if a.refuses {
		return errors.New("AccessDeniedException")
	}
	return nil
}

// A secret that is missing in either list is looked up individually. One list lags behind and includes secrets
// scheduled for deletion; the other only matches a prefix of the tag.
func TestOwnSecretsAreFoundByLists(t *testing.T) {
	t.Parallel()
	all, one := keys(10), []string{"prod/k0"}
	both := []string{"live", "tagged"}
	for name, test := range map[string]struct {
		account *account
		keys    int
		policy  string
		lists   []string
		singly  []string
	}{
		"nothing to do": {&account{live: all, tagged: all}, 10, "Retain", both, nil},
		"others of ours": {
			&account{live: append(keys(10), "x"), tagged: append(keys(10), "x")}, 10, "Retain", both, nil,
		},
		"a fresh one is not listed": {&account{live: all[1:], tagged: all}, 10, "Retain", both, one},
		"scheduled for deletion":    {&account{live: all[1:], tagged: all}, 10, "Retain", both, one},
		"another sync's, whose id begins with ours": {
			&account{live: all, tagged: all[1:]}, 10, "Retain", both, one,
		},
		"a first run":   {&account{}, 10, "Retain", []string{"live"}, all},
		"refused lists": {&account{refuses: true}, 10, "Retain", []string{"live"}, all},
		"few secrets":   {&account{live: all, tagged: all}, 9, "Retain", nil, all[:9]},
		"what may be deleted for it": {
			&account{live: all, tagged: all}, 10, "Delete", nil, all,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			value := map[string]property.Value{}
			for i := range test.keys {
				value[fmt.Sprintf("k%d", i)] = property.New("v")
			}
			run := construct(t, targettest.Case{
				Type: "AwsSecretsManagerTarget", Call: test.account.call,
				Inputs: map[string]property.Value{
					"destination":    props(t, object{"path": "prod"}),
					"value":          property.New(value),
					"deletionPolicy": property.New(test.policy),
				},
			})
			require.NoError(t, run.Err)
			assert.Equal(t, test.lists, test.account.lists)
			assert.ElementsMatch(t, test.singly, test.account.singly)
			listed := test.keys - len(test.singly)
			assert.Equal(t, listed, run.Inventory.Input("found").AsMap().Len())
			secret := run.Child(t, awsSecretType, "k8")
			if listed > 0 {
				assert.Equal(t, arnOf("prod/k8"), secret.RegisterRPC.GetImportId(), "as a single lookup would adopt it")
			}
		})
	}
}

func keys(n int) []string {
	var names []string
	for i := range n {
		names = append(names, fmt.Sprintf("prod/k%d", i))
	}
	return names
}
