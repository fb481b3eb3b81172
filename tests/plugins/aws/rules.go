package aws

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/aws/smithy-go"
)

// The rules below are AWS's. The tests' emulator does not enforce them, so the stand-in does, with AWS's error codes.
// Sources: the API references of Secrets Manager (CreateSecret, PutSecretValue) and of Systems Manager (PutParameter).

// maxSecretBytes is the largest value of a secret.
const maxSecretBytes = 65536

// maxParameterBytes is the largest value of a parameter, by tier.
var maxParameterBytes = map[string]int{"": 4096, "Standard": 4096, "Advanced": 8192, "Intelligent-Tiering": 8192}

var (
	secretNameRule    = regexp.MustCompile(`^[0-9A-Za-z/_+=.@-]+$`)
	parameterNameRule = regexp.MustCompile(`^[a-zA-Z0-9_.\-/]+$`)
)

// refusal returns an error in the form of the AWS SDK's errors. It never contains a value.
func refusal(code, format string, args ...any) error {
	return &smithy.GenericAPIError{Code: code, Message: fmt.Sprintf(format, args...), Fault: smithy.FaultClient}
}

// checkSecretValue refuses values that Secrets Manager refuses.
func checkSecretValue(text string, binary []byte) error {
	switch {
	case text == "" && len(binary) == 0:
		return refusal("InvalidRequestException", "You must provide either SecretString or SecretBinary.")
	case len(text) > maxSecretBytes:
		return refusal("ValidationException", "1 validation error detected: Value at 'secretString' failed to satisfy "+
			"constraint: Member must have length less than or equal to %d", maxSecretBytes)
	case len(binary) > maxSecretBytes:
		return refusal("ValidationException", "1 validation error detected: Value at 'secretBinary' failed to satisfy "+
			"constraint: Member must have length less than or equal to %d", maxSecretBytes)
	}
	return nil
}

// secretNameProblem returns what is wrong with a secret's name, or "".
func secretNameProblem(name string) string {
	switch {
	case len(name) < 1 || len(name) > 512:
		return "a secret's name must have 1 to 512 characters"
	case !secretNameRule.MatchString(name):
		return "a secret's name must hold only letters, digits and the characters /_+=.@-"
	}
	return ""
}

// checkParameter refuses parameters that Systems Manager refuses.
func checkParameter(name, value, tier string) error {
	switch {
	case value == "":
		return refusal("ValidationException", "1 validation error detected: Value at 'value' failed to satisfy "+
			"constraint: Member must have length greater than or equal to 1")
	case strings.Contains(value, "{{") && strings.Contains(value, "}}"):
		return refusal("ValidationException", "Parameter value can't nest another parameter. "+
			`Do not use "{{}}" in the value.`)
	case len(value) > maxParameterBytes[tier] && maxParameterBytes[tier] == 4096:
		return refusal("ValidationException", "Standard tier parameters support a maximum parameter value of 4096 "+
			"characters. To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier.")
	case len(value) > maxParameterBytes[tier]:
		return refusal("ValidationException", "The parameter value exceeds the maximum of %d characters of its tier.",
			maxParameterBytes[tier])
	}
	return checkParameterName(name)
}

// checkParameterName refuses names that Systems Manager refuses: invalid characters, more than 15 levels, reserved
// prefixes.
func checkParameterName(name string) error {
	bare := strings.ToLower(strings.TrimPrefix(name, "/"))
	switch {
	case !parameterNameRule.MatchString(name):
		return refusal("ValidationException", "Parameter name: can't contain characters other than "+
			"a-zA-Z0-9_.- and / to delineate a hierarchy.")
	case strings.Contains(name, "/") && !strings.HasPrefix(name, "/"):
		return refusal("ValidationException", "Parameter name must be a fully qualified name.")
	case strings.HasPrefix(bare, "aws") || strings.HasPrefix(bare, "ssm"):
		return refusal("ValidationException", `Parameter name: can't be prefixed with "aws" or "ssm" (case-insensitive).`)
	case strings.Count(strings.TrimPrefix(name, "/"), "/") >= 15:
		return refusal("HierarchyLevelLimitExceededException", "A hierarchy can have a maximum of 15 levels.")
	case len(name) > 1011:
		return refusal("ValidationException", "A parameter name can have a maximum of 1011 characters.")
	}
	return nil
}
