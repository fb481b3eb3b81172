package escsync

import (
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/escsync/pulumi-escsync/provider/run"
)

// registerTags tags the environment and the target stack, so that searches and policies find them.
func (b *syncBuilder) registerTags(c *syncChildren) error {
	tags, err := run.RegisterTags(b.ctx, b.name+"-tags", run.TagsInputs{
		Organization: c.stack.OrganizationName,
		Project:      c.stack.ProjectName,
		Stack:        c.stack.StackName,
		Environment:  pulumi.Sprintf("%s/%s", c.environment.Project, c.environment.Name),
		Tags:         pulumi.StringMap(b.args.PulumiTags),
	}, b.parent, pulumi.DependsOn([]pulumi.Resource{c.stack, c.environment}))
	if err != nil {
		return fmt.Errorf("registering the tags: %w", err)
	}
	c.tags = tags
	return nil
}
