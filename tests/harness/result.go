package harness

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
)

// Result is what a run of the CLI came to.
type Result struct {
	// Stdout and Stderr are what the CLI printed, without colours.
	Stdout, Stderr string
	Duration       time.Duration
	// Steps are the engine's steps, in their order, one for each resource. Empty where no operation ran.
	Steps []apitype.StepEventMetadata
	// Diagnostics are the messages of the engine, the program and the providers.
	Diagnostics []apitype.DiagnosticEvent
	// Summary is the engine's own, nil where the operation did not come to its end.
	Summary *apitype.SummaryEvent
}

// readEvents reads what the engine logged: one JSON object after another.
func (r *Result) readEvents(logged []byte) error {
	decoder := json.NewDecoder(bytes.NewReader(logged))
	for {
		var event apitype.EngineEvent
		switch err := decoder.Decode(&event); {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return fmt.Errorf("reading the engine's events: %w", err)
		}
		switch {
		case event.ResourcePreEvent != nil:
			r.Steps = append(r.Steps, event.ResourcePreEvent.Metadata)
		case event.DiagnosticEvent != nil:
			r.Diagnostics = append(r.Diagnostics, *event.DiagnosticEvent)
		case event.SummaryEvent != nil:
			r.Summary = event.SummaryEvent
		}
	}
}

// Changes are the counts of the resources that did not stay the same. Empty means that nothing changed.
func (r *Result) Changes() map[apitype.OpType]int {
	changes := map[apitype.OpType]int{}
	if r.Summary != nil {
		for op, count := range r.Summary.ResourceChanges {
			if op != apitype.OpSame && count != 0 {
				changes[op] = count
			}
		}
	}
	return changes
}
