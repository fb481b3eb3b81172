package provider

import (
	"github.com/pulumi/pulumi-go-provider/infer"
)

// customFunctions are the functions that call Pulumi Cloud.
func customFunctions(cloud) []infer.InferredFunction { return nil }
