package main

import (
	"fmt"
	"sort"
	"strings"

	"github.com/escsync/pulumi-escsync/tests/pulumicloud"
)

// requireNoChange fails if the newest deployment changed something.
func requireNoChange(deployments []pulumicloud.Deployment) error {
	if changes := deployments[len(deployments)-1].Changes(); len(changes) > 0 {
		return fmt.Errorf("the deployment changed something: %v", changes)
	}
	return nil
}

func describeChanges(deployment pulumicloud.Deployment) string {
	changes := deployment.Changes()
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
