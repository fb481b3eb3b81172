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

// ReleaseToken is the resource type that records what a target has stopped managing.
const ReleaseToken = "escsync:index:Release" //nolint:gosec // A type token is no credential.

// Release records which secrets in the state now belong to other syncs. It depends on their resources, so once it is
// in the state, they are retained there, too. The next run can then drop them, and they stay on the platform. It is
// not in the published schema.
type Release struct{}

// ReleaseArgs are the inputs and the state of Release.
type ReleaseArgs struct {
	// Owners maps the resource name of each secret to the ownership tag of the sync that owns it now.
	Owners map[string]string `pulumi:"owners"`
}

// Create records the owners.
func (Release) Create(
	_ context.Context, req infer.CreateRequest[ReleaseArgs],
) (infer.CreateResponse[ReleaseArgs], error) {
	return infer.CreateResponse[ReleaseArgs]{ID: "release", Output: req.Inputs}, nil
}

// Update records the owners.
func (Release) Update(
	_ context.Context, req infer.UpdateRequest[ReleaseArgs, ReleaseArgs],
) (infer.UpdateResponse[ReleaseArgs], error) {
	return infer.UpdateResponse[ReleaseArgs]{Output: req.Inputs}, nil
}

// adoptedElsewhere returns the secrets that are in the state, are no longer pushed, and now belong to another sync.
func (r *Registration) adoptedElsewhere() []Secret {
	var released []Secret
	for _, item := range r.lost {
		owner, name := r.foundLost[item.identity(r.Request.Platform.Name)].Sync, r.LogicalOf(item)
		if owner != "" && !r.pushes(name) && r.before.released[name] == "" {
			released = append(released, Secret{Key: item.Key, Name: item.Name, Owner: owner, released: name})
		}
	}
	return released
}

// AndReleased appends to the pushed secrets those that the target stops managing. The engine would delete them if
// they were simply dropped. Registering them once more, unchanged and retained, lets the next run remove them from
// the state while they stay on the platform.
func (r *Registration) AndReleased(secrets []Secret) []Secret {
	return slices.Concat(secrets, r.releases)
}

// Registered records the resource of a secret that the target stops managing.
func (r *Registration) Registered(s Secret, resource pulumi.Resource) {
	if s.Owner != "" {
		r.released = append(r.released, resource)
	}
}

// warnOfOwners warns of secrets that belong to other syncs.
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

// recordRelease registers the Release, after the resources that it records.
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
