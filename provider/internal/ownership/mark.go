// Package ownership is the mark that says which sync a secret on a platform belongs to, in the form that each platform
// can hold.
package ownership

import "strings"

// Key is the tag, annotation or metadata key of the mark, where a platform takes any text.
const Key = "escsync:sync-id"

// Mark names a sync for good: <pulumi project>/<pulumi stack>/<resource name>, for example.
type Mark string

// awsTagUnsafe are the characters that AWS refuses in tag values.
// Source: https://docs.aws.amazon.com/general/latest/gr/aws_tagging.html
func awsTagSafe(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune(" +-=._:/@", r)
}

// AWSTag returns the mark as the value of an AWS tag.
func (m Mark) AWSTag() string {
	return encode(string(m), awsTagSafe, 256)
}
