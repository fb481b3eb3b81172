package github

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// GitHub returns 404 both for a misspelled name and for what the token may not read.
func TestGithubNamesWhatItCannotFind(t *testing.T) {
	t.Parallel()
	missing := errors.New("GET https://api.github.com/repos/acme/shpo/actions/secrets: 404 Not Found []")
	for want, location := range map[string]Location{
		"finding the organization on GitHub (404: check the spelling of the owner, and that the token may read it): ": {},
		"finding repository shpo on GitHub (404: check the spelling of repository and of the owner, and that the token may " +
			"read it): ": {Repository: "shpo"},
		"finding environment prod of repository shpo on GitHub (404: check the spelling of repository, environment and " +
			"owner, and that the token may read it): ": {Repository: "shpo", Environment: "prod"},
	} {
		require.EqualError(t, location.Unlisted("the secrets", missing), want+missing.Error())
	}
	denied := errors.New("GET https://api.github.com/repos/acme/404/actions/secrets: 403 Resource not accessible []")
	assert.EqualError(t, Location{Repository: "404"}.Unlisted("the secrets", denied),
		"listing the secrets: "+denied.Error())
}
