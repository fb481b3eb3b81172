package pulumiservice

import (
	"context"
	"fmt"
	"strings"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin"
)

// driftBody is the wire form of a DriftSchedule.
type driftBody struct {
	ScheduleCron  string `json:"scheduleCron,omitempty"`
	AutoRemediate bool   `json:"autoRemediate,omitempty"`
}

func (c *cloud) driftSchedule() standin.Resource {
	return standin.Resource{
		Create: c.createDrift, Read: c.readDrift, Update: c.updateDrift, Delete: c.deleteSchedule,
	}
}

func (c *cloud) putDrift(ctx context.Context, inputs property.Map, id ...string) (string, error) {
	var body driftBody
	if err := standin.Decode(inputs, &body); err != nil {
		return "", err
	}
	path := settingsID(inputs).path(append([]string{"deployments", "drift", "schedules"}, id...)...)
	written, err := c.client.writeSchedule(ctx, path, body)
	if err != nil {
		return "", fmt.Errorf("failed to write drift schedule: %w", err)
	}
	return written, nil
}

func (c *cloud) createDrift(ctx context.Context, req p.CreateRequest) (p.CreateResponse, error) {
	id, err := c.putDrift(ctx, req.Properties)
	return p.CreateResponse{
		ID:         settingsID(req.Properties).String() + "/drift/" + id,
		Properties: req.Properties.Set("scheduleId", property.New(id)),
	}, err
}

func (c *cloud) updateDrift(ctx context.Context, req p.UpdateRequest) (p.UpdateResponse, error) {
	id, err := c.putDrift(ctx, req.Inputs, standin.Text(req.State, "scheduleId"))
	return p.UpdateResponse{Properties: req.Inputs.Set("scheduleId", property.New(id))}, err
}

func (c *cloud) readDrift(ctx context.Context, req p.ReadRequest) (p.ReadResponse, error) {
	parts := strings.Split(req.ID, "/")
	if len(parts) != 5 || parts[3] != "drift" {
		return p.ReadResponse{}, fmt.Errorf(
			"%q is invalid, expected organization/project/stack/drift/scheduleId", req.ID)
	}
	answer, err := c.client.readSchedule(ctx, stackID{parts[0], parts[1], parts[2]}, parts[4])
	if err != nil || answer == nil {
		return p.ReadResponse{}, err
	}
	if answer.ScheduleCron == nil {
		return p.ReadResponse{}, fmt.Errorf("DriftSchedule (%q) has no scheduleCron", req.ID)
	}
	inputs := property.NewMap(map[string]property.Value{
		"organization":  property.New(parts[0]),
		"project":       property.New(parts[1]),
		"stack":         property.New(parts[2]),
		"scheduleCron":  property.New(*answer.ScheduleCron),
		"autoRemediate": property.New(answer.Definition.Request.OperationContext.Options.AutoRemediate),
	})
	return p.ReadResponse{
		ID: req.ID, Inputs: inputs, Properties: inputs.Set("scheduleId", property.New(parts[4])),
	}, nil
}
