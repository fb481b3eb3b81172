package escsync

import (
	"maps"
	"strconv"
	"strings"

	"github.com/pulumi/pulumi-pulumiservice/sdk/go/pulumiservice"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/escsync/pulumi-escsync/provider/escsync/definition/handover"
	"github.com/escsync/pulumi-escsync/provider/escsync/inputs"
	"github.com/escsync/pulumi-escsync/provider/version"
)

const (
	// developmentBranch is the branch that syncs run if the build has no release commit.
	developmentBranch = "main"
	// accessTokenVariable is the variable that the Pulumi CLI reads its token from.
	accessTokenVariable = "PULUMI_ACCESS_TOKEN"
	// defaultOidcSession names the AWS session in audit logs.
	defaultOidcSession = "escsync"
)

// settings returns all deployment settings of the target stack, because the provider replaces them as a whole.
func (b *syncBuilder) settings(stack *pulumiservice.Stack) *pulumiservice.DeploymentSettingsArgs {
	deployment := b.args.Deployment
	if deployment == nil {
		deployment = &Deployment{}
	}
	args := &pulumiservice.DeploymentSettingsArgs{
		Organization: stack.OrganizationName,
		Project:      stack.ProjectName,
		Stack:        stack.StackName,
		AgentPoolId:  deployment.AgentPoolID,
		OperationContext: pulumiservice.DeploymentSettingsOperationContextArgs{
			PreRunCommands:       b.preRunCommands(deployment),
			EnvironmentVariables: b.environmentVariables(deployment),
			Oidc:                 oidc(deployment.Oidc),
			Options: pulumiservice.OperationContextOptionsArgs{
				SkipInstallDependencies: b.skipInstallDependencies(deployment),
				// Queued runs would all push the same newest values, so one of them is enough.
				SkipIntermediateDeployments: pulumi.Bool(true),
			},
		},
	}
	b.setSource(args)
	if deployment.ExecutorImage != nil {
		args.ExecutorContext = pulumiservice.DeploymentSettingsExecutorContextArgs{
			ExecutorImage: deployment.ExecutorImage.ToStringPtrOutput().Elem(),
		}
	}
	if deployment.Cache != nil {
		args.CacheOptions = pulumiservice.DeploymentSettingsCacheOptionsArgs{Enable: deployment.Cache}
	}
	return args
}

// preRunCommands returns the user's commands, followed by those that hand the environment to the program. Only the
// built-in program skips the preview of its updates: what a user's program checks there is unknown.
func (b *syncBuilder) preRunCommands(deployment *Deployment) pulumi.StringArray {
	var commands pulumi.StringArray
	for _, command := range deployment.PreRunCommands {
		commands = append(commands, command)
	}
	names := pulumi.All(b.organization, b.target, b.stack, b.project, b.environment)
	command := func(render func(handover.Names) (string, error)) pulumi.StringOutput {
		return names.ApplyT(func(n []any) (string, error) {
			return render(handover.Names{
				Organization: n[0].(string), TargetProject: n[1].(string), Stack: n[2].(string),
				Project: n[3].(string), Environment: n[4].(string),
			})
		}).(pulumi.StringOutput)
	}
	if b.facts.custom {
		return append(commands, command(handover.Link), command(handover.File))
	}
	commands = append(commands, command(handover.Link), command(handover.Access))
	if b.facts.builtIn {
		commands = append(commands, pulumi.String(handover.RunVariables), command(handover.Refresh))
	}
	return commands
}

// environmentVariables returns the sync's own variables, overridden by the user's. It is nil if there are none.
func (b *syncBuilder) environmentVariables(deployment *Deployment) pulumi.StringMapInput {
	variables := pulumi.StringMap{}
	if n := b.facts.parallelism; n > 0 {
		variables["PULUMI_PARALLEL"] = pulumi.String(strconv.Itoa(n))
	}
	maps.Copy(variables, deployment.EnvironmentVariables)
	if own, given := variables[accessTokenVariable]; given {
		variables[accessTokenVariable] = pulumi.ToSecret(own.ToStringOutput()).(pulumi.StringOutput)
	}
	if deployment.AccessToken != nil {
		token := deployment.AccessToken.ToStringPtrOutput().Elem()
		variables[accessTokenVariable] = pulumi.ToSecret(token).(pulumi.StringOutput)
	}
	if len(variables) == 0 {
		return nil
	}
	return variables
}

func (b *syncBuilder) skipInstallDependencies(deployment *Deployment) pulumi.BoolPtrInput {
	if deployment.SkipInstallDependencies != nil {
		return deployment.SkipInstallDependencies
	}
	return pulumi.Bool(b.facts.builtIn)
}

