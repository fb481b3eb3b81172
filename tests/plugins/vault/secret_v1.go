package vault

import (
	"context"
	"fmt"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin"
)

// secret is a secret of a key-value engine, version 1. Its ID is its path.
func (a *account) secret() standin.Resource {
	write := func(ctx context.Context, inputs property.Map) (property.Map, error) {
		data, err := parseData(standin.Text(inputs, "dataJson"))
		if err != nil {
			return property.Map{}, err
		}
		path := standin.Text(inputs, "path")
		if _, err := a.at(inputs).Logical().WriteWithContext(ctx, path, data); err != nil {
			return property.Map{}, fmt.Errorf("error writing to Vault: %w", err)
		}
		return inputs.Set("data", flatData(data)), nil
	}
	return standin.Resource{
		Check: checkData, Volatile: []string{"data"},
		Create: func(ctx context.Context, req p.CreateRequest) (p.CreateResponse, error) {
			state, err := write(ctx, req.Properties)
			return p.CreateResponse{ID: standin.Text(req.Properties, "path"), Properties: state}, err
		},
		Update: func(ctx context.Context, req p.UpdateRequest) (p.UpdateResponse, error) {
			state, err := write(ctx, req.Inputs)
			return p.UpdateResponse{Properties: state}, err
		},
		Read: a.readV1,
		Delete: func(ctx context.Context, req p.DeleteRequest) error {
			if _, err := a.at(req.Properties).Logical().DeleteWithContext(ctx, req.ID); err != nil {
				return fmt.Errorf("error deleting %q from Vault: %w", req.ID, err)
			}
			return nil
		},
	}
}

func (a *account) readV1(ctx context.Context, req p.ReadRequest) (p.ReadResponse, error) {
	found, err := a.at(req.Inputs).Logical().ReadWithContext(ctx, req.ID)
	if err != nil {
		return p.ReadResponse{}, fmt.Errorf("error reading from Vault: %w", err)
	}
	if found == nil {
		return p.ReadResponse{}, nil
	}
	text, err := dataText(req.Inputs, found.Data)
	if err != nil {
		return p.ReadResponse{}, err
	}
	inputs := property.NewMap(map[string]property.Value{"path": property.New(req.ID), "dataJson": property.New(text)})
	if namespace, ok := req.Inputs.GetOk("namespace"); ok {
		inputs = inputs.Set("namespace", namespace)
	}
	return p.ReadResponse{ID: req.ID, Inputs: inputs, Properties: inputs.Set("data", flatData(found.Data))}, nil
}
