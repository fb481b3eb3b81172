package provider

import (
	"fmt"

	"github.com/pulumi/pulumi-github/sdk/v6/go/github"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/escsync/pulumi-escsync/provider/internal/limit"
)

// The applications of GitHub that have secrets of their own.
const (
	appActions    = string(GithubSecretsAppActions)
	appCodespaces = string(GithubSecretsAppCodespaces)
	appDependabot = string(GithubSecretsAppDependabot)
)

// The repositories that see a secret of an organization.
const (
	visibleToAll      = string(GithubSecretsVisibilityAll)
	visibleToPrivate  = string(GithubSecretsVisibilityPrivate)
	visibleToSelected = string(GithubSecretsVisibilitySelected)
)

// githubScope is one of the places on GitHub that hold secrets: its functions register a secret there, and list the
// names of those that exist.
type githubScope struct {
	count    limit.Count
	register func(r *registration, s pushedSecret) error
	list     func(r *registration) ([]string, error)
}

// githubSelection is what decides about who sees a secret of an organization.
type githubSelection struct {
	visibility string
	repository pulumi.IntArray
}

func (s githubSelection) ids() pulumi.IntArrayInput {
	if len(s.repository) == 0 {
		return nil
	}
	return s.repository
}

func githubRepositoryScope(app, repository string) githubScope {
	repo := pulumi.String(repository)
	scope := githubScope{count: limit.GithubRepositoryCount}
	switch app {
	case appCodespaces:
		scope.register = func(r *registration, s pushedSecret) error {
			_, err := github.NewCodespacesSecret(r.ctx, r.logical(s.key), &github.CodespacesSecretArgs{
				Repository:     repo,
				SecretName:     pulumi.String(s.name),
				PlaintextValue: secretText(s.text).ToStringPtrOutput(),
			}, r.githubOptions(s)...)
			return err
		}
		scope.list = func(r *registration) ([]string, error) {
			result, err := github.GetCodespacesSecrets(r.ctx, &github.GetCodespacesSecretsArgs{Name: &repository},
				r.invokeOptions()...)
			return namesOf(result, err)
		}
	case appDependabot:
		scope.register = func(r *registration, s pushedSecret) error {
			_, err := github.NewDependabotSecret(r.ctx, r.logical(s.key), &github.DependabotSecretArgs{
				Repository:     repo,
				SecretName:     pulumi.String(s.name),
				PlaintextValue: secretText(s.text).ToStringPtrOutput(),
			}, r.githubOptions(s)...)
			return err
		}
		scope.list = func(r *registration) ([]string, error) {
			result, err := github.GetDependabotSecrets(r.ctx, &github.GetDependabotSecretsArgs{Name: &repository},
				r.invokeOptions()...)
			return namesOf(result, err)
		}
	default:
		scope.register = func(r *registration, s pushedSecret) error {
			_, err := github.NewActionsSecret(r.ctx, r.logical(s.key), &github.ActionsSecretArgs{
				Repository:     repo,
				SecretName:     pulumi.String(s.name),
				PlaintextValue: secretText(s.text).ToStringPtrOutput(),
			}, r.githubOptions(s)...)
			return err
		}
		scope.list = func(r *registration) ([]string, error) {
			result, err := github.GetActionsSecrets(r.ctx, &github.GetActionsSecretsArgs{Name: &repository},
				r.invokeOptions()...)
			return namesOf(result, err)
		}
	}
	return scope
}

func githubEnvironmentScope(repository, environment string) githubScope {
	return githubScope{
		count: limit.GithubEnvironmentCount,
		register: func(r *registration, s pushedSecret) error {
			_, err := github.NewActionsEnvironmentSecret(r.ctx, r.logical(s.key), &github.ActionsEnvironmentSecretArgs{
				Repository:     pulumi.String(repository),
				Environment:    pulumi.String(environment),
				SecretName:     pulumi.String(s.name),
				PlaintextValue: secretText(s.text).ToStringPtrOutput(),
			}, r.githubOptions(s)...)
			return err
		},
		list: func(r *registration) ([]string, error) {
			result, err := github.GetActionsEnvironmentSecrets(r.ctx, &github.GetActionsEnvironmentSecretsArgs{
				Name: &repository, Environment: environment,
			}, r.invokeOptions()...)
			return namesOf(result, err)
		},
	}
}

