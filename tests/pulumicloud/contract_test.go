package pulumicloud

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"testing"

	"github.com/pulumi/pulumi-cloud-sdk/go/apiclient"
	cloudtype "github.com/pulumi/pulumi-cloud-sdk/go/apitype"
	"github.com/stretchr/testify/require"
)

// contract calls the local cloud with Pulumi's own client and collects the keys that differ between the responses and
// the client's types.
type contract struct {
	*bench
	client *apiclient.CloudClient
	body   []byte // of the last response
	found  []string
}

func newContract(t *testing.T) *contract {
	t.Helper()
	k := &contract{bench: newBench(t, Options{Roles: []Role{{Name: "syncs"}}})}
	k.client = &apiclient.CloudClient{BaseURL: k.URL(), Executor: func(r *http.Request) (*http.Response, error) {
		if r.Header.Get("Authorization") == "" {
			r.Header.Set("Authorization", "token "+k.AccessToken())
		}
		response, err := http.DefaultClient.Do(r)
		if err != nil {
			return nil, err
		}
		defer func() { _ = response.Body.Close() }()
		k.body, err = io.ReadAll(response.Body)
		response.Body = io.NopCloser(bytes.NewReader(k.body))
		return response, err
	}}
	return k
}

// named is a named call of a contract.
type named struct {
	contract *contract
	name     string
}

func (k *contract) the(name string) named { return named{k, name} }

// answers requires a call to succeed and compares the keys of the response with those of the client's type.
func (n named) answers(result any, err error) {
	k := n.contract
	k.t.Helper()
	require.NoError(k.t, err, n.name)
	raw, err := json.Marshal(result)
	require.NoError(k.t, err, n.name)
	var came, held any
	if json.Unmarshal(k.body, &came) != nil || json.Unmarshal(raw, &held) != nil {
		return // not JSON: a definition
	}
	keysCame, keysHeld := keysOf(came), keysOf(held)
	for key := range keysHeld {
		if _, ok := keysCame[key]; !ok {
			k.found = append(k.found, fmt.Sprintf("%s lacks %s", n.name, key))
		}
	}
	for key, empty := range keysCame {
		if _, ok := keysHeld[key]; !ok && !empty {
			k.found = append(k.found, fmt.Sprintf("%s has %s", n.name, key))
		}
	}
}

// succeeds requires a call without a response to succeed.
func (n named) succeeds(err error) {
	n.contract.t.Helper()
	require.NoError(n.contract.t, err, n.name)
}

// keysOf returns the paths of all keys, and for each whether its values are all empty.
func keysOf(v any) map[string]bool {
	keys := map[string]bool{}
	var walk func(at string, v any)
	walk = func(at string, v any) {
		switch v := v.(type) {
		case map[string]any:
			for name, value := range v {
				empty, seen := keys[at+"."+name]
				keys[at+"."+name] = isEmpty(value) && (empty || !seen)
				walk(at+"."+name, value)
			}
		case []any:
			for _, value := range v {
				walk(at+"[]", value)
			}
		}
	}
	walk("", v)
	return keys
}

// TestContract compares the local cloud with the types of Pulumi's own client, for every route that this project's
// clients use.
func TestContract(t *testing.T) {
	k := newContract(t)
	k.account()
	k.environments()
	k.environmentVersions()
	k.approvals()
	k.stacks()
	k.updates()
	k.settings()
	k.schedules()
	k.webhooks()
	k.deploymentRuns()
	k.teams()
	k.deletions()
	require.Empty(t, k.found)
}

// TestEnumerations: the SDK has no constants for the filters, groups and formats of webhooks. Those are from the CLI.
func TestEnumerations(t *testing.T) {
	require.ElementsMatch(t, cloudtype.JobStatus("").AllValues(), []cloudtype.JobStatus{
		statusQueued, statusAccepted, statusRunning, statusSucceeded, statusFailed, statusSkipped,
	})
	for _, status := range cloudtype.StepStatus("").AllValues() {
		require.Contains(t, []cloudtype.StepStatus{statusQueued, statusRunning, statusSucceeded, statusFailed}, status)
	}
	b := newBench(t, Options{})
	b.configure("")
	for _, operation := range cloudtype.PulumiOperation("").AllValues() {
		require.Equal(t, string(operation), b.deploy(string(operation))["pulumiOperation"])
	}
	_, statuses := b.wait()
	require.Len(t, statuses, len(cloudtype.PulumiOperation("").AllValues()))
}
