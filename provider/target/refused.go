package target

import (
	"context"

	p "github.com/pulumi/pulumi-go-provider"

	"github.com/escsync/pulumi-escsync/provider/internal/refusal"
	"github.com/escsync/pulumi-escsync/provider/target/document"
)

// report sends the reasons of a refusal to the program that started the run.
func (r Request) report(ctx context.Context, reasons []string) {
	if r.InRun {
		p.GetLogger(ctx).Info(refusal.Encode(reasons, leaves(r.Value)))
	}
}

// leaves returns the texts of all scalars in a value.
func leaves(node document.Node) []string {
	var found []string
	for _, field := range node.Fields {
		found = append(found, leaves(field)...)
	}
	for _, item := range node.Items {
		found = append(found, leaves(item)...)
	}
	if node.IsScalar() {
		found = append(found, node.Text)
	}
	return found
}
