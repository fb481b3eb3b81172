// Package construct has what every component here needs of a request to construct it.
package construct

import (
	"errors"
	"regexp"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/escsync/pulumi-escsync/provider/version"
)

var errChildFailed = errors.New("one of its resources failed, or the operation was interrupted: see the other errors")

// Failure is the error of a component whose construction ended early. Where a child fails, the engine tells
// why at that child, and cancels what the component still waits for; of that the SDK makes "awaiting input property
// ...: context canceled", which would stand below the reason and hide it. Of a function of this package that fails only
// what it says itself is left: what waited for it is nobody's business.
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

// ownFunction is what the engine says of a function of this package that fails.
var ownFunction = regexp.MustCompile(`(?s)invocation of ` + version.Name + `:index:\w+ returned an error: (.*)$`)
