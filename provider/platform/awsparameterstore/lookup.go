package awsparameterstore

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/resourcegroupstaggingapi"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ssm"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/internals"

	"github.com/escsync/pulumi-escsync/provider/platform/aws"
	"github.com/escsync/pulumi-escsync/provider/target"
)

// absent are the texts for "not found" of Terraform's AWS provider, on which Pulumi's is built.
var absent = []string{"couldn't find resource", "ParameterNotFound"}

// mostARNs is the maximum number of ARNs in one call.
// Source: https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_GetResources.html
const mostARNs = 100

// lookUp gets the parameters with our ownership tag in one call. It looks up each of the others by name, and then
// gets the tags of those that exist, because no function of the provider returns the tags of a single parameter.
func (t push) lookUp(r *target.Registration) (map[string]target.Existing, error) {
	owned, err := ownedParameters(r)
	if err != nil {
		return nil, err
	}
	var lock sync.Mutex
	others := map[string]target.Item{}
	found, err := r.LookupEach(absent, func(item target.Item) (target.Existing, error) {
		// The ARN of /a/b ends in :parameter/a/b. So would the ARN of a/b, but such a name is not allowed.
		if tags, ours := owned[strings.TrimPrefix(item.Name, "/")]; ours {
			return r.Tagged(item.Name, tags), nil
		}
		arn, err := find(r, item.Name)
		if err != nil || arn == "" {
			return target.Existing{}, err
		}
		lock.Lock()
		defer lock.Unlock()
		others[arn] = item
		return r.Tagged(item.Name, nil), nil // the tagging API omits parameters without tags
	})
	if err != nil {
		return nil, err
	}
	for arns := range slices.Chunk(slices.Sorted(maps.Keys(others)), mostARNs) {
		tagged, err := aws.Tagged(r, resourcegroupstaggingapi.GetResourcesArgs{ResourceArnLists: arns})
		if err != nil {
			return nil, ownerError(err)
		}
		for arn, tags := range tagged {
			item := others[arn]
			r.Find(found, item, r.Tagged(item.Name, tags))
		}
	}
	return found, nil
}

// ownedParameters returns the tags of the parameters with our ownership tag, by name without the leading slash.
func ownedParameters(r *target.Registration) (map[string]map[string]string, error) {
	tagged, err := aws.Owned(r, "ssm:parameter")
	if err != nil {
		return nil, ownerError(err)
	}
	owned := map[string]map[string]string{}
	for arn, tags := range tagged {
		if _, name, ok := strings.Cut(arn, ":parameter/"); ok {
			owned[name] = tags
		}
	}
	return owned, nil
}

func ownerError(err error) error {
	return target.Asked("looking up who owns the parameters (which needs the permission tag:GetResources)", err)
}

// find returns the ARN of a parameter, or "" if there is none. The provider's function also returns the value. It is
// not needed, so a SecureString stays encrypted. Because the value is secret, the function only exists in its output
// form.
func find(r *target.Registration, name string) (string, error) {
	parameter := ssm.LookupParameterOutput(r.Ctx, ssm.LookupParameterOutputArgs{
		Name: pulumi.String(name), WithDecryption: pulumi.Bool(false),
	}, r.InvokeOptions()...)
	found, err := internals.UnsafeAwaitOutput(r.Ctx.Context(), parameter.Arn())
	if err != nil {
		return "", fmt.Errorf("reading the parameter: %w", err)
	}
	arn, _ := found.Value.(string)
	return arn, nil
}
