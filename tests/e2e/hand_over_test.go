package e2e

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/harness"
)

// The procedures of docs/migrating.md, step by step: a key moves to another sync of the program, and a sync to another
// program. After every step each secret exists and is the same one, under both policies.
func TestHandingOver(t *testing.T) {
	t.Parallel()
	h := harness.New(t, harness.Options{})
	const (
		adopting   = "adoptionPolicy: All\n"
		otherStack = "other/dev"
	)
	policies := []string{"Retain", "Delete"}
	step := func(properties map[string]string) string {
		syncs := map[string]string{}
		for _, policy := range policies {
			for name, text := range properties {
				path := "moved"
				if name == "db" {
					path = "handed"
				}
				syncs[name+policy] = unwatched + "deletionPolicy: " + policy + "\n" + text +
					"destination: {awsSecretsManager: {path: " + path + policy + ", region: " + region + "}}\n"
			}
		}
		return manySyncs(syncs)
	}
	arns := map[string]string{}
	holds := func(after string, values map[string]string) {
		for _, policy := range policies {
			for _, secret := range slices.Sorted(maps.Keys(values)) {
				name := strings.Replace(secret, "/", policy+"/", 1)
				arn := secretARN(t, h, name)
				if arns[name] == "" {
					arns[name] = arn
				}
				assert.Equal(t, arns[name], arn, "%s after %s", name, after)
				assert.Equal(t, values[secret], secretValue(t, h, name), "%s after %s", name, after)
			}
		}
	}
	other := func(db string) {
		dir := write(t, h, strings.Replace(step(map[string]string{"db": db}), "name: "+project, "name: other", 1))
		_, err := h.Up(t.Context(), dir, otherStack)
		require.NoError(t, err)
	}
	const one, two, db = "value: {a: 1, b: 2}\n", "value: {b: 2, c: 3}\n", "value: {user: bob}\n"
	held := map[string]string{"moved/a": "1", "moved/b": "2", "handed/user": "bob"}

	up(t, h, write(t, h, step(map[string]string{"one": one, "db": db})))
	holds("the start", held)

	up(t, h, write(t, h, step(map[string]string{"one": one, "two": adopting + two, "db": db})))
	other(adopting + db)
	held["moved/c"] = "3"
	holds("the adoption", held)

	up(t, h, write(t, h, step(map[string]string{"one": "value: {a: 1}\n", "two": adopting + two})))
	holds("the old program let go", held)

	up(t, h, write(t, h, step(map[string]string{"one": "value: {a: 1}\n", "two": "value: {b: 22, c: 3}\n"})))
	other("value: {user: eve}\n")
	held["moved/b"], held["handed/user"] = "22", "eve"
	holds("the end", held)

}
