package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/escsync/pulumi-escsync/tests/harness"
)

// report prints the steps, with the time of each and without the secrets.
type report struct {
	out     io.Writer
	now     func() time.Time
	number  int
	secrets []string
}

func newReport(out io.Writer) *report { return &report{out: out, now: time.Now} }

// hide masks a secret, in any encoding, in the output.
func (r *report) hide(secret string) {
	r.secrets = append(r.secrets, harness.Encodings(secret)...)
	// The longest first, because a line of one secret may be part of another.
	slices.SortFunc(r.secrets, func(a, b string) int { return len(b) - len(a) })
}

func (r *report) mask(text string) string {
	for _, secret := range r.secrets {
		text = strings.ReplaceAll(text, secret, "********")
	}
	return text
}

// next prints suggestions for the reader after the demo of a destination.
func (r *report) next(shown string) {
	var others []string
	for _, name := range destinationNames() {
		if name != shown {
			others = append(others, name)
		}
	}
	fmt.Fprintf(r.out, `
What to try next:
  make demo DESTINATION=%s   (or %s)
  make shell                 runs programs of your own, with nothing to sign up for
  %s is the program, docs/destinations.md has every setting
  "Quick start with Pulumi Cloud" in README.md is the same with an account
`, others[0], strings.Join(others[1:], ", "), program)
}

// step runs a part of the demo. It prints the title, the findings, and the time that it took, including before for a
// part that ran outside.
func (r *report) step(title string, before time.Duration, do func() ([]string, error)) error {
	r.number++
	start := r.now()
	findings, err := do()
	took := before + r.now().Sub(start)
	fmt.Fprintf(r.out, "%d  %-74s %5.1f s\n", r.number, title, took.Seconds())
	for _, finding := range findings {
		fmt.Fprintln(r.out, "   "+r.mask(finding))
	}
	if err != nil {
		return fmt.Errorf("step %d: %w", r.number, err)
	}
	return nil
}
