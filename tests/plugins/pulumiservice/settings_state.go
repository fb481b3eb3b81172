package pulumiservice

import (
	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin"
)

// importedSecret replaces the secrets in the inputs of imported settings, because nobody can read them.
const importedSecret = "<REPLACE WITH ACTUAL SECRET VALUE>"

// secretForm returns the property for a secret of the service's answer at a path. Ciphertext reads as "".
type secretForm func(path property.Path, answer secretValue) property.Value

// asOutput returns the text of the answer, like outputs: "" for ciphertext.
func asOutput(_ property.Path, answer secretValue) property.Value {
	return property.New(answer.Value)
}

// asImport returns a text for the user to replace.
func asImport(property.Path, secretValue) property.Value {
	return property.New(importedSecret).WithSecret(true)
}

// asRefresh returns the plaintext of the old inputs if the service's value is that of the old state, and otherwise an
// empty secret. Ciphertext always reads as "", so a change on the service is not detected.
func asRefresh(oldInputs, oldState property.Map) secretForm {
	return func(path property.Path, answer secretValue) property.Value {
		stored := textAt(oldState, path)
		if stored != answer.Value {
			return property.New("").WithSecret(true)
		}
		return property.New(textAt(oldInputs, path)).WithSecret(true)
	}
}

// at returns the path of a property below maps.
func at(keys ...string) property.Path {
	segments := make([]property.PathSegment, len(keys))
	for i, key := range keys {
		segments[i] = property.NewSegment(key)
	}
	return property.PathFromSegments(segments...)
}

func textAt(m property.Map, path property.Path) string {
	v, err := path.Get(property.New(m))
	if err != nil || !v.IsString() {
		return ""
	}
	return v.AsString()
}

// settingsProperties converts the service's answer to properties.
func settingsProperties(id stackID, body settingsBody, secret secretForm) (property.Map, error) {
	in := settingsInputs{AgentPoolID: body.AgentPoolID, CacheOptions: body.Cache}
	if body.Executor != nil && body.Executor.ExecutorImage != "" {
		in.ExecutorContext = body.Executor
	}
	if body.GitHub != nil {
		gitHub := gitHubInputs(*body.GitHub)
		in.GitHub = &gitHub
	}
	if body.VCS != nil {
		in.VCS = &vcsInputs{
			Provider: body.VCS.Provider, Repository: body.VCS.Repository, InstallationID: body.VCS.InstallationID,
			PullRequestTemplate: body.VCS.PullRequestTemplate, DeployCommits: body.VCS.DeployCommits,
			PreviewPullRequests: body.VCS.PreviewPullRequests, Paths: body.VCS.Paths,
			DeployPullRequest: body.VCS.DeployPullRequest,
		}
	}
	properties, err := standin.Encode(in)
	if err != nil {
		return property.Map{}, err
	}
	properties = properties.Set("organization", property.New(id.organization)).
		Set("project", property.New(id.project)).Set("stack", property.New(id.stack))
	if body.SourceContext != nil {
		properties = properties.Set("sourceContext", sourceProperties(body.SourceContext, secret))
	}
	if body.Operation != nil {
		operation, err := operationProperties(body.Operation, secret)
		if err != nil {
			return property.Map{}, err
		}
		properties = properties.Set("operationContext", operation)
	}
	return properties, nil
}

func sourceProperties(body *sourceBody, secret secretForm) property.Value {
	if body.Git == nil {
		return property.New(property.Map{})
	}
	git := map[string]property.Value{}
	for key, text := range map[string]string{
		"repoUrl": body.Git.RepoURL, "branch": body.Git.Branch, "repoDir": body.Git.RepoDir, "commit": body.Git.Commit,
	} {
		if text != "" {
			git[key] = property.New(text)
		}
	}
	if body.Git.GitAuth != nil {
		git["gitAuth"] = authProperties(body.Git.GitAuth, secret)
	}
	return property.New(map[string]property.Value{"git": property.New(git)})
}

func authProperties(body *gitAuthBody, secret secretForm) property.Value {
	auth := map[string]property.Value{}
	show := func(into map[string]property.Value, kind, key string, answer secretValue) {
		if answer.Value != "" {
			into[key] = secret(at("sourceContext", "git", "gitAuth", kind, key), answer)
		}
	}
	if body.SSHAuth != nil {
		ssh := map[string]property.Value{}
		show(ssh, "sshAuth", "sshPrivateKey", body.SSHAuth.SSHPrivateKey)
		if body.SSHAuth.Password != nil {
			show(ssh, "sshAuth", "password", *body.SSHAuth.Password)
		}
		auth["sshAuth"] = property.New(ssh)
	}
	if body.BasicAuth != nil {
		basic := map[string]property.Value{}
		show(basic, "basicAuth", "username", body.BasicAuth.UserName)
		show(basic, "basicAuth", "password", body.BasicAuth.Password)
		auth["basicAuth"] = property.New(basic)
	}
	return property.New(auth)
}

func operationProperties(body *operationBody, secret secretForm) (property.Value, error) {
	shown := struct {
		PreRunCommands []string     `json:"preRunCommands,omitempty"`
		Options        *optionsBody `json:"options,omitempty"`
		OIDC           *oidcInputs  `json:"oidc,omitempty"`
	}{PreRunCommands: body.PreRunCommands, Options: body.Options}
	if body.OIDC != nil && (body.OIDC.AWS != nil || body.OIDC.GCP != nil || body.OIDC.Azure != nil) {
		shown.OIDC = &oidcInputs{Azure: body.OIDC.Azure}
		if aws := body.OIDC.AWS; aws != nil {
			shown.OIDC.AWS = &awsOIDCInputs{aws.Duration, aws.PolicyARNs, aws.RoleARN, aws.SessionName}
		}
		if gcp := body.OIDC.GCP; gcp != nil {
			shown.OIDC.GCP = &gcpOIDCInputs{
				gcp.ProjectID, gcp.Region, gcp.WorkloadPoolID, gcp.ProviderID, gcp.ServiceAccount, gcp.TokenLifetime,
			}
		}
	}
	operation, err := standin.Encode(shown)
	if err != nil || body.EnvironmentVariables == nil {
		return property.New(operation), err
	}
	variables := map[string]property.Value{}
	for name, value := range body.EnvironmentVariables {
		variables[name] = property.New(value.Value)
		if value.Secret {
			variables[name] = secret(at("operationContext", "environmentVariables", name), value)
		}
	}
	return property.New(operation.Set("environmentVariables", property.New(variables))), nil
}
