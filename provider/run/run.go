// Package run contains everything that calls Pulumi Cloud: SyncRun starts runs of a target stack, Caretaker maintains
// its tags and its role and empties it in the end, and getSyncStatus reports its last and next runs.
package run

import (
	"os"
	"sync"

	"github.com/pulumi/pulumi-go-provider/infer"

	"github.com/escsync/pulumi-escsync/provider/run/hints"
	"github.com/escsync/pulumi-escsync/provider/target"
)

// Resources returns the resources that call Pulumi Cloud. The platforms provide the hints for failed runs.
func Resources(platforms target.Platforms) []infer.InferredResource {
	return resources(systemCloud(), hints.For(platforms))
}

// Functions returns the functions that call Pulumi Cloud.
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
