package escsync

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
)

// A warning is one line that names each reason once, and each question once per operation.
func TestUnchecked(t *testing.T) {
	t.Parallel()
	slow, refused := errors.New("no answer"), errors.New("403")
	var i inquiries
	assert.Equal(t, "could not be checked: what is imported, what the last run pushed (no answer); "+
		"which approvals are needed (403)",
		i.news(unchecked{whatIsImported: slow, whatWasPushed: slow, whatIsApproved: refused}).text())
	assert.Empty(t, i.news(unchecked{whatIsImported: refused, whatWasPushed: slow}))
	assert.Empty(t, new(inquiries).news(unchecked{whatIsImported: nil}))
}
