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

// Result is the result of a CLI command.
type Result struct {
	// Stdout and Stderr are the CLI's output, without colours.
	Stdout, Stderr string
	Duration       time.Duration
	// Steps are the engine's steps in order, one for each resource. Empty if no operation ran.
	Steps []apitype.StepEventMetadata
	// Diagnostics are the messages of the engine, the program and the providers.
	Diagnostics []apitype.DiagnosticEvent
	// Summary is the engine's summary, or nil if the operation did not finish.
	Summary *apitype.SummaryEvent
}

// readEvents reads the engine's event log, a sequence of JSON objects.
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

// Changes returns the number of changed resources by operation. Empty means that nothing changed.
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
