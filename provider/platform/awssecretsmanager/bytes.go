package awssecretsmanager

import (
	"encoding/base64"

	"github.com/escsync/pulumi-escsync/provider/target"
)

// checkBytes reports bytes that are themselves base64 text. When the AWS provider reads them back, it assumes that it
// has encoded them (Base64EncodeOnce), so every run would write a new version.
func checkBytes(r target.Request, secrets []target.Secret) {
	for _, s := range secrets {
		if !s.Text.Binary || s.Text.Value == "" {
			continue
		}
		if _, err := base64.StdEncoding.DecodeString(s.Text.Value); err == nil {
			r.Problems.Add(s.At, "decodes to text that is base64 itself, which the AWS provider would write again "+
				"on every run: push that inner text as it is, without keys.binary")
		}
	}
}
