package escsync

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumix"

	"github.com/escsync/pulumi-escsync/provider/run"
)

// registerCaretaker registers the resource that empties the target stack on a destroy, while environment and settings
// still exist. It also tags the stack and the environment, so that searches and policies find them, and restores the
// role, which writing the settings has removed.
func (b *syncBuilder) registerCaretaker(c *syncChildren) error {
	in := run.CaretakerInputs{
		Organization: c.settings.Organization,
		Project:      c.settings.Project,
		Stack:        c.settings.Stack,
		Environment:  pulumi.Sprintf("%s/%s", c.environment.Project, c.environment.Name),
		Retain:       pulumi.Bool(b.facts.retains),
		Tags:         pulumi.StringMap(b.args.PulumiTags),
		HasToken:     b.facts.role.token,
	}
	if in.RoleID, in.RoleName = b.facts.role.outputs(); in.RoleID != nil {
		in.Settings = c.settingsDigest
	}
	if timeout := b.facts.deleteTimeout; timeout != 0 {
		in.Timeout = pulumi.String(timeout.String())
	}
	after := append([]pulumi.Resource{c.settings, c.stack, c.environment}, c.notifications...)
	caretaker, err := run.RegisterCaretaker(b.ctx, b.name+"-caretaker", in, b.parent, pulumi.DependsOn(after))
	if err != nil {
		return fmt.Errorf("registering the caretaker: %w", err)
	}
	c.caretaker = caretaker
	return nil
}

// registerRun starts a run once all other children exist, and again when the definition or the settings change. The
// environment's revision is no trigger, because a refresh makes a new one without any change.
func (b *syncBuilder) registerRun(c *syncChildren) error {
	if !b.facts.initialSync {
		return nil
	}
	triggers := pulumi.Map{
		run.DefinitionTrigger: secretDigest(c.accepted(b.args.Definition.ToStringPtrOutput().Elem())),
		"settings":            c.settingsDigest,
	}
	// A run has to prove the role that the program sets. A role chosen in the console is not a change of the program.
	if deployment := b.args.Deployment; deployment != nil && deployment.Role != nil {
		triggers["role"] = deployment.Role
	}
	in := run.SyncRunInputs{
		Organization: c.settings.Organization,
		Project:      c.settings.Project,
		Stack:        c.settings.Stack,
		Pushed:       b.facts.planned.pushed(),
		Triggers:     triggers,
	}
	if b.facts.suspended {
		in.Suspended = pulumi.Bool(true)
	}
	if initial := b.args.InitialSync; initial != nil {
		in.Wait, in.Timeout, in.ShowLog = initial.Wait, initial.Timeout, initial.ShowLog
	}
	// A run that starts while the tags are being written would write back the old ones.
	after := []pulumi.Resource{c.settings, c.environment, c.caretaker}
	if c.webhook != nil {
		after = append(after, c.webhook)
	}
	run, err := run.RegisterSyncRun(b.ctx, b.name+"-run", in, b.parent, pulumi.DependsOn(after))
	if err != nil {
		return fmt.Errorf("registering the run: %w", err)
	}
	c.run = run
	return nil
}

// accepted returns the definition once the service has accepted it. A refused definition starts no run and is not
// remembered as synced.
func (c *syncChildren) accepted(definition pulumi.StringOutput) pulumi.StringOutput {
	return pulumi.All(definition, c.revision).ApplyT(func(v []any) string {
		return v[0].(string)
	}).(pulumi.StringOutput)
}

// secretDigest returns a digest of a text. It is secret, because the text behind the digest of a short secret can be
// guessed.
func secretDigest(text pulumi.StringOutput) pulumi.StringOutput {
	sum := text.ApplyT(func(s string) string {
		sum := sha256.Sum256([]byte(s))
		return hex.EncodeToString(sum[:])
	}).(pulumi.StringOutput)
	return pulumi.ToSecret(sum).(pulumi.StringOutput)
}

// lastSync returns the status of the run, or an empty status if there is no run.
func (c *syncChildren) lastSync() pulumix.Output[run.SyncStatus] {
	if c.run == nil {
		return pulumix.Val(run.SyncStatus{})
	}
	return c.run.SyncStatus()
}
