package resource

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// Any other failure must stop the run, because continuing could overwrite what exists.
func TestSaysAbsent(t *testing.T) {
	t.Parallel()
	for answer, want := range map[string]bool{
		"GET https://gitlab.com/api/v4/projects/acme%2Fshop/variables/DB: 404 {message: 404 Variable Not Found}": true,
		"GET https://api.github.com/repos/acme/profile/actions/variables/DB: 404 Not Found []":                   true,
		"RESPONSE 404: 404 Not Found ERROR CODE: SecretNotFound":                                                 true,
		"keyvault.Client#Get: StatusCode=404":                                                                    true,
		"https response error StatusCode: 404, RequestID: 1, api error ResourceNotFoundException: no":            true,
		"googleapi: Error 404: Secret [projects/1/secrets/DB] gone":                                              true,
		"HTTP status 404: script":                    true,
		"status code: 404":                           true,
		"rpc error: code = NotFound desc = DB":       true,
		`secrets "DB" not found`:                     true,
		"resource not found":                         true,
		"reading DB: couldn't find resource":         true,
		"RESOURCE_DOES_NOT_EXIST: DB":                true,
		"404 Not Found: acme/shop404/DB_CREDENTIALS": true,
		"404 Not Found: DB_CREDENTIALS of acme/403":  true,
		"":             false,
		"no such host": false,
		"dial tcp: lookup gitlab.example.com: no such host":  false,
		"open /home/me/.netrc: no such file or directory":    false,
		`exec: "gcloud": executable file not found in $PATH`: false,
		"profile not found": false,
		"failed to get shared config profile, resource not found": false,
		"403 Forbidden: acme/shop404/variables/DB":                false,
		"403 Forbidden: 404 Not Found":                            false,
		"401 Unauthorized: status 404":                            false,
		"500 Internal Server Error: request 404":                  false,
		"500 Internal Server Error: variable 404 Not Found":       false,
		"environment variable GITLAB_TOKEN not found":             false,
		"API key not found":                                       false,
		"object does not exist or not authorized":                 false,
		"unknown command: not found":                              false,
		"Post https://404.example.com/404: context canceled":      false,
		"certificate not found, status 404":                       false,
	} {
		assert.Equal(t, want, saysAbsent(answer, "acme/shop404:DB_CREDENTIALS:*", "DB_CREDENTIALS", "acme/403"), answer)
	}
	assert.False(t, saysAbsent("500 Internal Server Error: 404 Not Found", "app:404 Not Found"), "a name")
	assert.False(t, saysAbsent("500: variable 404_NOT_FOUND, status 404_NOT_FOUND", "app:404_NOT_FOUND"), "a name")
	assert.True(t, saysAbsent("status code 404", "app:code", "code"), "a name that is a word of the answer")
}
