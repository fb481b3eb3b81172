package target

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/escsync/pulumi-escsync/provider/internal/construct"
)

// ReleaseToken is the type of the record of what a target has stopped managing.
const ReleaseToken = "escsync:index:Release" //nolint:gosec // A type token is no credential.

// Release records which secrets of the state belong to other syncs now. It stands behind their resources: once it is
// in the state, they are retained there, and the next run leaves them out without losing them on the platform. It is
// not in the published schema.
type Release struct{}

// ReleaseArgs are the inputs of Release, and its state.
type ReleaseArgs struct {
	// Owners are the ownership tags of the other syncs, by the resource name of the secret.
	Owners map[string]string `pulumi:"owners"`
}

// Create records what was released.
func (Release) Create(
	_ context.Context, req infer.CreateRequest[ReleaseArgs],
) (infer.CreateResponse[ReleaseArgs], error) {
	return infer.CreateResponse[ReleaseArgs]{ID: "release", Output: req.Inputs}, nil
}

// Update records what was released.
func (Release) Update(
	_ context.Context, req infer.UpdateRequest[ReleaseArgs, ReleaseArgs],
) (infer.UpdateResponse[ReleaseArgs], error) {
	return infer.UpdateResponse[ReleaseArgs]{Output: req.Inputs}, nil
}

// adoptedElsewhere are those that the state holds, that are not pushed any more, and that belong to another sync now.
func (r *Registration) adoptedElsewhere() []Secret {
	var released []Secret
	for _, item := range r.lost {
		owner := r.foundLost[item.identity(r.Request.Platform.Name)].Sync
		if owner != "" && !r.pushes(r.LogicalOf(item)) && r.before.released[r.LogicalOf(item)] == "" {
			released = append(released, Secret{
				Key: item.Key, Name: item.Name, Owner: owner, released: r.LogicalOf(item),
			})
		}
	}
	return released
}

// AndReleased adds to the secrets that are pushed those that the target stops managing. The engine would delete them.
// Registered once more, as they are and retained, they leave the state with the next run and stay on the platform.
func (r *Registration) AndReleased(secrets []Secret) []Secret {
	return slices.Concat(secrets, r.releases)
}

// Registered notes the resource of a secret.
func (r *Registration) Registered(s Secret, resource pulumi.Resource) {
	if s.Owner != "" {
		r.released = append(r.released, resource)
	}
}

// warnOfOwners tells which secrets belong to other syncs.
func (r *Registration) warnOfOwners() error {
	owners := map[string]string{}
	for _, item := range r.itemsInState() {
		id := item.identity(r.Request.Platform.Name)
		owners[id] = cmp.Or(r.foundLost[id].Sync, r.found[item.Name].Sync)
	}
	for _, id := range slices.Sorted(maps.Keys(owners)) {
		if owners[id] == "" {
			continue
		}
		text := fmt.Sprintf("%s belongs to %s now: this sync neither changes nor deletes it", id, owners[id])
		if err := r.Ctx.Log.Warn(text, &pulumi.LogArgs{Resource: r.Component}); err != nil {
			return fmt.Errorf("logging: %w", err)
		}
	}
	return nil
}

// recordRelease makes the record, after the resources that it is about.
func (r *Registration) recordRelease() error {
	owners := pulumi.StringMap{}
	for _, s := range r.releases {
		owners[r.Logical(s)] = pulumi.String(s.Owner)
	}
	if len(owners) == 0 {
		return nil
	}
	err := r.Ctx.RegisterResource(ReleaseToken, r.Name, pulumi.Map{"owners": owners}, &pulumi.CustomResourceState{},
		construct.OwnProvider(pulumi.Parent(r.Component), pulumi.DependsOn(r.released))...)
	if err != nil {
		return fmt.Errorf("registering what %s stops managing: %w", r.Name, err)
	}
	return nil
}
