package provider

import (
	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// TargetArgs are the inputs of Target.
type TargetArgs struct {
	Payload pulumi.StringInput `pulumi:"payload" provider:"secret"`
}

// Annotate documents the inputs.
func (t *TargetArgs) Annotate(a infer.Annotator) {
	a.Describe(&t.Payload, "What to push and where: the base64 of the JSON that the environment of an EscSync hands "+
		"to its target stack as the configuration value `payload`.")
}

// Target is the component that the built-in target program consists of.
type Target struct {
	pulumi.ResourceState
	TargetResult
}

// Annotate documents the component.
func (t *Target) Annotate(a infer.Annotator) {
	a.Describe(&t, "Pushes the values of a payload to the platform that the payload names: the target half of an "+
		"EscSync. Every key is a resource of its own, so a preview shows what changes by key.\n\n"+
		kubernetesProviderText)
	t.annotate(a)
}

// TargetResult is what every target gives back. Names of secrets are no secrets; their values are.
type TargetResult struct {
	Platform pulumi.StringOutput      `pulumi:"platform"`
	SyncID   pulumi.StringOutput      `pulumi:"syncId"`
	Names    pulumi.StringArrayOutput `pulumi:"names"`
	Count    pulumi.IntOutput         `pulumi:"count"`
}

func (t *TargetResult) annotate(a infer.Annotator) {
	a.Describe(&t.Platform, "The platform that the values were pushed to.")
	a.Describe(&t.SyncID, "The mark that the pushed secrets carry where the platform can hold one.")
	a.Describe(&t.Names, "The exact names of the secrets on the platform.")
	a.Describe(&t.Count, "The number of the secrets.")
}

// PushedValue is embedded in the inputs of the component of every platform.
type PushedValue struct {
	Value          any                   `pulumi:"value"`
	DeletionPolicy *DeletionPolicy       `pulumi:"deletionPolicy,optional"`
	RetainKeys     []pulumi.StringInput  `pulumi:"retainKeys,optional"`
	Adopt          *Adopt                `pulumi:"adopt,optional"`
	MaxDeletions   any                   `pulumi:"maxDeletions,optional"`
	SyncID         pulumi.StringPtrInput `pulumi:"syncId,optional"`
}

func (v *PushedValue) annotate(a infer.Annotator) {
	a.Describe(&v.Value, "What to push: a string, number or boolean, or an object of any depth. Secrets may be "+
		"anywhere in it; all of it is treated as secret.")
	a.Describe(&v.DeletionPolicy, "What becomes of a secret on the platform when its key, or this resource, goes "+
		"away. Default: `Retain`.")
	a.Describe(&v.RetainKeys, retainKeysText)
	a.Describe(&v.Adopt, "What happens to a secret that exists on the platform before it is pushed for the first "+
		"time. Default: `Owned`.")
	a.Describe(&v.MaxDeletions, "How many keys may go away in one run: a number, or a percentage such as `\"50%\"`. "+
		"More stop the run before anything is changed. Default: at most half, once there are 4 keys.")
	a.Describe(&v.SyncID, "The mark of ownership that the pushed secrets carry. "+
		"Default: `<project>/<stack>/<resource name>`, and below components `<project>/<stack>/<their "+
		"types>::<resource name>`. Give it to keep it when the stack is renamed.")
}
