package run

import (
	"context"
	"maps"
	"slices"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi-go-provider/infer"

	"github.com/escsync/pulumi-escsync/provider/run/deployments"
)

// Tags puts the tags of a sync on its environment and on its target stack. It is one resource for all of them, as each
// resource of a sync costs time, and as the pulumiservice provider has one for each tag of an environment.
type Tags struct{ cloud cloud }

// Annotate names and describes the resource.
func (t *Tags) Annotate(a infer.Annotator) {
	a.SetToken("index", "Tags")
	a.Describe(&t, "Puts tags on an environment and on a stack, beside those that they have. Deleting it does nothing: "+
		"both are about to go.")
}

// Create sets the tags.
func (t *Tags) Create(ctx context.Context, req infer.CreateRequest[TagsArgs]) (infer.CreateResponse[TagsArgs], error) {
	response := infer.CreateResponse[TagsArgs]{ID: req.Inputs.stack().String(), Output: req.Inputs}
	if req.DryRun {
		return response, nil
	}
	return response, t.put(ctx, req.Inputs, TagsArgs{})
}

// Update sets the tags that have changed, and removes those that have gone. On another stack or environment it sets
// all.
func (t *Tags) Update(
	ctx context.Context, req infer.UpdateRequest[TagsArgs, TagsArgs],
) (infer.UpdateResponse[TagsArgs], error) {
	response := infer.UpdateResponse[TagsArgs]{Output: req.Inputs}
	if req.DryRun {
		return response, nil
	}
	before := req.State
	if before.stack() != req.Inputs.stack() || before.Environment != req.Inputs.Environment {
		before = TagsArgs{}
	}
	return response, t.put(ctx, req.Inputs, before)
}

// put makes the tags of the state before those of the inputs. A tag that is refused fails nothing: the sync works
// without.
func (t *Tags) put(ctx context.Context, in, before TagsArgs) error {
	client, err := t.cloud.client(ctx)
	if err != nil {
		return err
	}
	var gone []string
	for name := range before.Tags {
		if _, still := in.Tags[name]; !still {
			gone = append(gone, name)
		}
	}
	slices.Sort(gone)
	if err := tolerated(ctx, client.TagStack(ctx, in.stack(), in.Tags, gone)); err != nil {
		return err
	}
	return tolerated(ctx, putOnEnvironment(ctx, client, in, before, gone))
}

func putOnEnvironment(
	ctx context.Context, client *deployments.Client, in, before TagsArgs, gone []string,
) error {
	for _, name := range slices.Sorted(maps.Keys(in.Tags)) {
		if value, had := before.Tags[name]; had && value == in.Tags[name] {
			continue
		}
		if err := client.TagEnvironment(ctx, in.environment(), name, in.Tags[name]); err != nil {
			return err
		}
	}
	for _, name := range gone {
		if err := client.UntagEnvironment(ctx, in.environment(), name); err != nil {
			return err
		}
	}
	return nil
}

// tolerated warns of what the service refuses, and returns what went wrong otherwise.
func tolerated(ctx context.Context, err error) error {
	if err == nil || !deployments.IsRefused(err) {
		return err
	}
	p.GetLogger(ctx).Warningf("%s. The sync works without the tag. `pulumi up --refresh` tries again", err)
	return nil
}

// Read finds which of the tags are still on both. Those that cannot be read count as being there.
func (t *Tags) Read(
	ctx context.Context, req infer.ReadRequest[TagsArgs, TagsArgs],
) (infer.ReadResponse[TagsArgs, TagsArgs], error) {
	response := infer.ReadResponse[TagsArgs, TagsArgs](req)
	client, err := t.cloud.client(ctx)
	if err != nil {
		return response, err
	}
	live, err := client.StackTags(ctx, req.State.stack())
	if deployments.IsNotFound(err) {
		return infer.ReadResponse[TagsArgs, TagsArgs]{}, nil
	}
	if err != nil {
		return response, err
	}
	response.State.Tags = map[string]string{}
	for name, value := range req.State.Tags {
		onEnvironment, there, err := client.EnvironmentTag(ctx, req.State.environment(), name)
		if err != nil && !deployments.IsRefused(err) {
			return response, err
		}
		if live[name] == value && (err != nil || there && onEnvironment == value) {
			response.State.Tags[name] = value
		}
	}
	response.Inputs.Tags = response.State.Tags // what an update is compared with
	return response, nil
}
