package run

import (
	"context"
	"maps"
	"slices"

	p "github.com/pulumi/pulumi-go-provider"

	"github.com/escsync/pulumi-escsync/provider/run/deployments"
)

// What a warning says about a tag that could not be set or read.
const (
	worksWithout = "The sync works without the tag. `pulumi up --refresh` tries again"
	countAsThere = "The tags count as unchanged"
)

// putTags replaces the tags of the previous state with those of the inputs, on the environment and on the target stack.
// Other tags stay. The pulumiservice provider would need one resource per environment tag. If a tag cannot be set,
// putTags only warns, because the sync works without it.
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
	if err := tolerated(ctx, client.TagStack(ctx, in.stack(), in.Tags, gone), worksWithout); err != nil {
		return err
	}
	environment, ok := environmentOf(in.Organization, in.Environment)
	if !ok {
		return nil
	}
	return tolerated(ctx, putOnEnvironment(ctx, client, environment, in.Tags, had, gone), worksWithout)
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

// tolerated logs a failure of the service as a warning with its meaning. If the operation was stopped, it returns err.
func tolerated(ctx context.Context, err error, meaning string) error {
	if err == nil || ctx.Err() != nil {
		return err
	}
	p.GetLogger(ctx).Warningf("%s. %s", err, meaning)
	return nil
}

// liveTags returns the tags of the state that both the stack and the environment still have. Tags that cannot be read
// count as present, as a difference would come back with every refresh.
func (c *Caretaker) liveTags(ctx context.Context, state CaretakerState) (map[string]string, error) {
	live := map[string]string{}
	if len(state.Tags) == 0 {
		return live, nil
	}
	client, err := c.cloud.client(ctx)
	if err != nil {
		return nil, err
	}
	onStack, unread := client.StackTags(ctx, state.stack())
	if deployments.IsNotFound(unread) {
		return live, nil
	}
	if unread != nil {
		return state.Tags, tolerated(ctx, unread, countAsThere)
	}
	environment, _ := environmentOf(state.Organization, state.Environment)
	for name, value := range state.Tags {
		there := true
		if unread == nil {
			var found string
			found, there, unread = client.EnvironmentTag(ctx, environment, name)
			there = unread != nil || there && found == value
		}
		if there && onStack[name] == value {
			live[name] = value
		}
	}
	return live, tolerated(ctx, unread, countAsThere)
}
