package run

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// If the address of the console is unknown, there is no URL, because a wrong one is worse.
func TestConsoleURL(t *testing.T) {
	for cloud, want := range map[string]string{
		"https://api.pulumi.com":                  "https://app.pulumi.com/acme/escsync-target/shop-dev-db",
		"https://api.pulumi.com/":                 "https://app.pulumi.com/acme/escsync-target/shop-dev-db",
		"https://api.pulumi.example.com":          "https://app.pulumi.example.com/acme/escsync-target/shop-dev-db",
		"http://localhost:8080":                   "http://localhost:3000/acme/escsync-target/shop-dev-db",
		"https://pulumi-api.internal.example.com": "",
		"http://127.0.0.1:12345":                  "",
	} {
		assert.Equal(t, want, ConsoleURL(cloud, "acme", "escsync-target", "shop-dev-db"), cloud)
	}
	t.Setenv("PULUMI_CONSOLE_DOMAIN", "console.example.com")
	assert.Equal(t, "https://console.example.com/acme/escsync-target/shop-dev-db",
		ConsoleURL("https://pulumi-api.internal.example.com", "acme", "escsync-target", "shop-dev-db"))
}

// A configured address has priority over the environment, and an address that is not a service's is ignored.
func TestCloudURL(t *testing.T) {
	t.Setenv("PULUMI_HOME", t.TempDir())
	for _, test := range []struct{ backend, api, want string }{
		{"", "", "https://api.pulumi.com"},
		{"file:///state", "", "https://api.pulumi.com"},
		{"https://api.pulumi.example", "https://api.acme.example", "https://api.pulumi.example"},
		{"", "https://api.acme.example", "https://api.acme.example"},
	} {
		t.Setenv("PULUMI_BACKEND_URL", test.backend)
		t.Setenv("PULUMI_API", test.api)
		assert.Equal(t, test.want, CloudURL(""), test)
		assert.Equal(t, "https://api.other.example", CloudURL("https://api.other.example"), test)
	}
}
