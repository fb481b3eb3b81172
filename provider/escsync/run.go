package escsync

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumix"

	"github.com/escsync/pulumi-escsync/provider/run"
)

// registerCaretaker empties the target stack on a destroy, while environment and settings are still there. Before, it
// tags both, so that searches and policies find them, and chooses the role again, as writing the settings took it away.
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

// registerRun runs the sync: first when all is made, then whenever the definition or the settings have changed. The
// environment's revision is no trigger, as a refresh of the stack makes a new one with nothing new in it.
func (b *syncBuilder) registerRun(c *syncChildren) error {
	if !b.facts.initialSync {
		return nil
	}
	triggers := pulumi.Map{
		run.DefinitionTrigger: secretDigest(c.accepted(b.args.Definition.ToStringPtrOutput().Elem())),
		"settings":            c.settingsDigest,
	}
	// What the program asks for, a run is to prove. What somebody chose in the console is no change of the program.
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
	// A run that begins while the tags are written would write back those that it has read.
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

// accepted is the definition once the service has taken it. A refused one starts no run, and is not remembered as
// synced.
func (c *syncChildren) accepted(definition pulumi.StringOutput) pulumi.StringOutput {
	return pulumi.All(definition, c.revision).ApplyT(func(v []any) string {
		return v[0].(string)
	}).(pulumi.StringOutput)
}

// secretDigest is a short text that changes with another one. It is secret: the digest of a short secret can be
// guessed.
func secretDigest(text pulumi.StringOutput) pulumi.StringOutput {
	sum := text.ApplyT(func(s string) string {
		sum := sha256.Sum256([]byte(s))
		return hex.EncodeToString(sum[:])
	}).(pulumi.StringOutput)
	return pulumi.ToSecret(sum).(pulumi.StringOutput)
}

// lastSync is how the run went. It is empty if there is none.
func (c *syncChildren) lastSync() pulumix.Output[run.SyncStatus] {
	if c.run == nil {
		return pulumix.Val(run.SyncStatus{})
	}
	return c.run.SyncStatus()
}
