package docs

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/escsync/pulumi-escsync/provider/platform"
	"github.com/escsync/pulumi-escsync/tests/platforms"
	"github.com/escsync/pulumi-escsync/tests/platforms/all"
)

// destinationTables are the tables of all platforms, by name.
var destinationTables = map[string]struct {
	head, rule string
	// rows returns the rows of one destination.
	rows func(platforms.Destination) []string
	// last are the rows that belong to no platform.
	last []string
}{
	"overview": {
		head: "| destination | without `name` you get | credentials |",
		rule: "|---|---|---|", rows: overview,
		last: []string{"| [`custom`](examples/custom/Pulumi.yaml): a program of yours | its own choice | its own |"},
	},
	"proof": {
		head: "| destination | tested against |", rule: "|---|---|", rows: proof,
		last: []string{"| `custom` | a TypeScript program, with moto |"},
	},
	"checked": {
		head: "| destination | checked before the first write |", rule: "|---|---|", rows: checked,
	},
	"limits": {head: "| platform | limit |", rule: "|---|---|", rows: limits},
	"life": {
		head: "| destination | a retained key comes back | an edit by hand | a deleted key comes back |",
		rule: "|---|---|---|---|", rows: life,
	},
}

// destinations returns a table with the rows of all platforms, in Markdown.
func destinations(name string) ([]string, error) {
	table, ok := destinationTables[name]
	if !ok {
		return nil, fmt.Errorf("there is no table %q of destinations", name)
	}
	lines := []string{table.head, table.rule}
	for _, one := range platform.All {
		described, err := described(one.Name)
		if err != nil {
			return nil, err
		}
		lines = append(lines, table.rows(described)...)
	}
	return append(lines, table.last...), nil
}

// described returns the description of a platform in tests/platforms.
func described(name string) (platforms.Destination, error) {
	for _, one := range all.Destinations {
		if one.Name == name {
			return one, nil
		}
	}
	return platforms.Destination{}, fmt.Errorf("tests/platforms/all has no destination %s: add its line", name)
}

func overview(d platforms.Destination) []string {
	note := ""
	if d.Docs.Note != "" {
		note = ", " + d.Docs.Note
	}
	return []string{fmt.Sprintf("| [`%s`](examples/%s/Pulumi.yaml)%s | %s | %s |", d.Name, d.Docs.Example, note,
		d.Docs.Default, d.Docs.Credentials)}
}

func proof(d platforms.Destination) []string {
	return []string{fmt.Sprintf("| `%s` | %s |", d.Name, cmp.Or(d.Docs.Proof, d.Server.Proof))}
}

func checked(d platforms.Destination) []string {
	return []string{fmt.Sprintf("| `%s` | %s |", d.Name, d.Docs.Checked)}
}

func limits(d platforms.Destination) []string {
	if d.Docs.Limit == "" {
		return nil
	}
	anchor := strings.ReplaceAll(strings.ToLower(d.Docs.Section), " ", "-")
	return []string{fmt.Sprintf("| [%s](destinations.md#%s) | %s |", d.Docs.Section, anchor, d.Docs.Limit)}
}

func life(d platforms.Destination) []string {
	var lines []string
	for _, row := range d.Rows {
		retained := "adopted, by its tag"
		switch {
		case row.Limits.NoTag:
			retained = "refused until `adoptionPolicy: All`"
		case row.Limits.OneObject:
			retained = "keys are not retained one by one: the object is written as a whole. After a destroy it stays, and is " +
				"refused until `adoptionPolicy: All`"
		}
		lines = append(lines, fmt.Sprintf("| %s | %s | %s | %s |", row.Name, retained,
			orElse(row.Edited, "repaired"), orElse(row.Deleted, "created again")))
	}
	return lines
}

func orElse(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}
