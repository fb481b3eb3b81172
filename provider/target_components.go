package provider

import "github.com/pulumi/pulumi-go-provider/infer"

// targetComponents returns the components that push values: Target, and one for every platform.
func targetComponents() []infer.InferredComponent {
	return []infer.InferredComponent{
		planned{describe[TargetArgs, Target](), readPayload},
		planned{describe[AwsSecretsManagerTargetArgs, AwsSecretsManagerTarget](), readInputs("awsSecretsManager")},
		planned{describe[AwsParameterStoreTargetArgs, AwsParameterStoreTarget](), readInputs("awsParameterStore")},
		planned{describe[AzureKeyVaultTargetArgs, AzureKeyVaultTarget](), readInputs("azureKeyVault")},
		planned{describe[GcpSecretManagerTargetArgs, GcpSecretManagerTarget](), readInputs("gcpSecretManager")},
		planned{describe[GithubSecretsTargetArgs, GithubSecretsTarget](), readInputs("githubSecrets")},
		planned{describe[VaultTargetArgs, VaultTarget](), readInputs("vault")},
		planned{describe[KubernetesTargetArgs, KubernetesTarget](), readInputs("kubernetes")},
	}
}

// targetResources returns the custom resources that the components register.
func targetResources() []infer.InferredResource {
	return []infer.InferredResource{infer.Resource(&Inventory{})}
}
