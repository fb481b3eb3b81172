package run

import (
	"context"
	"maps"
	"slices"

	p "github.com/pulumi/pulumi-go-provider"

	"github.com/escsync/pulumi-escsync/provider/run/deployments"
)

// putTags replaces the tags of the previous state with those of the inputs, on the environment and on the target stack.
// Other tags stay. The pulumiservice provider would need one resource per environment tag. If the service refuses a
// tag, putTags only warns, because the sync works without it.
func (c *Caretaker) putTags(ctx context.Context, in CaretakerArgs, before CaretakerState) error {
	had := before.Tags
	if before.stack() != in.stack() || before.Environment != in.Environment {
		had = nil // those tags are on another stack or environment
	}
	if maps.Equal(had, in.Tags) {
		return nil
	}
	client, err := c.cloud.client(ctx)
	if err != nil {
		return err
	}
	var gone []string
	for name := range had {
		if _, still := in.Tags[name]; !still {
			gone = append(gone, name)
		}
	}
	slices.Sort(gone)
	if err := tolerated(ctx, client.TagStack(ctx, in.stack(), in.Tags, gone)); err != nil {
		return err
	}
	environment, ok := environmentOf(in.Organization, in.Environment)
	if !ok {
		return nil
	}
	return tolerated(ctx, putOnEnvironment(ctx, client, environment, in.Tags, had, gone))
}

func putOnEnvironment(
	ctx context.Context, client *deployments.Client, environment deployments.Environment, tags, had map[string]string,
	gone []string,
) error {
	for _, name := range slices.Sorted(maps.Keys(tags)) {
		if value, was := had[name]; was && value == tags[name] {
			continue
		}
		if err := client.TagEnvironment(ctx, environment, name, tags[name]); err != nil {
			return err
		}
	}
	for _, name := range gone {
		if err := client.UntagEnvironment(ctx, environment, name); err != nil {
			return err
		}
	}
	return nil
}

// tolerated logs a refusal by the service as a warning and returns any other error.
func tolerated(ctx context.Context, err error) error {
	if err == nil || !deployments.IsRefused(err) {
		return err
	}
	p.GetLogger(ctx).Warningf("%s. The sync works without the tag. `pulumi up --refresh` tries again", err)
	return nil
}

// liveTags returns the tags of the state that both the stack and the environment still have. An environment tag that
// the caller may not read counts as present.
func (c *Caretaker) liveTags(ctx context.Context, state CaretakerState) (map[string]string, error) {
	live := map[string]string{}
	if len(state.Tags) == 0 {
		return live, nil
	}
	client, err := c.cloud.client(ctx)
	if err != nil {
		return nil, err
	}
	onStack, err := client.StackTags(ctx, state.stack())
	if deployments.IsNotFound(err) {
		return live, nil
	}
	if err != nil {
		return nil, err
	}
	environment, _ := environmentOf(state.Organization, state.Environment)
	for name, value := range state.Tags {
		onEnvironment, there, err := client.EnvironmentTag(ctx, environment, name)
		if err != nil && !deployments.IsRefused(err) {
			return nil, err
		}
		if onStack[name] == value && (err != nil || there && onEnvironment == value) {
			live[name] = value
		}
	}
	return live, nil
}
