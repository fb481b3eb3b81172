// Package run is what calls Pulumi Cloud: SyncRun, which starts runs of a target stack, Caretaker, which keeps
// its tags and what its deployments run as and empties it at the end, and getSyncStatus.
package run

import (
	"os"
	"sync"

	"github.com/pulumi/pulumi-go-provider/infer"

	"github.com/escsync/pulumi-escsync/provider/run/hints"
	"github.com/escsync/pulumi-escsync/provider/target"
)

// Resources are the resources that call Pulumi Cloud. The platforms are those that a failed run may be about.
func Resources(platforms target.Platforms) []infer.InferredResource {
	return resources(systemCloud(), hints.For(platforms))
}

// Functions are the functions that call Pulumi Cloud.
func Functions() []infer.InferredFunction { return functions(systemCloud()) }

func systemCloud() cloud {
	return cloud{getenv: os.Getenv}
}

func resources(c cloud, table hints.Table) []infer.InferredResource {
	run, caretaker := &SyncRun{c, table}, &Caretaker{c, table}
	return []infer.InferredResource{
		diffedSyncRun{infer.Resource(run), run, &sync.Map{}},
		diffedCaretaker{infer.Resource(caretaker), caretaker},
	}
}

func functions(c cloud) []infer.InferredFunction {
	return []infer.InferredFunction{infer.Function(&GetSyncStatus{cloud: c})}
}
