package pulumiservice

import (
	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin"
)

// settingsInputs mirrors the inputs of DeploymentSettings whose names differ from the wire's.
type settingsInputs struct {
	AgentPoolID      *string       `json:"agentPoolId,omitempty"`
	CacheOptions     *cacheBody    `json:"cacheOptions,omitempty"`
	ExecutorContext  *executorBody `json:"executorContext,omitempty"`
	GitHub           *gitHubInputs `json:"github,omitempty"`
	VCS              *vcsInputs    `json:"vcs,omitempty"`
	SourceContext    *sourceInputs `json:"sourceContext,omitempty"`
	OperationContext *struct {
		PreRunCommands []string `json:"preRunCommands"`
		Options        *struct {
			SkipInstallDependencies     bool `json:"skipInstallDependencies"`
			SkipIntermediateDeployments bool `json:"skipIntermediateDeployments"`
			DeleteAfterDestroy          bool `json:"deleteAfterDestroy"`
		} `json:"options"`
		OIDC *oidcInputs `json:"oidc"`
	} `json:"operationContext"`
}

// gitHubInputs always includes its three switches in the state.
type gitHubInputs struct {
	Repository          string   `json:"repository,omitempty"`
	PullRequestTemplate bool     `json:"pullRequestTemplate"`
	DeployCommits       bool     `json:"deployCommits"`
	PreviewPullRequests bool     `json:"previewPullRequests"`
	Paths               []string `json:"paths,omitempty"`
}

// vcsInputs always includes its three switches in the state.
type vcsInputs struct {
	Provider            string   `json:"provider"`
	Repository          string   `json:"repository,omitempty"`
	InstallationID      string   `json:"installationId,omitempty"`
	PullRequestTemplate bool     `json:"pullRequestTemplate"`
	DeployCommits       bool     `json:"deployCommits"`
	PreviewPullRequests bool     `json:"previewPullRequests"`
	Paths               []string `json:"paths,omitempty"`
	DeployPullRequest   *int64   `json:"deployPullRequest,omitempty"`
}

type sourceInputs struct {
	Git *struct {
		RepoURL string `json:"repoUrl"`
		Branch  string `json:"branch"`
		RepoDir string `json:"repoDir"`
		Commit  string `json:"commit"`
		GitAuth *struct {
			SSHAuth *struct {
				SSHPrivateKey string  `json:"sshPrivateKey"`
				Password      *string `json:"password"`
			} `json:"sshAuth"`
			BasicAuth *struct {
				Username string `json:"username"`
				Password string `json:"password"`
			} `json:"basicAuth"`
		} `json:"gitAuth"`
	} `json:"git"`
}

type oidcInputs struct {
	AWS   *awsOIDCInputs `json:"aws,omitempty"`
	GCP   *gcpOIDCInputs `json:"gcp,omitempty"`
	Azure *azureOIDCBody `json:"azure,omitempty"`
}

type awsOIDCInputs struct {
	Duration    string   `json:"duration,omitempty"`
	PolicyARNs  []string `json:"policyARNs,omitempty"`
	RoleARN     string   `json:"roleARN,omitempty"`
	SessionName string   `json:"sessionName,omitempty"`
}

type gcpOIDCInputs struct {
	ProjectID      string `json:"projectId,omitempty"`
	Region         string `json:"region,omitempty"`
	WorkloadPoolID string `json:"workloadPoolId,omitempty"`
	ProviderID     string `json:"providerId,omitempty"`
	ServiceAccount string `json:"serviceAccount,omitempty"`
	TokenLifetime  string `json:"tokenLifetime,omitempty"`
}

