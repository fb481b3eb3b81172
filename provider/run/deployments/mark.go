package deployments

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
)

// Mark makes the initiator of the runs that are started for one purpose, such as a set of triggers: the same for the
// same purpose, stack and access token, so that a run can be found again whose ID was lost. It tells nothing of the
// purpose, which may be derived from secrets, to who has not the token.
func (c *Client) Mark(stack Stack, purpose string) string {
	mac := hmac.New(sha256.New, []byte(c.credentials.AccessToken))
	mac.Write([]byte(stack.String() + "\x00" + purpose))
	return "escsync-" + hex.EncodeToString(mac.Sum(nil)[:6])
}
