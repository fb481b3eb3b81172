package aws

import (
	"context"
	"fmt"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager/types"
)

func replicaRegions(replicas []secretReplica) []types.ReplicaRegionType {
	var regions []types.ReplicaRegionType
	for _, replica := range replicas {
		regions = append(regions, types.ReplicaRegionType{Region: &replica.Region, KmsKeyId: optional(replica.KMSKeyID)})
	}
	return regions
}

// replicasIn converts the replicas that AWS reports.
func replicasIn(statuses []types.ReplicationStatusType) []secretReplica {
	var replicas []secretReplica
	for _, status := range statuses {
		replicas = append(replicas, secretReplica{
			KMSKeyID: sdk.ToString(status.KmsKeyId), Region: sdk.ToString(status.Region),
			Status: string(status.Status), StatusMessage: sdk.ToString(status.StatusMessage),
		})
	}
	return replicas
}

// replicaInputs returns the inputs of the replicas. A key that was not given is computed.
func replicaInputs(replicas []secretReplica) []secretReplica {
	var inputs []secretReplica
	for _, replica := range replicas {
		input := secretReplica{Region: replica.Region}
		if replica.KMSKeyID != "alias/aws/secretsmanager" {
			input.KMSKeyID = replica.KMSKeyID
		}
		inputs = append(inputs, input)
	}
	return inputs
}

// changeReplicas removes old replicas and adds new ones. A changed key does both.
func (a *account) changeReplicas(ctx context.Context, id string, old []secretReplica, wanted secretState) error {
	keep := map[secretReplica]bool{}
	for _, replica := range wanted.Replicas {
		keep[replica] = true
	}
	var remove []string
	for _, replica := range old {
		if keep[replica] {
			delete(keep, replica)
			continue
		}
		remove = append(remove, replica.Region)
	}
	if len(remove) > 0 {
		_, err := a.secrets.RemoveRegionsFromReplication(ctx, &secretsmanager.RemoveRegionsFromReplicationInput{
			SecretId: &id, RemoveReplicaRegions: remove,
		})
		if err != nil {
			return fmt.Errorf("deleting Secrets Manager Secret (%s) replica: %w", id, err)
		}
	}
	var add []secretReplica
	for replica := range keep {
		add = append(add, replica)
	}
	if len(add) == 0 {
		return nil
	}
	_, err := a.secrets.ReplicateSecretToRegions(ctx, &secretsmanager.ReplicateSecretToRegionsInput{
		SecretId: &id, AddReplicaRegions: replicaRegions(add), ForceOverwriteReplicaSecret: wanted.ForceOverwrite,
	})
	if err != nil {
		return fmt.Errorf("creating Secrets Manager Secret (%s) replica: %w", id, err)
	}
	return nil
}
