package resource

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"

	"github.com/blang/semver"
	"github.com/pulumi/pulumi/sdk/v3/go/common/workspace"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"

	"github.com/escsync/pulumi-escsync/provider/target"
)

// bridge is the plugin that runs any Terraform provider. Its parameter selects the provider.
const bridge = "terraform-provider"

// terraform is a Terraform provider without a Pulumi plugin. The zero value means that there is none.
type terraform struct {
	source, version string
}

// readTerraform reads the setting. It requires the version of the bridge plugin too.
func readTerraform(r target.Request) terraform {
	const setting = "terraformProvider"
	if !r.Settings.Has(setting) {
		return terraform{}
	}
	of := r.Settings.Object(setting)
	t := terraform{source: of.Known("source"), version: of.Known("version")}
	for name, check := range map[string]func(string) error{"source": checkSource, "version": checkVersion} {
		text := map[string]string{"source": t.source, "version": t.version}[name]
		if err := check(text); text != "" && err != nil {
			of.Problem(name, "%s", err)
		} else if !of.Has(name) && !of.Unknown(name) {
			of.Problem(name, "required, but not given")
		}
	}
	if !r.Settings.Has("version") && !r.Settings.Unknown("version") {
		r.Settings.Problem("version", "required with %s: the version of the plugin %s", setting, bridge)
	}
	return t
}

var source = regexp.MustCompile(`^([\w.-]+/)?[\w-]+/[\w-]+$`)

func checkSource(text string) error {
	if !source.MatchString(text) {
		return errors.New("must be the source of a Terraform provider, such as hashicorp/tfe")
	}
	return nil
}

// parameter returns the bridge plugin's parameter, in the format of `pulumi package add terraform-provider`.
func (t terraform) parameter() ([]byte, error) {
	text, err := json.Marshal(map[string]any{"remote": map[string]string{"url": t.source, "version": t.version}})
	if err != nil {
		return nil, fmt.Errorf("writing the parameter of %s: %w", bridge, err)
	}
	return text, nil
}

// parameterization describes the package that the bridge plugin provides with the parameter.
func (d resource) parameterization() (*workspace.Parameterization, error) {
	value, err := d.terraform.parameter()
	if err != nil {
		return nil, err
	}
	version, err := semver.Parse(d.terraform.version)
	if err != nil {
		return nil, fmt.Errorf("reading the version %s: %w", d.terraform.version, err)
	}
	return &workspace.Parameterization{Name: d.pkg(), Version: version, Value: value}, nil
}

// reference registers the package with the engine and returns its reference, or "" if the plugin needs no parameter.
func (d resource) reference(ctx *pulumi.Context) (string, error) {
	if d.terraform == (terraform{}) {
		return "", nil
	}
	of, err := d.parameterization()
	if err != nil {
		return "", err
	}
	made, err := ctx.RegisterPackage(&pulumirpc.RegisterPackageRequest{
		Name: bridge, Version: d.version, DownloadUrl: d.downloadURL,
		Parameterization: &pulumirpc.Parameterization{Name: of.Name, Version: of.Version.String(), Value: of.Value},
	})
	if err != nil {
		return "", fmt.Errorf("registering the provider %s: %w", d.terraform.source, err)
	}
	return made.GetRef(), nil
}
