package harness

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// Text is output of a run that somebody may read.
type Text struct {
	// Name is the source of the text.
	Name string
	// Content is the whole text.
	Content string
}

// record adds a text to the transcript.
func (h *Harness) record(name, content string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.transcript = append(h.transcript, Text{Name: name, Content: content})
}

// Transcript returns all output of the CLI, all events of the engine and, for each stack of the cloud, its state and
// the logs of its deployments.
func (h *Harness) Transcript() []Text {
	h.mu.Lock()
	texts := append([]Text{}, h.transcript...)
	h.mu.Unlock()
	for _, stack := range h.Cloud.Stacks() {
		texts = append(texts, Text{Name: "state of " + stack, Content: string(h.Cloud.StackState(stack))})
		for _, deployment := range h.Cloud.Deployments(stack) {
			name := fmt.Sprintf("log of deployment %d of %s", deployment.Version, stack)
			texts = append(texts, Text{Name: name, Content: deployment.Log})
		}
	}
	return texts
}

// Leaks returns the names of the texts that contain a secret, plain or in JSON, URL or base64 encoding.
func Leaks(texts []Text, secret string) []string {
	forms := Encodings(secret)
	var found []string
	for _, text := range texts {
		for _, form := range forms {
			if strings.Contains(text.Content, form) {
				found = append(found, text.Name)
				break
			}
		}
	}
	return found
}

// shortestLeak is the minimum length of a part of a secret that counts as a leak.
const shortestLeak = 8

// Encodings returns the forms in which a text may contain a secret, first those of the whole secret, then those of its
// lines.
func Encodings(secret string) []string {
	forms := encodings(secret)
	lines := strings.Split(secret, "\n")
	for _, line := range lines {
		// Indented output has lost its line breaks.
		if len(lines) > 1 && len(line) >= shortestLeak {
			forms = append(forms, encodings(line)...)
		}
	}
	return forms
}

// encodings returns the forms of one text. In base64 it has three forms, one for each offset. Their first and last
// characters depend on the surrounding text, so they are omitted.
func encodings(secret string) []string {
	forms := []string{secret, url.QueryEscape(secret)}
	for _, quote := range []func(string) string{jsonQuote, compactJSONQuote} {
		text := secret
		for range 3 {
			text = quote(text)
			forms = append(forms, text)
		}
	}
	for _, form := range slices.Clone(forms) {
		for offset := range 3 {
			encoded := base64.StdEncoding.EncodeToString([]byte(strings.Repeat("\x00", offset) + form))
			inner := strings.TrimRight(encoded, "=")
			if start, end := offset+2, len(inner)-2; end-start >= shortestLeak {
				forms = append(forms, inner[start:end])
			}
		}
	}
	return forms
}

// jsonQuote returns a string as in JSON, without the outer quotes and with <, > and & escaped.
func jsonQuote(text string) string {
	encoded, err := json.Marshal(text)
	if err != nil {
		panic(err) // a string always encodes
	}
	return string(encoded[1 : len(encoded)-1])
}

func compactJSONQuote(text string) string {
	quoted := CompactJSON(text)
	return quoted[1 : len(quoted)-1]
}
