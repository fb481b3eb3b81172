package run

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"github.com/escsync/pulumi-escsync/provider/run/deployments"
)

// inquiryTimeout is how long a preview waits for all that it asks the service about one sync.
const inquiryTimeout = 5 * time.Second

// errSlow says that the service did not answer in time.
var errSlow = fmt.Errorf("no response within %s", inquiryTimeout)

// Inquiry asks the service what a program cannot know of a sync, as whoever the provider acts as. It changes nothing,
// asks each question once, and ends after 5 seconds, however many questions there are. Its errors hold nothing of what
// was sent or answered. It is safe for concurrent use.
type Inquiry struct {
	client *deployments.Client
	ctx    context.Context //nolint:containedctx // the 5 seconds are those of all questions together
	cancel context.CancelFunc
}

// Inquire begins an inquiry, which its user ends. An error says why there is nobody to ask, or no right to.
func Inquire(ctx context.Context) (*Inquiry, error) {
	client, err := systemCloud().client(ctx)
	if err != nil {
		return nil, err
	}
	return inquire(ctx, client), nil
}

func inquire(ctx context.Context, client *deployments.Client) *Inquiry {
	ctx, cancel := context.WithTimeoutCause(ctx, inquiryTimeout, errSlow)
	return &Inquiry{client, ctx, cancel}
}

// End stops what is still being asked.
func (i *Inquiry) End() { i.cancel() }

// Slow says whether the time was over before all was answered.
func (i *Inquiry) Slow() bool { return errors.Is(context.Cause(i.ctx), errSlow) }

// Client is for questions of the caller's own, in the context that ends with the inquiry. Their errors go through
// Failure.
func (i *Inquiry) Client() (context.Context, *deployments.Client) { return i.ctx, i.client }

// Check has the service evaluate a definition.
func (i *Inquiry) Check(organization, definition string) (deployments.Checked, error) {
	checked, err := i.client.Check(i.ctx, organization, deployments.Definition(definition))
	return checked, i.Failure(err)
}

// CheckStored has the service evaluate the definition that an environment has now. False: there is no such environment.
func (i *Inquiry) CheckStored(environment deployments.Environment) (deployments.Checked, bool, error) {
	checked, err := i.client.CheckStored(i.ctx, environment)
	if deployments.IsNotFound(err) {
		return deployments.Checked{}, false, nil
	}
	return checked, true, i.Failure(err)
}

// Outputs are those of the resources of one type in the state of a stack, without their secrets. There are none where
// there is no such stack.
func (i *Inquiry) Outputs(stack deployments.Stack, resourceType string) ([]property.Map, error) {
	outputs, err := i.client.Outputs(i.ctx, stack, resourceType)
	if deployments.IsNotFound(err) {
		return nil, nil
	}
	return outputs, i.Failure(err)
}

// Failure drops what an answer may have quoted of what was sent, or of what a state holds: what decoding stumbled over,
// and the reason for a status that is not about who asks.
func (i *Inquiry) Failure(err error) error {
	if err != nil && i.Slow() {
		return errSlow
	}
	failure, ok := errors.AsType[*deployments.Failure](err)
	if !ok {
		return err
	}
	switch failure.Status {
	case 0:
		if failure.Sent {
			return errors.New("the response cannot be read")
		}
		return err
	case http.StatusUnauthorized, http.StatusPaymentRequired, http.StatusForbidden, http.StatusNotFound:
		return err
	}
	//nolint:staticcheck // a name
	return fmt.Errorf("Pulumi Cloud answered %d %s", failure.Status, http.StatusText(failure.Status))
}
