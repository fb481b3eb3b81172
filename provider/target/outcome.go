package target

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/escsync/pulumi-escsync/provider/internal/construct"
	"github.com/escsync/pulumi-escsync/provider/internal/refusal"
)

// OutcomeToken is the resource type of Outcome.
const OutcomeToken = "escsync:index:Outcome" //nolint:gosec // A type token is no credential.

// Outcome fails a run with what the platform reports about secrets after they are written, such as a failed replica.
// It depends on all of them, so every secret is written first. It writes nothing itself. A preview or a destroy does
// not create it, and so does not fail. It is not in the published schema.
type Outcome struct{}

// OutcomeArgs are the inputs of Outcome. Its state is the same type, without faults.
type OutcomeArgs struct {
	// Faults are error messages. They contain no values.
	Faults []string `pulumi:"faults"`
}

// Create fails if there are faults.
func (Outcome) Create(
	ctx context.Context, req infer.CreateRequest[OutcomeArgs],
) (infer.CreateResponse[OutcomeArgs], error) {
	return infer.CreateResponse[OutcomeArgs]{ID: "outcome", Output: req.Inputs}, req.Inputs.fail(ctx, req.DryRun)
}

// Update fails if there are faults.
func (Outcome) Update(
	ctx context.Context, req infer.UpdateRequest[OutcomeArgs, OutcomeArgs],
) (infer.UpdateResponse[OutcomeArgs], error) {
	return infer.UpdateResponse[OutcomeArgs]{Output: req.Inputs}, req.Inputs.fail(ctx, req.DryRun)
}

func (a OutcomeArgs) fail(ctx context.Context, preview bool) error {
	if preview || len(a.Faults) == 0 {
		return nil
	}
	p.GetLogger(ctx).Info(refusal.Encode(a.Faults, nil))
	return errors.New(strings.Join(a.Faults, "\n"))
}

// Settled records what the platform reports about a written secret: faults are error messages without values. The run
// fails with them after all secrets are written.
func (r *Registration) Settled(resource pulumi.Resource, faults pulumi.StringArrayOutput) {
	r.settled, r.faults = append(r.settled, resource), append(r.faults, faults)
}

// registerOutcome registers the Outcome, if the platform reports any.
func (r *Registration) registerOutcome() error {
	if len(r.settled) == 0 {
		return nil
	}
	faults := pulumi.All(r.faults...).ApplyT(func(all []any) []string {
		found := []string{}
		for _, faults := range all {
			found = slices.Concat(found, faults.([]string))
		}
		return found
	}).(pulumi.StringArrayOutput)
	err := r.Ctx.RegisterResource(OutcomeToken, r.Name, pulumi.Map{"faults": faults}, &pulumi.CustomResourceState{},
		construct.OwnProvider(pulumi.Parent(r.Component), pulumi.DependsOn(r.settled))...)
	if err != nil {
		return fmt.Errorf("registering the outcome of %s: %w", r.Name, err)
	}
	return nil
}
