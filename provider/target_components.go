package provider

import "github.com/pulumi/pulumi-go-provider/infer"

// targetComponents returns the components that push values: Target, and one for every platform.
func targetComponents() []infer.InferredComponent {
	return []infer.InferredComponent{
		planned{describe[TargetArgs, Target](), readPayload},
		planned{describe[AwsSecretsManagerTargetArgs, AwsSecretsManagerTarget](), readInputs("awsSecretsManager")},
	}
}

// targetResources returns the custom resources that the components register.
func targetResources() []infer.InferredResource {
	return nil
}