// renderSettings converts inputs to the body that the published provider sends. Like there, the option shell is
// dropped.
func renderSettings(inputs property.Map) (settingsBody, error) {
	var in settingsInputs
	if err := standin.Decode(inputs, &in); err != nil {
		return settingsBody{}, err
	}
	body := settingsBody{
		AgentPoolID: in.AgentPoolID, Cache: in.CacheOptions, Executor: in.ExecutorContext,
		SourceContext: renderSource(in.SourceContext),
	}
	if in.GitHub != nil {
		gitHub := gitHubBody(*in.GitHub)
		body.GitHub = &gitHub
	}
	if in.VCS != nil {
		body.VCS = &vcsBody{
			Provider: in.VCS.Provider, Repository: in.VCS.Repository, DeployCommits: in.VCS.DeployCommits,
			Paths: in.VCS.Paths, InstallationID: in.VCS.InstallationID,
			PullRequestTemplate: in.VCS.PullRequestTemplate, PreviewPullRequests: in.VCS.PreviewPullRequests,
			DeployPullRequest: in.VCS.DeployPullRequest,
		}
	}
	operation := in.OperationContext
	if operation == nil {
		return body, nil
	}
	body.Operation = &operationBody{
		PreRunCommands:       operation.PreRunCommands,
		EnvironmentVariables: renderVariables(inputs.Get("operationContext")),
		OIDC:                 renderOIDC(operation.OIDC),
	}
	if operation.Options != nil {
		body.Operation.Options = &optionsBody{
			SkipInstallDependencies:     operation.Options.SkipInstallDependencies,
			SkipIntermediateDeployments: operation.Options.SkipIntermediateDeployments,
			DeleteAfterDestroy:          operation.Options.DeleteAfterDestroy,
		}
	}
	return body, nil
}

func renderSource(in *sourceInputs) *sourceBody {
	if in == nil {
		return nil
	}
	body := &sourceBody{}
	if in.Git == nil {
		return body
	}
	body.Git = &gitBody{
		RepoURL: in.Git.RepoURL, Branch: in.Git.Branch, RepoDir: in.Git.RepoDir, Commit: in.Git.Commit,
	}
	auth := in.Git.GitAuth
	if auth == nil {
		return body
	}
	body.Git.GitAuth = &gitAuthBody{}
	if ssh := auth.SSHAuth; ssh != nil {
		body.Git.GitAuth.SSHAuth = &sshAuthBody{SSHPrivateKey: secretValue{Value: ssh.SSHPrivateKey, Secret: true}}
		if ssh.Password != nil {
			body.Git.GitAuth.SSHAuth.Password = &secretValue{Value: *ssh.Password, Secret: true}
		}
	}
	if basic := auth.BasicAuth; basic != nil {
		body.Git.GitAuth.BasicAuth = &basicAuthBody{
			UserName: secretValue{Value: basic.Username, Secret: true},
			Password: secretValue{Value: basic.Password, Secret: true},
		}
	}
	return body
}

// renderVariables sends a variable as a secret if its value, or anything that contains it, is secret.
func renderVariables(operation property.Value) map[string]secretValue {
	if !operation.IsMap() || !operation.AsMap().Get("environmentVariables").IsMap() {
		return nil
	}
	variables := operation.AsMap().Get("environmentVariables")
	out := map[string]secretValue{}
	for name, value := range variables.AsMap().All {
		if value.IsString() {
			out[name] = secretValue{
				Value:  value.AsString(),
				Secret: value.Secret() || variables.Secret() || operation.Secret(),
			}
		}
	}
	return out
}

func renderOIDC(in *oidcInputs) *oidcBody {
	if in == nil {
		return nil
	}
	body := &oidcBody{Azure: in.Azure}
	if in.AWS != nil {
		body.AWS = &awsOIDCBody{
			Duration: in.AWS.Duration, PolicyARNs: in.AWS.PolicyARNs,
			RoleARN: in.AWS.RoleARN, SessionName: in.AWS.SessionName,
		}
	}
	if in.GCP != nil {
		gcp := gcpOIDCBody{
			ProjectID: in.GCP.ProjectID, Region: in.GCP.Region, WorkloadPoolID: in.GCP.WorkloadPoolID,
			ProviderID: in.GCP.ProviderID, ServiceAccount: in.GCP.ServiceAccount, TokenLifetime: in.GCP.TokenLifetime,
		}
		body.GCP = &gcp
	}
	return body
}