// setSource sets the repository of the target program: the user's, else the built-in program at this release's commit.
func (b *syncBuilder) setSource(args *pulumiservice.DeploymentSettingsArgs) {
	source := b.args.Source
	if source.RepoURL == nil && source.Repository == nil {
		git := pulumiservice.DeploymentSettingsGitSourceArgs{
			RepoUrl: pulumi.String(version.Repository),
			RepoDir: pulumi.String(inputs.TargetFolder),
		}
		if version.ReleaseCommit != "" {
			git.Commit = pulumi.String(version.ReleaseCommit)
		} else {
			git.Branch = pulumi.String(branchRef(developmentBranch))
		}
		args.SourceContext = pulumiservice.DeploymentSettingsSourceContextArgs{Git: git}
		return
	}
	git := pulumiservice.DeploymentSettingsGitSourceArgs{
		RepoUrl: source.RepoURL,
		Commit:  source.Commit,
		RepoDir: source.RepoDir,
		GitAuth: gitAuth(source.Auth),
	}
	if source.Branch != nil {
		git.Branch = source.Branch.ToStringPtrOutput().Elem().ApplyT(branchRef).(pulumi.StringOutput)
	}
	if source.Repository != nil {
		//nolint:staticcheck // as in the pattern; its replacement, vcs, is untested
		args.Github = pulumiservice.DeploymentSettingsGithubArgs{
			Repository: source.Repository,
			// A push or a pull request to the program's repository does not change any secret.
			DeployCommits:       pulumi.Bool(false),
			PreviewPullRequests: pulumi.Bool(false),
		}
	}
	args.SourceContext = pulumiservice.DeploymentSettingsSourceContextArgs{Git: git}
}

// branchRef returns the full ref of a branch, which Pulumi Deployments requires.
func branchRef(branch string) string {
	if strings.HasPrefix(branch, "refs/") {
		return branch
	}
	return "refs/heads/" + branch
}

func gitAuth(auth *SourceAuth) pulumiservice.DeploymentSettingsGitSourceGitAuthPtrInput {
	switch {
	case auth == nil:
		return nil
	case auth.SSHPrivateKey != nil:
		ssh := pulumiservice.DeploymentSettingsGitAuthSSHAuthArgs{
			SshPrivateKey: pulumi.ToSecret(auth.SSHPrivateKey.ToStringPtrOutput().Elem()).(pulumi.StringOutput),
		}
		if auth.SSHPassphrase != nil {
			ssh.Password = pulumi.ToSecret(auth.SSHPassphrase.ToStringPtrOutput()).(pulumi.StringPtrOutput)
		}
		return pulumiservice.DeploymentSettingsGitSourceGitAuthArgs{SshAuth: ssh}
	case auth.Username != nil && auth.Password != nil:
		return pulumiservice.DeploymentSettingsGitSourceGitAuthArgs{
			BasicAuth: pulumiservice.DeploymentSettingsGitAuthBasicAuthArgs{
				Username: auth.Username.ToStringPtrOutput().Elem(),
				Password: pulumi.ToSecret(auth.Password.ToStringPtrOutput().Elem()).(pulumi.StringOutput),
			},
		}
	}
	return nil
}

func oidc(o *DeploymentOidc) pulumiservice.OperationContextOIDCPtrInput {
	if o == nil {
		return nil
	}
	args := pulumiservice.OperationContextOIDCArgs{}
	if o.Aws != nil {
		aws := pulumiservice.AWSOIDCConfigurationArgs{
			RoleARN:     o.Aws.RoleArn,
			SessionName: pulumi.String(defaultOidcSession),
			Duration:    o.Aws.Duration,
		}
		if o.Aws.SessionName != nil {
			aws.SessionName = o.Aws.SessionName.ToStringPtrOutput().Elem()
		}
		if len(o.Aws.PolicyArns) > 0 {
			aws.PolicyARNs = pulumi.StringArray(o.Aws.PolicyArns)
		}
		args.Aws = aws
	}
	if o.Azure != nil {
		args.Azure = pulumiservice.AzureOIDCConfigurationArgs{
			ClientId: o.Azure.ClientID, TenantId: o.Azure.TenantID, SubscriptionId: o.Azure.SubscriptionID,
		}
	}
	if o.Gcp != nil {
		args.Gcp = pulumiservice.GCPOIDCConfigurationArgs{
			ProjectId: o.Gcp.ProjectID, WorkloadPoolId: o.Gcp.WorkloadPoolID, ProviderId: o.Gcp.ProviderID,
			ServiceAccount: o.Gcp.ServiceAccount, Region: o.Gcp.Region, TokenLifetime: o.Gcp.TokenLifetime,
		}
	}
	return args
}
