package run

import (
	"context"
	"strings"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
	"github.com/escsync/pulumi-escsync/provider/target/limit"
)

// Check reports all invalid inputs at once.
func (r *SyncRun) Check(ctx context.Context, req infer.CheckRequest) (infer.CheckResponse[SyncRunArgs], error) {
	args, failures, err := infer.DefaultCheck[SyncRunArgs](ctx, req.NewInputs)
	if err != nil {
		return infer.CheckResponse[SyncRunArgs]{}, err
	}
	var problems problem.List
	checkStack(&problems, req.NewInputs)
	checkTimeout(&problems, req.NewInputs)
	for name, value := range mapOf(req.NewInputs.Get("triggers")).All {
		if value.IsAsset() || value.IsArchive() {
			problems.Add(problem.At("triggers").Key(name), "must not be an asset: give a hash of its content")
		}
	}
	return infer.CheckResponse[SyncRunArgs]{Inputs: args, Failures: append(failures, checkFailures(problems)...)}, nil
}

// checkStack validates the names of the target stack that are known.
func checkStack(problems *problem.List, inputs property.Map) {
	for _, name := range stackNames {
		value := inputs.Get(name)
		if !value.IsString() { // unknown, or DefaultCheck has reported it
			continue
		}
		if text := value.AsString(); text == "" || strings.ContainsAny(text, "/ ") {
			problems.Add(problem.At(name), "must be a name without slashes or spaces")
		}
	}
}

func checkTimeout(problems *problem.List, inputs property.Map) {
	value := inputs.Get("timeout")
	if !value.IsString() {
		return
	}
	if err := (limit.Duration{}).Check(value.AsString()); err != nil {
		problems.Add(problem.At("timeout"), "%s", err)
	}
}

func checkFailures(problems problem.List) []p.CheckFailure {
	problems.Sort()
	var failures []p.CheckFailure
	for _, found := range problems {
		failures = append(failures, p.CheckFailure{Property: found.Path.String(), Reason: found.Reason})
	}
	return failures
}
