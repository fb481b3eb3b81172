package pulumiservice

// settingsBody is the wire form of deployment settings.
type settingsBody struct {
	Executor      *executorBody  `json:"executorContext,omitempty"`
	SourceContext *sourceBody    `json:"sourceContext,omitempty"`
	GitHub        *gitHubBody    `json:"gitHub,omitempty"`
	VCS           *vcsBody       `json:"vcs,omitempty"`
	Operation     *operationBody `json:"operationContext,omitempty"`
	AgentPoolID   *string        `json:"agentPoolID,omitempty"`
	Cache         *cacheBody     `json:"cacheOptions,omitempty"`
}

// executorBody holds the image as a bare string.
type executorBody struct {
	ExecutorImage string `json:"executorImage,omitempty"`
}

type sourceBody struct {
	Git *gitBody `json:"git,omitempty"`
}

type gitBody struct {
	RepoURL string       `json:"repoUrl,omitempty"`
	Branch  string       `json:"branch,omitempty"`
	RepoDir string       `json:"repoDir,omitempty"`
	Commit  string       `json:"commit,omitempty"`
	GitAuth *gitAuthBody `json:"gitAuth,omitempty"`
}

type gitAuthBody struct {
	SSHAuth   *sshAuthBody   `json:"sshAuth,omitempty"`
	BasicAuth *basicAuthBody `json:"basicAuth,omitempty"`
}

type sshAuthBody struct {
	SSHPrivateKey secretValue  `json:"sshPrivateKey"`
	Password      *secretValue `json:"password,omitempty"`
}

type basicAuthBody struct {
	UserName secretValue `json:"userName"`
	Password secretValue `json:"password"`
}

type gitHubBody struct {
	Repository          string   `json:"repository,omitempty"`
	PullRequestTemplate bool     `json:"pullRequestTemplate,omitempty"`
	DeployCommits       bool     `json:"deployCommits,omitempty"`
	PreviewPullRequests bool     `json:"previewPullRequests,omitempty"`
	Paths               []string `json:"paths,omitempty"`
}

type vcsBody struct {
	Provider            string   `json:"provider,omitempty"`
	Repository          string   `json:"repository,omitempty"`
	DeployCommits       bool     `json:"deployCommits,omitempty"`
	Paths               []string `json:"paths,omitempty"`
	InstallationID      string   `json:"installationId,omitempty"`
	PullRequestTemplate bool     `json:"pullRequestTemplate,omitempty"`
	PreviewPullRequests bool     `json:"previewPullRequests,omitempty"`
	DeployPullRequest   *int64   `json:"deployPullRequest,omitempty"`
}

type operationBody struct {
	OIDC                 *oidcBody              `json:"oidc,omitempty"`
	PreRunCommands       []string               `json:"preRunCommands,omitempty"`
	EnvironmentVariables map[string]secretValue `json:"environmentVariables,omitempty"`
	Options              *optionsBody           `json:"options,omitempty"`
}

type oidcBody struct {
	AWS   *awsOIDCBody   `json:"aws,omitempty"`
	GCP   *gcpOIDCBody   `json:"gcp,omitempty"`
	Azure *azureOIDCBody `json:"azure,omitempty"`
}

type awsOIDCBody struct {
	Duration    string   `json:"duration,omitempty"`
	PolicyARNs  []string `json:"policyArns,omitempty"`
	RoleARN     string   `json:"roleArn"`
	SessionName string   `json:"sessionName"`
}

type gcpOIDCBody struct {
	ProjectID      string `json:"projectId"`
	Region         string `json:"region,omitempty"`
	WorkloadPoolID string `json:"workloadPoolId"`
	ProviderID     string `json:"providerId"`
	ServiceAccount string `json:"serviceAccount"`
	TokenLifetime  string `json:"tokenLifetime,omitempty"`
}

type azureOIDCBody struct {
	ClientID       string `json:"clientId,omitempty"`
	TenantID       string `json:"tenantId,omitempty"`
	SubscriptionID string `json:"subscriptionId,omitempty"`
}

type optionsBody struct {
	SkipInstallDependencies     bool   `json:"skipInstallDependencies,omitempty"`
	SkipIntermediateDeployments bool   `json:"skipIntermediateDeployments,omitempty"`
	Shell                       string `json:"shell,omitempty"`
	DeleteAfterDestroy          bool   `json:"deleteAfterDestroy,omitempty"`
}

type cacheBody struct {
	Enable bool `json:"enable"`
}
