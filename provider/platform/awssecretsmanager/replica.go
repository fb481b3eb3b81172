package awssecretsmanager

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/secretsmanager"
)

// replicationFailed is the status of a replica that AWS failed to create. Neither AWS nor the provider tries again.
// Source: https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ReplicationStatusType.html
const replicationFailed = "Failed"

// failedReplicas returns an error message for each replica that AWS failed to create.
func failedReplicas(name string, replicas []secretsmanager.SecretReplica) []string {
	faults := []string{}
	for _, replica := range replicas {
		if replica.Status == nil || *replica.Status != replicationFailed {
			continue
		}
		why := "AWS gives no reason"
		if message := replica.StatusMessage; message != nil && *message != "" {
			why = fmt.Sprintf("AWS says %q", *message)
		}
		faults = append(faults, fmt.Sprintf("secret %s was written, but AWS did not replicate it to %s: %s. Fix "+
			"the cause, then choose Retry replication for the secret in the AWS "+
			"console", name, replica.Region, why))
	}
	return faults
}
