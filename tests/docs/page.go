package docs

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// shown are the languages of blocks that need no source: shell commands, output of tools, and diagrams.
var shown = []string{"sh", "text", "mermaid"}

var (
	snippetComment = regexp.MustCompile(`^<!-- snippet: (\S+) -->$`)
	inputsComment  = regexp.MustCompile(`^<!-- inputs: (\S+) -->$`)
	tableComment   = regexp.MustCompile(`^<!-- destinations: (\S+) -->$`)
	fence          = regexp.MustCompile("^```(\\w*)$")
	fenceClosed    = "```"
	tableClosed    = "<!-- end -->"
)

// pages returns README.md and all of docs/, relative to the repository.
func pages(repository string) ([]string, error) {
	found, err := filepath.Glob(filepath.Join(repository, "docs", "*.md"))
	if err != nil {
		return nil, fmt.Errorf("listing docs: %w", err)
	}
	all := []string{"README.md"}
	for _, page := range found {
		all = append(all, filepath.ToSlash(filepath.Join("docs", filepath.Base(page))))
	}
	return all, nil
}

// render returns a page with current snippets and tables.
func render(repository string, schema *packageSchema, page string) (string, error) {
	r := renderer{repository: repository}
	for r.lines = strings.Split(page, "\n"); r.at < len(r.lines); r.at++ {
		line, began := r.lines[r.at], r.at+1
		r.out = append(r.out, line)
		var err error
		if match := snippetComment.FindStringSubmatch(line); match != nil {
			err = r.snippet(match[1])
		} else if match := inputsComment.FindStringSubmatch(line); match != nil {
			err = r.table(schema.table(match[1]))
		} else if match := tableComment.FindStringSubmatch(line); match != nil {
			err = r.table(destinations(match[1]))
		} else if match := fence.FindStringSubmatch(line); match != nil {
			if !slices.Contains(shown, match[1]) {
				err = fmt.Errorf("the %s block has no comment before it that names its file in examples/", match[1])
			} else {
				err = r.copyUntil(fenceClosed)
			}
		}
		if err != nil {
			return "", fmt.Errorf("line %d: %w", began, err)
		}
	}
	return strings.Join(r.out, "\n"), nil
}

type renderer struct {
	repository string
	lines, out []string
	at         int
}

// snippet replaces the block that follows with a file.
func (r *renderer) snippet(file string) error {
	if !strings.HasPrefix(file, "examples/") || strings.Contains(file, "..") {
		return fmt.Errorf("%s is not in examples/", file)
	}
	text, err := os.ReadFile(filepath.Join(r.repository, filepath.FromSlash(file)))
	if err != nil {
		return fmt.Errorf("reading the snippet: %w", err)
	}
	r.at++
	if r.at == len(r.lines) || !fence.MatchString(r.lines[r.at]) {
		return fmt.Errorf("no block follows the comment for %s", file)
	}
	r.out = append(r.out, r.lines[r.at], strings.TrimRight(string(text), "\n"))
	return r.skipTo(fenceClosed)
}

// table replaces the lines between the comments.
func (r *renderer) table(rows []string, err error) error {
	if err != nil {
		return err
	}
	r.out = append(r.out, rows...)
	return r.skipTo(tableClosed)
}

func (r *renderer) skipTo(end string) error {
	for r.at++; r.at < len(r.lines); r.at++ {
		if r.lines[r.at] == end {
			r.out = append(r.out, end)
			return nil
		}
	}
	return fmt.Errorf("there is no %s", end)
}

func (r *renderer) copyUntil(end string) error {
	for r.at++; r.at < len(r.lines); r.at++ {
		r.out = append(r.out, r.lines[r.at])
		if r.lines[r.at] == end {
			return nil
		}
	}
	return fmt.Errorf("there is no %s", end)
}
