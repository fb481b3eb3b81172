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

	// organization owns all children, project is the environment's, and target is the project of the stack.
	organization, project, environment, stack, target pulumi.StringOutput
}

type syncChildren struct {
	environment *pulumiservice.Environment
	// revision is the environment's revision. It resolves once the service accepted the definition, and is secret.
	revision  pulumi.IntOutput
	stack     *pulumiservice.Stack
	settings  *pulumiservice.DeploymentSettings
	caretaker *run.CaretakerResource
	schedule  *pulumiservice.DeploymentSchedule
	webhook   *pulumiservice.Webhook
	run       *run.SyncRunResource

	notifications []pulumi.Resource

	// settingsDigest identifies the registered settings. A change of it triggers a run.
	settingsDigest pulumi.StringOutput
}

// register creates the children in the order in which they work: settings need a stack, a schedule needs settings, and
// a webhook must not fire before there is something to run. Whatever starts runs (schedule, webhook, run) comes after
// the caretaker, so that a destroy deletes it before the caretaker empties the stack, and nothing fills the stack
// again.
//
// A child names its environment and stack by the outputs of those children. The engine then replaces it with them, and
// deletes it first: once the service has deleted an environment, it no longer knows its webhooks.
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
	// The whole definition is secret, so that it does not show whether it contains a secret.
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

// registerTeams lets teams open the environment. Each grant is named after its team, so that adding a team leaves the
// other grants alone.
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
		// Set from the start: the provider replaces a stack whose forceDestroy changes, and that always fails.
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

// registerWebhook creates a webhook on the environment. The pattern sets project, stack and environment at once, which
// the provider refuses. Its single filter also misses edits of the environment itself.
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
