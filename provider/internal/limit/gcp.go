package limit

import (
	"fmt"
	"regexp"
	"slices"
)

const (
	gcpRegions  = "https://cloud.google.com/secret-manager/docs/locations"
	gcpKeys     = "https://cloud.google.com/secret-manager/docs/cmek"
	gcpProjects = "https://cloud.google.com/resource-manager/docs/creating-managing-projects"
	gcpIdentity = "https://cloud.google.com/iam/docs/workload-identity-federation"
)

// gcpRegion takes regions of continents and directions to come.
var gcpRegion = regexp.MustCompile(`^[a-z]+(-[a-z]+)+[0-9]+$`)

// GcpRegion returns what is wrong with the name of a region, or nil.
func GcpRegion(region string) error {
	if !gcpRegion.MatchString(region) {
		return fmt.Errorf("must be a region, such as europe-west1: neither a zone nor a multi-region (%s)", gcpRegions)
	}
	return nil
}

// gcpProject is an id, with the domain of an organization of old before it.
var gcpProject = regexp.MustCompile(`^([a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$`)

// GcpProject returns what is wrong with the id of a project, or nil. Its number is refused, which Google takes: with the
// other spelling every secret would look like another one, and be deleted under its old name.
func GcpProject(project string) error {
	if !gcpProject.MatchString(project) {
		return fmt.Errorf("must be the id of a project, neither its number nor its display name: 6 to 30 small "+
			"letters, digits and hyphens, beginning with a letter (%s)", gcpProjects)
	}
	return nil
}

var gcpProjectNumber = regexp.MustCompile(`^[0-9]+$`)

// GcpProjectNumber returns what is wrong with the number of a project, or nil.
func GcpProjectNumber(project string) error {
	if !gcpProjectNumber.MatchString(project) {
		return fmt.Errorf("must be the number of the project, not its id (%s)", gcpIdentity)
	}
	return nil
}

var gcpKmsKey = regexp.MustCompile(`^projects/[^/]+/locations/([^/]+)/keyRings/[^/]+/cryptoKeys/[^/]+$`)

// GcpKmsKey returns what is wrong with a key that encrypts a secret in regions, or nil. Without regions Google
// replicates automatically.
func GcpKmsKey(name string, regions []string) error {
	parts := gcpKmsKey.FindStringSubmatch(name)
	switch {
	case parts == nil:
		return fmt.Errorf("must be projects/<project>/locations/<location>/keyRings/<ring>/cryptoKeys/<key> (%s)", gcpKeys)
	case len(regions) == 0 && parts[1] != "global":
		return fmt.Errorf("must be a key of the location global, as the secret has no regions (%s)", gcpKeys)
	case len(regions) > 0 && !slices.Contains(regions, parts[1]):
		return fmt.Errorf("must be a key of the secret's region (%s)", gcpKeys)
	}
	return nil
}
