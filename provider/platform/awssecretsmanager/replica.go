package awssecretsmanager

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/secretsmanager"
)

// replicationFailed is what AWS says of a replica that it could not make. Nobody tries again by itself.
// Source: https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ReplicationStatusType.html
const replicationFailed = "Failed"

// failedReplicas says which replicas of a secret AWS could not make, and why.
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
		faults = append(faults, fmt.Sprintf("secret %s is written, but its replica in %s failed: %s. Remove the cause, and "+
			"choose Retry replication for the secret in the console of AWS", name, replica.Region, why))
	}
	return faults
}
