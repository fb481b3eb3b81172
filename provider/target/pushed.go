package target

import (
	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// PushedValue is embedded in the inputs of every platform's component.
type PushedValue struct {
	Value          any                   `pulumi:"value"`
	DeletionPolicy *DeletionPolicy       `pulumi:"deletionPolicy,optional"`
	RetainKeys     []pulumi.StringInput  `pulumi:"retainKeys,optional"`
	AdoptionPolicy *AdoptionPolicy       `pulumi:"adoptionPolicy,optional"`
	MaxDeletions   any                   `pulumi:"maxDeletions,optional"`
	SyncID         pulumi.StringPtrInput `pulumi:"syncId,optional"`
}

func (v *PushedValue) describe(a infer.Annotator) {
	a.Describe(&v.Value, "What to push: a string, number or boolean, a list, or an object of any depth. Secrets may be "+
		"anywhere in it; all of it is treated as secret.")
	a.Describe(&v.DeletionPolicy, "What happens to a secret on the platform when its key, or this resource, is removed.")
	a.SetDefault(&v.DeletionPolicy, DeletionPolicyRetain)
	a.Describe(&v.RetainKeys, RetainKeysText)
	a.Describe(&v.AdoptionPolicy, "What happens to a secret that exists on the platform before it is pushed for the "+
		"first time.")
	a.SetDefault(&v.AdoptionPolicy, AdoptOwned)
	a.Describe(&v.MaxDeletions, "How many keys one run may remove: a number, or a percentage such as `\"50%\"`. A run "+
		"that would remove more stops before anything is changed. Default: at most half, once there are 4 keys.")
	a.Describe(&v.SyncID, "The value of the ownership tag of the pushed secrets. Default: `<project>/<stack>/<resource "+
		"name>`, and below components `<project>/<stack>/<their types>::<resource name>`. Set it to keep the tag when the "+
		"stack is renamed.")
}
