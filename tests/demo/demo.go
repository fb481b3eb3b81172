package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"

	"github.com/escsync/pulumi-escsync/provider/version"
	"github.com/escsync/pulumi-escsync/tests/harness"
	"github.com/escsync/pulumi-escsync/tests/platforms"
)

// Names that examples/yaml declares.
const (
	program        = "examples/yaml"
	userStack      = "escsync-example-yaml/dev"
	targetStack    = "escsync-target/escsync-example-yaml-dev-sync"
	firstPassword  = "first $ecret ${not} \"quoted\" 'twice' <&> \\\nand a second line"
	secondPassword = "second $$ecret ${not} \"quoted\" 'twice' <&> \\\nand a second line"
)

// controlPlane lists the resources that the component must create, including itself.
var controlPlane = []string{
	"EscSync", "Environment", "Stack", "DeploymentSettings", "DeploymentSchedule", "Webhook",
}

// demo is one run of the demo.
type demo struct {
	report      *report
	destination destination
	tools       harness.Tools
	platform    platforms.Platform
	harness     *harness.Harness
	// shown are the platform's secrets when they were last printed.
	shown map[string]string
}

// run runs all steps. It leaves nothing running, even if a step fails.
func (d *demo) run(ctx context.Context) (err error) {
	d.report.hide(firstPassword)
	d.report.hide(secondPassword)
	defer func() { err = errors.Join(err, d.close()) }()
	for _, step := range []struct {
		title  string
		before time.Duration
		do     func(context.Context) ([]string, error)
	}{
		{"Build the provider plugin and what the engine needs", buildTime(), d.build},
		{"Start the local Pulumi Cloud and the platform", 0, d.start},
		{"Create the source environment " + harness.PatternEnvironment + ", tag it " + harness.PatternTag, 0, d.createSource},
		{"Run `pulumi up` of " + program + d.destination.difference(), 0, d.up},
		{"Start a deployment of the target stack by hand", 0, d.deploy},
		{"Change the password in the source environment and move the tag", 0, d.changePassword},
		{"Let an hour pass, look for leaks, clean up", 0, d.finish},
	} {
		err := d.report.step(step.title, step.before, func() ([]string, error) { return step.do(ctx) })
		if err != nil {
			return err
		}
	}
	return nil
}

// close stops everything that start started.
func (d *demo) close() error {
	var errs []error
	if d.harness != nil {
		errs = append(errs, d.harness.Close())
		d.harness = nil
	}
	if d.platform != nil {
		errs = append(errs, d.platform.Close())
		d.platform = nil
	}
	return errors.Join(errs...)
}

// buildTime returns how long make took to build, from the environment.
func buildTime() time.Duration {
	seconds, err := strconv.Atoi(os.Getenv("ESCSYNC_BUILD_SECONDS"))
	if err != nil {
		return 0
	}
	return time.Duration(seconds) * time.Second
}

func (d *demo) build(ctx context.Context) ([]string, error) {
	var err error
	if d.tools, err = harness.FindTools(); err != nil {
		return nil, err
	}
	cli, err := d.tools.PulumiVersion(ctx)
	if err != nil {
		return nil, err
	}
	return []string{fmt.Sprintf("Pulumi CLI %s, provider %s %s", cli, version.Name, version.Version)}, nil
}

func (d *demo) start(ctx context.Context) ([]string, error) {
	var err error
	if d.platform, err = d.destination.Server.Start(ctx); err != nil {
		return nil, err
	}
	options := harness.Options{Environment: d.platform.Environment(), RealExecutor: true}
	if d.harness, err = harness.Start(ctx, options); err != nil {
		return nil, err
	}
	if emulated, ok := d.platform.(platforms.Emulated); ok {
		if err := emulated.Connect(d.harness.AWS("")); err != nil {
			return nil, err
		}
	}
	return append([]string{d.destination.Server.About}, d.harness.Notes()...), nil
}

func (d *demo) createSource(ctx context.Context) ([]string, error) {
	definition := harness.PatternDefinition(firstPassword)
	if err := d.harness.CreateEnvironment(ctx, harness.PatternEnvironment, definition); err != nil {
		return nil, err
	}
	if err := d.harness.TagEnvironment(ctx, harness.PatternEnvironment, harness.PatternTag); err != nil {
		return nil, err
	}
	return []string{"my-imported-env-foo, -bar, and -password: a secret with $, quotes and a line break"}, nil
}

