package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/escsync/pulumi-escsync/tests/pulumicloud"
)

// check compares the newest deployment and the platform's secrets with the expected ones. initiator is a prefix,
// because the component's own runs add an ID.
func (d *demo) check(
	ctx context.Context, deployments []pulumicloud.Deployment, initiator, password string,
) ([]string, error) {
	if len(deployments) == 0 {
		return nil, fmt.Errorf("no deployment of %s was started", targetStack)
	}
	last := deployments[len(deployments)-1]
	findings := []string{fmt.Sprintf("deployment %d, started by %s: %s, %s", last.Version, last.Initiator, last.Status,
		describeChanges(last))}
	if !strings.HasPrefix(last.Initiator, initiator) || last.Status != "succeeded" {
		return findings, fmt.Errorf("a deployment that is started by %s and succeeds was expected; its log:\n%s",
			initiator, last.Log)
	}
	found, err := d.platform.Secrets(ctx)
	if err != nil {
		return findings, err
	}
	if maps.Equal(found, d.shown) {
		findings = append(findings, "the platform holds the same as before, to the byte")
	} else {
		for _, identity := range slices.Sorted(maps.Keys(found)) {
			findings = append(findings, identity+" = "+found[identity])
		}
		d.shown = found
	}
	if want := d.destination.secrets(password); !maps.Equal(want, found) {
		return findings, fmt.Errorf("the platform does not hold exactly %v", want)
	}
	return findings, nil
}
