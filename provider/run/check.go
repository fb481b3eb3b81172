package run

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/escsync/pulumi-escsync/provider/run/deployments"
)

// checkPatience is how long a preview waits to be told about a definition.
const checkPatience = 5 * time.Second

var errSlow = fmt.Errorf("no answer within %s", checkPatience)

// Check has the service evaluate a definition, as whoever the provider acts as. An error says why it could not, and
// holds nothing of the definition or the answer.
func Check(ctx context.Context, organization, definition string) (deployments.Checked, error) {
	client, err := systemCloud().client(ctx)
	if err != nil {
		return deployments.Checked{}, err
	}
	return check(ctx, client, organization, definition)
}

func check(
	ctx context.Context, client *deployments.Client, organization, definition string,
) (deployments.Checked, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, checkPatience, errSlow)
	defer cancel()
	checked, err := client.Check(ctx, organization, deployments.Definition(definition))
	if err != nil && errors.Is(context.Cause(ctx), errSlow) {
		err = errSlow
	}
	return checked, withoutAnswer(err)
}

// withoutAnswer drops what an answer may have quoted of the definition: what decoding stumbled over, and the reason for
// a status that is not about who asks.
func withoutAnswer(err error) error {
	failure, ok := errors.AsType[*deployments.Failure](err)
	if !ok {
		return err
	}
	switch failure.Status {
	case 0:
		if failure.Sent {
			return errors.New("the answer cannot be read")
		}
		return err
	case http.StatusUnauthorized, http.StatusPaymentRequired, http.StatusForbidden, http.StatusNotFound:
		return err
	}
	return fmt.Errorf("the service answers %d %s", failure.Status, http.StatusText(failure.Status))
}
