package escsync

import (
	"github.com/pulumi/pulumi-go-provider/infer"

	"github.com/escsync/pulumi-escsync/provider/platform/awsparameterstore"
	"github.com/escsync/pulumi-escsync/provider/platform/awssecretsmanager"
	"github.com/escsync/pulumi-escsync/provider/platform/azurekeyvault"
	"github.com/escsync/pulumi-escsync/provider/platform/custom"
	"github.com/escsync/pulumi-escsync/provider/platform/gcpsecretmanager"
	"github.com/escsync/pulumi-escsync/provider/platform/githubsecrets"
	"github.com/escsync/pulumi-escsync/provider/platform/githubvariables"
	"github.com/escsync/pulumi-escsync/provider/platform/kubernetes"
	"github.com/escsync/pulumi-escsync/provider/platform/resource"
	"github.com/escsync/pulumi-escsync/provider/platform/vault"
)

// Destination is the platform that values are pushed to. Exactly one field is set.
//
// These structs define the schema and its documentation. Their values are read from the request's property map (see
// Request in package target), because the SDK's decoder loses nested secretness.
type Destination struct {
	AwsSecretsManager *awssecretsmanager.Destination `pulumi:"awsSecretsManager,optional"`
	AwsParameterStore *awsparameterstore.Destination `pulumi:"awsParameterStore,optional"`
	AzureKeyVault     *azurekeyvault.Destination     `pulumi:"azureKeyVault,optional"`
	GcpSecretManager  *gcpsecretmanager.Destination  `pulumi:"gcpSecretManager,optional"`
	GithubSecrets     *githubsecrets.Destination     `pulumi:"githubSecrets,optional"`
	GithubVariables   *githubvariables.Destination   `pulumi:"githubVariables,optional"`
	Vault             *vault.Destination             `pulumi:"vault,optional"`
	Kubernetes        *kubernetes.Destination        `pulumi:"kubernetes,optional"`
	Resource          *resource.Destination          `pulumi:"resource,optional"`
	Custom            *custom.Destination            `pulumi:"custom,optional"`
}

var _ infer.Annotated = (*Destination)(nil)

// Annotate documents the type and its properties.
func (d *Destination) Annotate(a infer.Annotator) {
	a.Describe(&d, "The external platform that values are pushed to. Set exactly one property.")
	a.Describe(&d.AwsSecretsManager, "Push to AWS Secrets Manager.")
	a.Describe(&d.AwsParameterStore, "Push to AWS Systems Manager Parameter Store.")
	a.Describe(&d.AzureKeyVault, "Push to Azure Key Vault.")
	a.Describe(&d.GcpSecretManager, "Push to GCP Secret Manager.")
	a.Describe(&d.GithubSecrets, "Push to GitHub, as secrets of a repository, an environment or an organization.")
	a.Describe(&d.GithubVariables, "Push to GitHub, as variables of a repository, an environment or an organization, "+
		"which are not secret.")
	a.Describe(&d.Vault, "Push to a key-value engine of HashiCorp Vault.")
	a.Describe(&d.Kubernetes, "Push to a Secret or ConfigMap of Kubernetes.")
	a.Describe(&d.Resource, "Push through any resource of any Pulumi provider, one for each secret.")
	a.Describe(&d.Custom, "Run a program of your own, given by `source`.")
}
