package deployments

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
)

// Initiator derives the initiator of a run from its purpose, such as a set of triggers. The result is stable for a
// stack and an access token, so that a later call can find a run whose ID was lost. The purpose may be derived from
// secrets; without the token, the initiator reveals nothing of it.
func (c *Client) Initiator(stack Stack, purpose string) string {
	mac := hmac.New(sha256.New, []byte(c.credentials.AccessToken))
	mac.Write([]byte(stack.String() + "\x00" + purpose))
	return "escsync-" + hex.EncodeToString(mac.Sum(nil)[:6])
}
