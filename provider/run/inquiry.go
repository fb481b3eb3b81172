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

// inquiryTimeout limits how long a preview waits for all answers about one sync.
const inquiryTimeout = 5 * time.Second

// errSlow reports that inquiryTimeout is over.
var errSlow = fmt.Errorf("no response within %s", inquiryTimeout)

// Inquiry asks Pulumi Cloud, with the provider's credentials, what the program cannot know about a sync. It changes
// nothing, does not retry, and ends after 5 seconds, regardless of the number of questions. Its errors never quote a
// request or a response. It is safe for concurrent use.
type Inquiry struct {
	client *deployments.Client
	ctx    context.Context //nolint:containedctx // the 5 seconds are those of all questions together
	cancel context.CancelFunc
}

// Inquire starts an inquiry. The caller must call End. The error reports missing or invalid credentials.
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

// End cancels the calls that are still open.
func (i *Inquiry) End() { i.cancel() }

// Slow reports whether the 5 seconds ended before all answers arrived.
func (i *Inquiry) Slow() bool { return errors.Is(context.Cause(i.ctx), errSlow) }

// Client returns a client for further questions, and the context of the inquiry for them. Pass their errors through
// Failure.
func (i *Inquiry) Client() (context.Context, *deployments.Client) { return i.ctx, i.client }

// Check evaluates a definition without storing it.
func (i *Inquiry) Check(organization, definition string) (deployments.Checked, error) {
	checked, err := i.client.Check(i.ctx, organization, deployments.Definition(definition))
	return checked, i.Failure(err)
}

// CheckStored evaluates the stored definition of an environment. It returns false if the environment does not exist.
func (i *Inquiry) CheckStored(environment deployments.Environment) (deployments.Checked, bool, error) {
	checked, err := i.client.CheckStored(i.ctx, environment)
	if deployments.IsNotFound(err) {
		return deployments.Checked{}, false, nil
	}
	return checked, true, i.Failure(err)
}

// Outputs returns the outputs of all resources of a type in the state of a stack, with null for secrets. There are none
// if the stack does not exist.
func (i *Inquiry) Outputs(stack deployments.Stack, resourceType string) ([]property.Map, error) {
	outputs, err := i.client.Outputs(i.ctx, stack, resourceType)
	if deployments.IsNotFound(err) {
		return nil, nil
	}
	return outputs, i.Failure(err)
}

// Failure removes what a response may quote from a request or a state: decoding errors, and the message of any status
// that is not about the caller's rights.
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
