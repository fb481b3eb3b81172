package gcpsecretmanager

import (
	"fmt"
	"regexp"
	"slices"

	"github.com/escsync/pulumi-escsync/provider/target/limit"
)

// The pages that document the limits.
//
//nolint:gosec // These are addresses of documentation, not credentials.
const (
	pageCreate   = "https://cloud.google.com/secret-manager/docs/reference/rest/v1/projects.secrets/create"
	pageQuotas   = "https://cloud.google.com/secret-manager/quotas"
	pageSecret   = "https://cloud.google.com/secret-manager/docs/reference/rest/v1/projects.secrets"
	pageRegions  = "https://cloud.google.com/secret-manager/docs/locations"
	pageKeys     = "https://cloud.google.com/secret-manager/docs/cmek"
	pageProjects = "https://cloud.google.com/resource-manager/docs/creating-managing-projects"
)

// The limits of GCP Secret Manager.
var (
	nameLimit = limit.Name{
		Pattern:   regexp.MustCompile(`^[A-Za-z0-9_-]+$`),
		Grammar:   "a name has letters, digits, _ and - only",
		MaxLength: 255,
		Source:    pageCreate,
	}
	valueLimit = limit.Value{MaxBytes: 65536, Source: pageQuotas}
	labelLimit = limit.Tags{
		Max: 64,
		Key: limit.Both(limit.Both(limit.Characters(1, 63), limit.Bytes(128)), limit.Matching(
			`^[\p{Ll}\p{Lo}][\p{Ll}\p{Lo}\p{N}_-]*$`,
			"must have lowercase letters, digits, _ and - only, and start with a letter")),
		Value: limit.Both(limit.Both(limit.Characters(0, 63), limit.Bytes(128)), limit.Matching(`^[\p{Ll}\p{Lo}\p{N}_-]*$`,
			"must have lowercase letters, digits, _ and - only")),
		Source: pageSecret,
	}
	annotationLimit = limit.Tags{
		// The difference is reserved for the longest ownership annotation.
		MaxBytes: 16<<10 - 2048,
		Key: limit.Both(limit.Characters(1, 63), limit.Matching(`^[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?$`,
			"must have letters, digits, - _ and . only, and start and end with a letter or digit")),
		Value: limit.Anything, Source: pageSecret,
	}
)

// region leaves room for future regions.
var region = regexp.MustCompile(`^[a-z]+(-[a-z]+)+[0-9]+$`)

// checkRegion returns what is wrong with a region name, or nil.
func checkRegion(name string) error {
	if !region.MatchString(name) {
		return fmt.Errorf("must be a region, such as europe-west1, not a zone or a multi-region (%s)", pageRegions)
	}
	return nil
}

// projectID matches a project ID. Old IDs start with an organization's domain.
var projectID = regexp.MustCompile(`^([a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$`)

// checkProject returns what is wrong with a project ID, or nil. Google also accepts a project number, but it is
// refused here: changing a project from ID to number would make every secret look like a new one, and the old ones
// would be deleted.
func checkProject(project string) error {
	if !projectID.MatchString(project) {
		return fmt.Errorf("must be a project id, not a project number or a display name: 6 to 30 lowercase "+
			"letters, digits and hyphens, starting with a letter (%s)", pageProjects)
	}
	return nil
}

var kmsKey = regexp.MustCompile(`^projects/[^/]+/locations/([^/]+)/keyRings/[^/]+/cryptoKeys/[^/]+$`)

// checkKmsKey returns what is wrong with a KMS key for a secret in these regions, or nil. Without regions, Google
// replicates automatically.
func checkKmsKey(name string, regions []string) error {
	parts := kmsKey.FindStringSubmatch(name)
	switch {
	case parts == nil:
		return fmt.Errorf("must be projects/<project>/locations/<location>/keyRings/<ring>/cryptoKeys/<key> (%s)", pageKeys)
	case len(regions) == 0 && parts[1] != "global":
		return fmt.Errorf("must be a key in the location global, because the secret has no regions (%s)", pageKeys)
	case len(regions) > 0 && !slices.Contains(regions, parts[1]):
		return fmt.Errorf("must be a key in the secret's region (%s)", pageKeys)
	}
	return nil
}
