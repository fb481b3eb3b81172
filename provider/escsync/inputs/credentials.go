package inputs

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws/arn"
)

// The pages that the rules come from.
const (
	pageSessions = "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html"
	pageArns     = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns"
	pageIdentity = "https://cloud.google.com/iam/docs/workload-identity-federation"
)

var (
	partition = regexp.MustCompile(`^aws(-[a-z0-9]+)*$`)
	// awsAccount is an account, or AWS itself, whose policies everybody can use.
	awsAccount = regexp.MustCompile(`^([0-9]{12}|aws)$`)
)

// checkArn returns what is wrong with the ARN of a role or a policy, or nil.
func checkArn(text, kind string) error {
	parsed, err := arn.Parse(text)
	path, ok := strings.CutPrefix(parsed.Resource, kind+"/")
	if err != nil || parsed.Service != "iam" || parsed.Region != "" || !partition.MatchString(parsed.Partition) ||
		!awsAccount.MatchString(parsed.AccountID) || !ok || path == "" || strings.ContainsAny(path, " \t\n") {
		return fmt.Errorf("must be the ARN of a %s, such as arn:aws:iam::123456789012:%s/name (%s)", kind, kind, pageArns)
	}
	return nil
}

var sessionName = regexp.MustCompile(`^[A-Za-z0-9_+=,.@-]{2,64}$`)

// checkSessionName returns what is wrong with the name of a role's session, or nil.
func checkSessionName(name string) error {
	if !sessionName.MatchString(name) {
		return fmt.Errorf("must have 2 to 64 letters, digits and _ + = , . @ - (%s)", pageSessions)
	}
	return nil
}

var projectNumber = regexp.MustCompile(`^[0-9]+$`)

// checkProjectNumber returns what is wrong with the number of a project, or nil.
func checkProjectNumber(project string) error {
	if !projectNumber.MatchString(project) {
		return fmt.Errorf("must be the number of the project, not its id (%s)", pageIdentity)
	}
	return nil
}
