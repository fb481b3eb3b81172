package deployments_test

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/run/deployments"
	. "github.com/escsync/pulumi-escsync/provider/run/deployments/deploymentstest"
)

func TestRefusedCallsNameThePermission(t *testing.T) {
	t.Parallel()
	const stackRead, stackWrite = " (as in Stack Read) on stack acme/tgt/dev", " (as in Stack Write) on stack acme/tgt/dev"
	for call, test := range map[string]struct {
		make func(context.Context, *deployments.Client) error
		want string
	}{
		"POST deployments": {func(ctx context.Context, c *deployments.Client) error {
			_, _, err := c.Start(ctx, order())
			return err
		}, "stack_deployment:create" + stackWrite},
		"GET deployments": {func(ctx context.Context, c *deployments.Client) error {
			_, err := c.Newest(ctx, stack)
			return err
		}, "stack_deployment:read" + stackRead},
		"GET run": {func(ctx context.Context, c *deployments.Client) error {
			_, err := c.Get(ctx, stack, "id-1")
			return err
		}, "stack_deployment:read" + stackRead},
		"GET updates": {func(ctx context.Context, c *deployments.Client) error {
			_, err := c.Changes(ctx, stack, "id-1")
			return err
		}, "stack_deployment:read" + stackRead},
		"GET logs": {func(ctx context.Context, c *deployments.Client) error {
			_, err := c.Log(ctx, stack, "id-1", 1)
			return err
		}, "stack_deployment:read" + stackRead},
		"GET metadata": {func(ctx context.Context, c *deployments.Client) error {
			_, err := c.Paused(ctx, stack)
			return err
		}, "stack_deployment:read" + stackRead},
		"GET settings": {func(ctx context.Context, c *deployments.Client) error {
			_, err := c.HasSettings(ctx, stack)
			return err
		}, "stack_deployment_settings:read" + stackRead},
		"GET stack": {func(ctx context.Context, c *deployments.Client) error {
			_, _, err := c.Version(ctx, stack)
			return err
		}, "stack:read" + stackRead},
		"GET export": {func(ctx context.Context, c *deployments.Client) error {
			_, err := c.Resources(ctx, stack)
			return err
		}, "stack:export" + stackRead},
		"POST import": {func(ctx context.Context, c *deployments.Client) error {
			return c.Release(ctx, stack)
		}, "stack:import" + stackWrite},
		"GET environment": {func(ctx context.Context, c *deployments.Client) error {
			_, err := c.HasEnvironment(ctx, deployments.Environment{Organization: "acme", Project: "proj", Name: "sync"})
			return err
		}, "environment:read (as in Environment Read) on environment acme/proj/sync"},
		"POST settings": {func(ctx context.Context, c *deployments.Client) error {
			return c.ChooseRole(ctx, stack, deployments.Role{ID: SyncsID})
		}, "stack_deployment_settings:write" + stackWrite},
		"PATCH tags": {func(ctx context.Context, c *deployments.Client) error {
			return c.TagStack(ctx, stack, map[string]string{"a": "b"}, nil)
		}, "stack_tags:update" + stackWrite},
		"POST environment tags": {func(ctx context.Context, c *deployments.Client) error {
			return c.TagEnvironment(ctx, deployments.Environment{Organization: "acme", Project: "proj", Name: "sync"}, "a", "b")
		}, "environment_tag:create (as in Environment Write) on environment acme/proj/sync"},
		"GET roles": {func(ctx context.Context, c *deployments.Client) error {
			_, err := c.FindRole(ctx, "acme", "syncs")
			return err
		}, "role:read on organization acme"},
	} {
		t.Run(call, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				cloud, client := start(t)
				cloud.Fail(call, Status(403))
				err := test.make(t.Context(), client)
				require.Error(t, err)
				_, needs, _ := strings.Cut(err.Error(), "; the access token needs ")
				assert.Equal(t, test.want, needs)
			})
		})
	}
}