func githubOrganizationScope(app string, selection githubSelection) githubScope {
	scope := githubScope{count: limit.GithubOrganizationCount}
	if app == appCodespaces {
		scope.count = limit.GithubCodespacesOrganizationCount
	}
	visibility := pulumi.String(selection.visibility)
	switch app {
	case appCodespaces:
		scope.register = func(r *registration, s pushedSecret) error {
			_, err := github.NewCodespacesOrganizationSecret(r.ctx, r.logical(s.key), &github.CodespacesOrganizationSecretArgs{
				SecretName: pulumi.String(s.name), PlaintextValue: secretText(s.text).ToStringPtrOutput(),
				Visibility: visibility, SelectedRepositoryIds: selection.ids(),
			}, r.githubOptions(s)...)
			return err
		}
		scope.list = func(r *registration) ([]string, error) {
			result, err := github.GetCodespacesOrganizationSecrets(r.ctx, r.invokeOptions()...)
			return namesOf(result, err)
		}
	case appDependabot:
		scope.register = func(r *registration, s pushedSecret) error {
			_, err := github.NewDependabotOrganizationSecret(r.ctx, r.logical(s.key), &github.DependabotOrganizationSecretArgs{
				SecretName: pulumi.String(s.name), PlaintextValue: secretText(s.text).ToStringPtrOutput(),
				Visibility: visibility, SelectedRepositoryIds: selection.ids(),
			}, r.githubOptions(s)...)
			return err
		}
		scope.list = func(r *registration) ([]string, error) {
			result, err := github.GetDependabotOrganizationSecrets(r.ctx, r.invokeOptions()...)
			return namesOf(result, err)
		}
	default:
		scope.register = func(r *registration, s pushedSecret) error {
			_, err := github.NewActionsOrganizationSecret(r.ctx, r.logical(s.key), &github.ActionsOrganizationSecretArgs{
				SecretName: pulumi.String(s.name), PlaintextValue: secretText(s.text).ToStringPtrOutput(),
				Visibility: visibility, SelectedRepositoryIds: selection.ids(),
			}, r.githubOptions(s)...)
			return err
		}
		scope.list = func(r *registration) ([]string, error) {
			result, err := github.GetActionsOrganizationSecrets(r.ctx, r.invokeOptions()...)
			return namesOf(result, err)
		}
	}
	return scope
}

// namesOf returns the names in what one of the list functions gave. They are seven types of one shape.
func namesOf(result any, err error) ([]string, error) {
	if err != nil {
		return nil, err
	}
	var names []string
	switch list := result.(type) {
	case *github.GetActionsSecretsResult:
		for _, s := range list.Secrets {
			names = append(names, s.Name)
		}
	case *github.GetActionsEnvironmentSecretsResult:
		for _, s := range list.Secrets {
			names = append(names, s.Name)
		}
	case *github.GetActionsOrganizationSecretsResult:
		for _, s := range list.Secrets {
			names = append(names, s.Name)
		}
	case *github.GetCodespacesSecretsResult:
		for _, s := range list.Secrets {
			names = append(names, s.Name)
		}
	case *github.GetCodespacesOrganizationSecretsResult:
		for _, s := range list.Secrets {
			names = append(names, s.Name)
		}
	case *github.GetDependabotSecretsResult:
		for _, s := range list.Secrets {
			names = append(names, s.Name)
		}
	case *github.GetDependabotOrganizationSecretsResult:
		for _, s := range list.Secrets {
			names = append(names, s.Name)
		}
	default:
		return nil, fmt.Errorf("listing secrets gave the unexpected type %T", result)
	}
	return names, nil
}
