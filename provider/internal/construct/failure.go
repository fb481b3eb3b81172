// Package construct has what every component here needs of a request to construct it.
package construct

import (
	"errors"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

var errChildFailed = errors.New("one of its resources failed, or the operation was interrupted: see the other errors")

// Failure is the error of a component whose construction ended early. Where a child fails, the engine tells
// why at that child, and cancels what the component still waits for; of that the SDK makes "awaiting input property
// ...: context canceled", which would stand below the reason and hide it.
func Failure(err error) error {
	if status.Code(err) == codes.Canceled {
		return errChildFailed
	}
	return err
}
