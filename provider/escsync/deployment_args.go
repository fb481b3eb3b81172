package escsync

import (
	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// Deployment contains the settings of the deployments that run a sync.
type Deployment struct {
	PreRunCommands          []pulumi.StringInput          `pulumi:"preRunCommands,optional"`
	EnvironmentVariables    map[string]pulumi.StringInput `pulumi:"environmentVariables,optional"`
	Oidc                    *DeploymentOidc               `pulumi:"oidc,optional"`
	Role                    pulumi.StringPtrInput         `pulumi:"role,optional"`
	AccessToken             pulumi.StringPtrInput         `pulumi:"accessToken,optional" provider:"secret"`
	ExecutorImage           pulumi.StringPtrInput         `pulumi:"executorImage,optional"`
	AgentPoolID             pulumi.StringPtrInput         `pulumi:"agentPoolId,optional"`
	Cache                   pulumi.BoolPtrInput           `pulumi:"cache,optional"`
	SkipInstallDependencies pulumi.BoolPtrInput           `pulumi:"skipInstallDependencies,optional"`
}

var _ infer.Annotated = (*Deployment)(nil)

// Annotate documents the type and its properties.
func (d *Deployment) Annotate(a infer.Annotator) {
	a.Describe(&d, "Settings of the deployments that run a sync.")
	a.Describe(&d.PreRunCommands, "Shell commands to run before the sync's own.")
	a.Describe(&d.EnvironmentVariables, "Environment variables of the deployment. Secret values are stored encrypted.")
	a.Describe(&d.Oidc, "Short-lived credentials for a cloud, by OpenID Connect.")
	a.Describe(&d.Role, "The role of every run of the sync, whatever starts it: the name or ID of a role of the "+
		"organization, such as `sync-runner`. It must be able to open the sync's environment and those that it imports, "+
		"and needs the scope `environment_yaml:open`. Default: the role chosen for the stack in the console, which "+
		"`pulumi up` does not change; otherwise Pulumi Cloud decides.")
	a.Describe(&d.AccessToken, "A Pulumi access token for every run, for organizations without roles. Pulumi Cloud "+
		"refuses one if the organization is restricted, or if a service principal or team is chosen for the stack. "+
		"Default: the token that Pulumi Deployments creates for the run.")
	a.Describe(&d.ExecutorImage, "The container image of the deployment. Default: Pulumi's own.")
	a.Describe(&d.AgentPoolID, "The agent pool to run in. Default: the organization's default pool, else Pulumi's "+
		"own runners.")
	a.Describe(&d.Cache, "Whether Pulumi's own runners keep downloads for the next run: the plugins, which are most of "+
		"the downloads of the built-in program, and a program's dependencies. No effect with `agentPoolId`. Default: "+
		"`false`.")
	a.Describe(&d.SkipInstallDependencies, "Whether to skip the installation of the program's dependencies. Default: "+
		"`true` for the built-in program, which has none, else `false`.")
}

// DeploymentOidc contains the OpenID Connect settings of a deployment, one for each cloud.
type DeploymentOidc struct {
	Aws   *AwsOidc   `pulumi:"aws,optional"`
	Azure *AzureOidc `pulumi:"azure,optional"`
	Gcp   *GcpOidc   `pulumi:"gcp,optional"`
}

var _ infer.Annotated = (*DeploymentOidc)(nil)

// Annotate documents the type and its properties.
func (d *DeploymentOidc) Annotate(a infer.Annotator) {
	a.Describe(&d, "Short-lived credentials for a cloud, by OpenID Connect.")
	a.Describe(&d.Aws, "Credentials for AWS.")
	a.Describe(&d.Azure, "Credentials for Azure.")
	a.Describe(&d.Gcp, "Credentials for Google Cloud.")
}

// AwsOidc contains the OpenID Connect settings for AWS.
type AwsOidc struct {
	RoleArn     pulumi.StringInput    `pulumi:"roleArn"`
	SessionName pulumi.StringPtrInput `pulumi:"sessionName,optional"`
	Duration    pulumi.StringPtrInput `pulumi:"duration,optional"`
	PolicyArns  []pulumi.StringInput  `pulumi:"policyArns,optional"`
}

var _ infer.Annotated = (*AwsOidc)(nil)

// Annotate documents the type and its properties.
func (o *AwsOidc) Annotate(a infer.Annotator) {
	a.Describe(&o, "OpenID Connect settings for AWS.")
	a.Describe(&o.RoleArn, "The ARN of the role to assume, such as `arn:aws:iam::123456789012:role/escsync`.")
	a.Describe(&o.SessionName, "The name of the session: 2 to 64 letters, digits and `_ + = , . @ -`. It may contain "+
		"templates of Pulumi Deployments, such as `${organization.name}`. Default: `escsync`.")
	a.Describe(&o.Duration, "How long the session lasts, such as `1h` or `30m`. Default: the role's.")
	a.Describe(&o.PolicyArns, "ARNs of policies that narrow the session.")
}

// AzureOidc contains the OpenID Connect settings for Azure.
type AzureOidc struct {
	ClientID       pulumi.StringInput `pulumi:"clientId"`
	TenantID       pulumi.StringInput `pulumi:"tenantId"`
	SubscriptionID pulumi.StringInput `pulumi:"subscriptionId"`
}

var _ infer.Annotated = (*AzureOidc)(nil)

// Annotate documents the type and its properties.
func (o *AzureOidc) Annotate(a infer.Annotator) {
	a.Describe(&o, "OpenID Connect settings for Azure.")
	a.Describe(&o.ClientID, "The client ID of the application.")
	a.Describe(&o.TenantID, "The ID of the tenant.")
	a.Describe(&o.SubscriptionID, "The ID of the subscription.")
}

// GcpOidc contains the OpenID Connect settings for Google Cloud.
type GcpOidc struct {
	ProjectID      pulumi.StringInput    `pulumi:"projectId"`
	WorkloadPoolID pulumi.StringInput    `pulumi:"workloadPoolId"`
	ProviderID     pulumi.StringInput    `pulumi:"providerId"`
	ServiceAccount pulumi.StringInput    `pulumi:"serviceAccount"`
	Region         pulumi.StringPtrInput `pulumi:"region,optional"`
	TokenLifetime  pulumi.StringPtrInput `pulumi:"tokenLifetime,optional"`
}

var _ infer.Annotated = (*GcpOidc)(nil)

// Annotate documents the type and its properties.
func (o *GcpOidc) Annotate(a infer.Annotator) {
	a.Describe(&o, "OpenID Connect settings for Google Cloud.")
	a.Describe(&o.ProjectID, "The number of the project, such as `123456789012`, not its ID.")
	a.Describe(&o.WorkloadPoolID, "The ID of the workload identity pool.")
	a.Describe(&o.ProviderID, "The ID of the pool's provider.")
	a.Describe(&o.ServiceAccount, "The address of the service account, such as "+
		"`escsync@shop-prod.iam.gserviceaccount.com`.")
	a.Describe(&o.Region, "The region.")
	a.Describe(&o.TokenLifetime, "How long the token lasts, such as `1h`. Default: the provider's.")
}
