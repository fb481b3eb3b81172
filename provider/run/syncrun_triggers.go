package run

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
)

// digest is one text for a set of triggers, whatever their kinds, and of secrets. It is kept as a secret: a digest of a
// short secret can be guessed.
func digest(args SyncRunArgs) string {
	triggers := map[string]any{}
	maps.Copy(triggers, args.Triggers)
	if len(args.Secrets) > 0 {
		triggers["\x00secrets"] = args.Secrets // which no trigger is called
	}
	// Maps are written with sorted keys.
	text, err := json.Marshal(triggers)
	if err != nil { // infinity, which JSON does not have, and fmt does; it sorts keys, too
		text = fmt.Append(nil, triggers)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}
