package credentials

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

type fakeStore struct {
	current string
	tokens  map[string]string
	err     error
}

func (s fakeStore) Current() (string, error)         { return s.current, s.err }
func (s fakeStore) Token(url string) (string, error) { return s.tokens[url], s.err }

func TestResolve(t *testing.T) {
	t.Parallel()
	const self = "https://pulumi.example.com"
	stored := fakeStore{current: self, tokens: map[string]string{self: "stored-self", DefaultURL: "stored-default"}}
	cases := map[string]struct {
		given Given
		env   map[string]string
		store fakeStore
		want  Credentials
		err   string
	}{
		"given before environment": {
			given: Given{APIURL: "https://one.example.com/", AccessToken: "t1"},
			env:   map[string]string{"PULUMI_BACKEND_URL": self, "PULUMI_ACCESS_TOKEN": "t3"},
			want:  Credentials{"https://one.example.com", "t1"},
		},
		"each part from its own source": {
			given: Given{AccessToken: "t2"},
			env:   map[string]string{"PULUMI_API": self, "PULUMI_ACCESS_TOKEN": "t3"},
			want:  Credentials{self, "t2"},
		},
		"environment before store": {
			env: map[string]string{
				"PULUMI_BACKEND_URL":  self,
				"PULUMI_API":          "https://no.example.com",
				"PULUMI_ACCESS_TOKEN": "t3",
			},
			store: stored,
			want:  Credentials{self, "t3"},
		},
		"a path is dropped": {
			given: Given{APIURL: self + "/acme"},
			store: stored,
			want:  Credentials{self, "stored-self"},
		},
		"stored login": {store: stored, want: Credentials{self, "stored-self"}},
		"default address": {
			store: fakeStore{tokens: stored.tokens},
			want:  Credentials{DefaultURL, "stored-default"},
		},
		"login to a state backend": {
			store: fakeStore{current: "file://~", tokens: stored.tokens},
			want:  Credentials{DefaultURL, "stored-default"},
		},
		"token of another address": {
			given: Given{APIURL: "https://new.example.com"},
			store: stored,
			err: "no access token for https://new.example.com: set escsync:accessToken (a secret) or PULUMI_ACCESS_TOKEN, or " +
				"run `pulumi login`",
		},
		"state backend in variable": {
			env:   map[string]string{"PULUMI_BACKEND_URL": "file:///tmp/state"},
			store: stored,
			err: "PULUMI_BACKEND_URL is file:///tmp/state, which is a state backend and not Pulumi Cloud: set escsync:apiUrl " +
				"to the API of Pulumi Cloud, such as https://api.pulumi.com",
		},
		"config beats state backend": {
			given: Given{APIURL: self}, env: map[string]string{"PULUMI_BACKEND_URL": "file:///tmp/state"}, store: stored,
			want: Credentials{self, "stored-self"},
		},
		"no URL": {
			given: Given{APIURL: "https://u:pw@bad host"},
			err:   "apiUrl is not a URL: set escsync:apiUrl to the API of Pulumi Cloud, such as https://api.pulumi.com",
		},
		"unreadable store": {
			store: fakeStore{err: errors.New("locked")},
			err:   "reading the stored credentials: locked; set escsync:apiUrl and escsync:accessToken",
		},
		"password redacted": {
			given: Given{APIURL: "s3://u:pw@bucket"},
			err: "apiUrl is s3://u:xxxxx@bucket, which is a state backend and not Pulumi Cloud: set escsync:apiUrl to the API " +
				"of Pulumi Cloud, such as https://api.pulumi.com",
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := Resolver{Getenv: func(k string) string { return c.env[k] }, Store: c.store}.Resolve(c.given)
			if c.err != "" {
				assert.EqualError(t, err, c.err)
				return
			}
			require.NoError(t, err)
			assert.Equal(t, c.want, got)
		})
	}
}

// The CLI's own file, as `pulumi login` writes it.
func TestResolveReadsTheCredentialsFile(t *testing.T) {
	home := t.TempDir()
	t.Setenv("PULUMI_HOME", home)
	for _, name := range []string{"PULUMI_CREDENTIALS_PATH", "PULUMI_BACKEND_URL", "PULUMI_API", "PULUMI_ACCESS_TOKEN"} {
		t.Setenv(name, "")
	}
	_, err := Resolver{}.Resolve(Given{})
	require.ErrorContains(t, err, "no access token for https://api.pulumi.com")

	require.NoError(t, os.WriteFile(filepath.Join(home, "credentials.json"), []byte(
		`{"current":"https://self.example.com","accounts":{"https://self.example.com":{"accessToken":"from-file"}}}`), 0o600))
	got, err := Resolver{}.Resolve(Given{})
	require.NoError(t, err)
	assert.Equal(t, Credentials{"https://self.example.com", "from-file"}, got)
}
