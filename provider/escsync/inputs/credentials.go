package inputs

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws/arn"
)

// The pages that define the rules.
const (
	pageSessions = "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html"
	pageArns     = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns"
	pageIdentity = "https://cloud.google.com/iam/docs/workload-identity-federation"
)

var (
	partition = regexp.MustCompile(`^aws(-[a-z0-9]+)*$`)
	// awsAccount matches an account, or AWS itself, which owns the managed policies.
	awsAccount = regexp.MustCompile(`^([0-9]{12}|aws)$`)
)

// checkArn returns an error unless text is the ARN of a role or a policy.
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

// checkSessionName returns an error unless name is valid for a role's session.
func checkSessionName(name string) error {
	if !sessionName.MatchString(name) {
		return fmt.Errorf("must have 2 to 64 letters, digits and _ + = , . @ - (%s)", pageSessions)
	}
	return nil
}

var projectNumber = regexp.MustCompile(`^[0-9]+$`)

// checkProjectNumber returns an error unless project is the number of a project.
func checkProjectNumber(project string) error {
	if !projectNumber.MatchString(project) {
		return fmt.Errorf("must be the number of the project, not its id (%s)", pageIdentity)
	}
	return nil
}
