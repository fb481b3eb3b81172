package main

import (
	"fmt"
	"sort"
	"strings"

	"github.com/escsync/pulumi-escsync/tests/pulumicloud"
)

// changesOf counts what a deployment changed, by operation. Previews do not count.
func changesOf(deployment pulumicloud.Deployment) map[string]int {
	changes := map[string]int{}
	for _, update := range deployment.Updates {
		for operation, count := range update.ResourceChanges {
			if !update.DryRun && operation != "same" && count > 0 {
				changes[operation] += count
			}
		}
	}
	return changes
}

// requireNoChange fails if the newest deployment changed something.
func requireNoChange(deployments []pulumicloud.Deployment) error {
	if changes := changesOf(deployments[len(deployments)-1]); len(changes) > 0 {
		return fmt.Errorf("the deployment changed something: %v", changes)
	}
	return nil
}

func describeChanges(deployment pulumicloud.Deployment) string {
	changes := changesOf(deployment)
	if len(changes) == 0 {
		return "nothing changed"
	}
	var texts []string
	for operation, count := range changes {
		texts = append(texts, fmt.Sprintf("%s %d", operation, count))
	}
	sort.Strings(texts)
	return strings.Join(texts, ", ")
}
