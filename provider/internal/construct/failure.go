// Package construct reads and completes construct requests for every component of this package.
package construct

import (
	"errors"
	"regexp"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/escsync/pulumi-escsync/provider/version"
)

var errChildFailed = errors.New("one of its resources failed, or the operation was interrupted: see the other errors")

// Failure returns the error of a component whose construction ended early. If a child fails, the engine reports the
// reason at that child and cancels everything that the component still waits for. The SDK's "awaiting input property
// ...: context canceled" would then hide the reason, so a short error replaces it. If a function of this package fails,
// only its own message remains, without the inputs that waited for it.
func Failure(err error) error {
	if status.Code(err) == codes.Canceled {
		return errChildFailed
	}
	if err != nil {
		if said := ownFunction.FindStringSubmatch(err.Error()); said != nil {
			return errors.New(said[1])
		}
	}
	return err
}

// ownFunction matches the engine's message about a failed function of this package.
var ownFunction = regexp.MustCompile(`(?s)invocation of ` + version.Name + `:index:\w+ returned an error: (.*)$`)
