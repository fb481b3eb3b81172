package deployments

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
)

// Initiator returns the initiator to start runs with for one purpose, such as a set of triggers. It is the same for the
// same purpose, stack and access token, so that a run whose ID was lost can be found again. It reveals nothing of the
// purpose, which may be derived from secrets, to anyone without the token.
func (c *Client) Initiator(stack Stack, purpose string) string {
	mac := hmac.New(sha256.New, []byte(c.credentials.AccessToken))
	mac.Write([]byte(stack.String() + "\x00" + purpose))
	return "escsync-" + hex.EncodeToString(mac.Sum(nil)[:6])
}