func (d *demo) up(ctx context.Context) ([]string, error) {
	dir, err := d.program()
	if err != nil {
		return nil, err
	}
	result, err := d.harness.Up(ctx, dir, userStack)
	if err != nil {
		return nil, err
	}
	var created []string
	for _, step := range result.Steps {
		// The stack and the default providers belong to the engine, not to the program.
		if step.Op == apitype.OpCreate && !strings.HasPrefix(step.Type, "pulumi:") {
			created = append(created, step.Type[strings.LastIndex(step.Type, ":")+1:])
		}
	}
	for _, kind := range controlPlane {
		if !slices.Contains(created, kind) {
			return nil, fmt.Errorf("no %s was created, only %s", kind, strings.Join(created, ", "))
		}
	}
	preview, err := d.harness.Preview(ctx, dir, userStack)
	if err != nil {
		return nil, err
	}
	if changes := preview.Changes(); len(changes) > 0 {
		return nil, fmt.Errorf("a preview after it would change something: %v", changes)
	}
	findings, err := d.check(ctx, d.harness.Deployments(targetStack), version.Name, firstPassword)
	made := []string{"created " + strings.Join(created, ", "), "a preview after it shows no change"}
	return append(made, findings...), err
}

func (d *demo) deploy(ctx context.Context) ([]string, error) {
	deployments, err := d.harness.Deploy(ctx, "update", targetStack)
	if err != nil {
		return nil, err
	}
	// The CLI calls itself automation-api.
	findings, err := d.check(ctx, deployments, "automation-api", firstPassword)
	if err != nil {
		return findings, err
	}
	return findings, requireNoChange(deployments)
}

func (d *demo) changePassword(ctx context.Context) ([]string, error) {
	before := len(d.harness.Deployments(targetStack))
	definition := harness.PatternDefinition(secondPassword)
	if err := d.harness.UpdateEnvironment(ctx, harness.PatternEnvironment, definition); err != nil {
		return nil, err
	}
	if after := len(d.harness.Deployments(targetStack)); after != before {
		return nil, fmt.Errorf("a deployment started although the tag %s had not moved", harness.PatternTag)
	}
	if err := d.harness.TagEnvironment(ctx, harness.PatternEnvironment, harness.PatternTag); err != nil {
		return nil, err
	}
	deployments, err := d.harness.WaitForDeployments(ctx, targetStack)
	if err != nil {
		return nil, err
	}
	if len(deployments) != before+1 {
		return nil, fmt.Errorf("moving the tag started %d deployments, not one", len(deployments)-before)
	}
	findings, err := d.check(ctx, deployments, "webhook", secondPassword)
	return append(findings, "(that a moved tag fires the webhook is an assumption of the local cloud)"), err
}

// program writes the program, and returns its folder.
func (d *demo) program() (string, error) {
	example, err := os.ReadFile(filepath.Join(d.tools.Repository, program, "Pulumi.yaml"))
	if err != nil {
		return "", fmt.Errorf("reading the program: %w", err)
	}
	text, err := d.destination.program(string(example))
	if err != nil {
		return "", err
	}
	return d.harness.WriteProgram(text)
}

func (d *demo) finish(ctx context.Context) ([]string, error) {
	before := len(d.harness.Deployments(targetStack))
	d.harness.Cloud.AdvanceClock(time.Hour)
	deployments, err := d.harness.WaitForDeployments(ctx, targetStack)
	if err != nil {
		return nil, err
	}
	if len(deployments) != before+1 {
		return nil, fmt.Errorf("an hour started %d deployments, not one", len(deployments)-before)
	}
	findings, err := d.check(ctx, deployments, "schedule", secondPassword)
	if err != nil {
		return findings, err
	}
	if err := requireNoChange(deployments); err != nil {
		return findings, err
	}
	texts := d.harness.Transcript()
	for _, password := range []string{firstPassword, secondPassword} {
		if leaks := harness.Leaks(texts, password); len(leaks) > 0 {
			return findings, fmt.Errorf("a password stands in plain text in: %s", strings.Join(leaks, "; "))
		}
	}
	findings = append(findings, fmt.Sprintf("no password in any of %d states, logs, events and outputs", len(texts)))
	if err := d.close(); err != nil {
		return findings, err
	}
	return append(findings, "no process and no temporary folder left"), nil
}
