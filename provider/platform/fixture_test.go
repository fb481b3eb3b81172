package platform_test

import (
	"testing"

	"github.com/escsync/pulumi-escsync/provider/platform"
	"github.com/escsync/pulumi-escsync/provider/target/targettest"
)

type object = targettest.Object

var (
	props       = targettest.Props
	outputs     = targettest.Outputs
	nested      = targettest.Nested
	at          = targettest.At
	payloadText = targettest.Payload
)

func construct(t *testing.T, c targettest.Case) targettest.Run {
	t.Helper()
	return targettest.Construct(t, platform.All, c)
}

// The resource types of AWS Secrets Manager, which has separate ones for a secret and its version.
const (
	awsSecretType        = "aws:secretsmanager/secret:Secret"
	awsSecretVersionType = "aws:secretsmanager/secretVersion:SecretVersion"
)
