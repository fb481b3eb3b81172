package deployments

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/escsync/pulumi-escsync/provider/run/credentials"
)

// If the console's address is unknown, there is no URL, because a wrong one is worse.
func TestConsoleURLOfARun(t *testing.T) {
	t.Parallel()
	for cloud, want := range map[string]string{
		"https://api.pulumi.com":  "https://app.pulumi.com/acme/escsync-target/shop-dev-db/deployments/7",
		"https://esc.example.com": "",
	} {
		client := NewClient(credentials.Credentials{APIURL: cloud}, nil)
		assert.Equal(t, want, client.consoleURL(Stack{"acme", "escsync-target", "shop-dev-db"}, 7), cloud)
	}
}
