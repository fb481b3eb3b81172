package escsync

import (
	"fmt"

	"github.com/pulumi/pulumi-pulumiservice/sdk/go/pulumiservice"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/escsync/pulumi-escsync/provider/run"
	"github.com/escsync/pulumi-escsync/provider/run/deployments"
)

// syncBuilder registers the children of one EscSync.
type syncBuilder struct {
	ctx       *pulumi.Context
	name      string
	facts     facts
	args      *Args
	component pulumi.Resource
	parent    pulumi.ResourceOption

	// organization holds everything, project the environment, target the stack.
	organization, project, environment, stack, target pulumi.StringOutput
}

type syncChildren struct {
	environment *pulumiservice.Environment
	// revision is that of the environment once the service has taken the definition. It is secret.
	revision  pulumi.IntOutput
	stack     *pulumiservice.Stack
	settings  *pulumiservice.DeploymentSettings
	caretaker *run.CaretakerResource
	schedule  *pulumiservice.DeploymentSchedule
	webhook   *pulumiservice.Webhook
	run       *run.SyncRunResource

	notifications []pulumi.Resource

	// settingsDigest is that of what the settings were registered with: a change of them is a reason to sync.
	settingsDigest pulumi.StringOutput
}

// register makes the children in the order in which each can work: settings need a stack, a schedule needs settings,
// and a webhook must not fire before there is something to run. What starts runs (schedule, webhook, run) comes after
// the caretaker, so that on a destroy it is gone when that empties the stack, and nothing fills it again.
//
// A child names its environment and stack by the outputs of those children. So the engine knows that it is replaced
// with them, and deletes it first: a service that has deleted an environment no longer knows its webhooks.
func (b *syncBuilder) register() (*syncChildren, error) {
	c := &syncChildren{}
	for _, step := range []func(*syncChildren) error{
		b.registerEnvironment, b.registerTeams, b.registerStack, b.registerNotifications, b.registerSettings,
		b.registerCaretaker, b.registerSchedule, b.registerDriftSchedule, b.registerWebhook, b.registerRun,
	} {
		if err := step(c); err != nil {
			return nil, err
		}
	}
	return c, nil
}

func (b *syncBuilder) registerEnvironment(c *syncChildren) error {
	// The definition is secret as a whole: whether it holds a secret must not show either.
	yaml := pulumi.ToSecret(b.args.Definition.ToStringPtrOutput().Elem()).(pulumi.StringOutput)
	environment, err := pulumiservice.NewEnvironment(b.ctx, b.name+"-environment", &pulumiservice.EnvironmentArgs{
		Organization: b.organization,
		Project:      b.project,
		Name:         b.environment,
		Yaml: yaml.ApplyT(func(text string) pulumi.AssetOrArchive {
			return pulumi.NewStringAsset(text)
		}).(pulumi.AssetOrArchiveOutput),
	}, b.parent)
	if err != nil {
		return fmt.Errorf("registering the environment: %w", err)
	}
	c.environment = environment
	c.revision = pulumi.All(environment.Revision, b.organization, b.project, b.environment, yaml).ApplyT(
		func(v []any) (int, error) {
			if revision := v[0].(int); revision != 0 {
				return revision, nil
			}
			named := deployments.Environment{Organization: v[1].(string), Project: v[2].(string), Name: v[3].(string)}
			return b.facts.refused(named, v[4].(string))
		}).(pulumi.IntOutput)
	return nil
}

// registerTeams lets teams open the environment. The names are known, so that adding a team renames no other grant.
func (b *syncBuilder) registerTeams(c *syncChildren) error {
	for _, team := range b.facts.teams {
		_, err := pulumiservice.NewTeamEnvironmentPermission(b.ctx, b.name+"-team-"+team,
			&pulumiservice.TeamEnvironmentPermissionArgs{
				Organization: b.organization,
				Project:      c.environment.Project,
				Environment:  c.environment.Name,
				Team:         pulumi.String(team),
				Permission:   pulumiservice.EnvironmentPermissionOpen,
			}, b.parent, pulumi.DependsOn([]pulumi.Resource{c.environment}))
		if err != nil {
			return fmt.Errorf("registering the permission of team %s: %w", team, err)
		}
	}
	return nil
}

func (b *syncBuilder) registerStack(c *syncChildren) error {
	stack, err := pulumiservice.NewStack(b.ctx, b.name+"-stack", &pulumiservice.StackArgs{
		OrganizationName: b.organization,
		ProjectName:      b.target,
		StackName:        b.stack,
		// Set from the start: the provider replaces a stack whose forceDestroy changes, which can never succeed.
		ForceDestroy: pulumi.Bool(true),
	}, b.parent)
	if err != nil {
		return fmt.Errorf("registering the target stack: %w", err)
	}
	c.stack = stack
	return nil
}

func (b *syncBuilder) registerSettings(c *syncChildren) error {
	args := b.settings(c.stack)
	c.settingsDigest = secretDigest(pulumi.JSONMarshal(args))
	settings, err := pulumiservice.NewDeploymentSettings(b.ctx, b.name+"-settings", args, b.parent,
		pulumi.DependsOn([]pulumi.Resource{c.stack, c.environment}))
	if err != nil {
		return fmt.Errorf("registering the deployment settings: %w", err)
	}
	c.settings = settings
	return nil
}

func (b *syncBuilder) registerSchedule(c *syncChildren) error {
	if !b.facts.hasSchedule || b.facts.suspended {
		return nil
	}
	schedule, err := pulumiservice.NewDeploymentSchedule(b.ctx, b.name+"-schedule", &pulumiservice.DeploymentScheduleArgs{
		Organization:    c.settings.Organization,
		Project:         c.settings.Project,
		Stack:           c.settings.Stack,
		ScheduleCron:    b.args.Schedule,
		PulumiOperation: pulumiservice.PulumiOperationUpdate,
	}, b.parent, pulumi.DependsOn([]pulumi.Resource{c.settings, c.caretaker}))
	if err != nil {
		return fmt.Errorf("registering the schedule: %w", err)
	}
	c.schedule = schedule
	return nil
}

// registerWebhook makes a webhook on the environment. The published pattern gives project, stack and environment at
// once, which the provider refuses; and it has one filter, which misses edits of the environment itself.
func (b *syncBuilder) registerWebhook(c *syncChildren) error {
	if !b.facts.onChange {
		return nil
	}
	webhook, err := pulumiservice.NewWebhook(b.ctx, b.name+"-webhook", &pulumiservice.WebhookArgs{
		OrganizationName: c.environment.Organization,
		ProjectName:      c.environment.Project,
		EnvironmentName:  c.environment.Name,
		DisplayName:      pulumi.Sprintf("escsync: sync %s/%s on change", b.target, b.stack),
		Format:           pulumiservice.WebhookFormatPulumiDeployments,
		PayloadUrl:       pulumi.Sprintf("%s/%s", b.target, b.stack),
		Filters: pulumiservice.WebhookFiltersArray{
			pulumiservice.WebhookFiltersEnvironmentRevisionCreated,
			pulumiservice.WebhookFiltersImportedEnvironmentChanged,
		},
		Active: pulumi.Bool(!b.facts.suspended),
	}, b.parent, pulumi.DependsOn([]pulumi.Resource{c.settings, c.environment, c.caretaker}))
	if err != nil {
		return fmt.Errorf("registering the webhook: %w", err)
	}
	c.webhook = webhook
	return nil
}
