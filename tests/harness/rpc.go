package harness

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// Call is a call by the engine to a plugin, or by a program to the engine.
type Call struct {
	// Plugin is the name of the plugin's package, such as "aws", or "" for a call to the engine.
	Plugin string
	// Method is the name of the gRPC method, such as "Configure".
	Method string
	// Request is the message as JSON, with its secrets in plain text.
	Request string
}

// rpcTrace is the file to which the engine writes its calls, with Options.TraceCalls.
func (h *Harness) rpcTrace() string { return filepath.Join(h.root, "calls.json") }

// Calls returns the calls of one service ("ResourceProvider", "ResourceMonitor", "LanguageRuntime") to or from the
// engines of the CLI and of deployments, since the start of the Harness. It needs Options.TraceCalls.
func (h *Harness) Calls(service string) ([]Call, error) {
	file, err := os.Open(h.rpcTrace())
	if err != nil {
		return nil, fmt.Errorf("reading the engine's calls: %w", err)
	}
	defer file.Close()
	decoder := json.NewDecoder(file)
	var calls []Call
	for {
		var entry struct {
			Method   string
			Request  json.RawMessage
			Progress string
			Metadata struct{ Name string }
		}
		switch err := decoder.Decode(&entry); {
		case errors.Is(err, io.EOF):
			return calls, nil
		case err != nil:
			return nil, fmt.Errorf("reading the engine's calls: %w", err)
		}
		// The log contains each call twice, at its start and at its end.
		method, found := strings.CutPrefix(entry.Method, "/pulumirpc."+service+"/")
		if found && entry.Progress == "request_started" {
			calls = append(calls, Call{Plugin: entry.Metadata.Name, Method: method, Request: string(entry.Request)})
		}
	}
}
