package document

import (
	"strconv"

	"github.com/pulumi/pulumi/sdk/v3/go/property"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
)

// FromProperty converts a Pulumi property at the given path. Assets, archives and resources cannot be stored on a
// platform: each is reported as a problem and becomes null. Everything inside a secret is secret.
func FromProperty(path problem.Path, value property.Value, problems *problem.List) Node {
	return fromProperty(path, value, false, problems)
}

func fromProperty(path problem.Path, value property.Value, secret bool, problems *problem.List) Node {
	secret = secret || value.Secret()
	node := Node{Secret: secret}
	switch {
	case value.IsComputed():
		node.Kind = Unknown
	case value.IsNull():
	case value.IsBool():
		node.Kind, node.Text = Bool, strconv.FormatBool(value.AsBool())
	case value.IsNumber():
		node.Kind, node.Text = Number, numberText(value.AsNumber())
	case value.IsString():
		node.Kind, node.Text = String, value.AsString()
	case value.IsArray():
		node.Kind = List
		for i, item := range value.AsArray().All {
			node.Items = append(node.Items, fromProperty(path.Index(i), item, secret, problems))
		}
	case value.IsMap():
		node.Kind, node.Fields = Object, map[string]Node{}
		for key, field := range value.AsMap().AllStable {
			node.Fields[key] = fromProperty(path.Key(key), field, secret, problems)
		}
	default:
		problems.Add(path, "must be a string, number, boolean, list or object; assets and resources cannot be pushed")
	}
	return node
}

// Property returns the node as a Pulumi property. Numbers are converted to float64.
func (n Node) Property() property.Value {
	var value property.Value
	switch n.Kind {
	case Unknown:
		value = property.New(property.Computed)
	case Bool:
		value = property.New(n.Text == "true")
	case Number:
		number, _ := strconv.ParseFloat(n.Text, 64) // already checked by CheckNumbers
		value = property.New(number)
	case String:
		value = property.New(n.Text)
	case List:
		items := make([]property.Value, len(n.Items))
		for i, item := range n.Items {
			items[i] = item.Property()
		}
		value = property.New(items)
	case Object:
		fields := map[string]property.Value{}
		for key, field := range n.Fields {
			fields[key] = field.Property()
		}
		value = property.New(fields)
	case Null:
	}
	return value.WithSecret(n.Secret)
}

// numberText formats a number as encoding/json does, with an exponent only for very large and very small numbers.
func numberText(number float64) string {
	if abs := max(number, -number); abs != 0 && (abs < 1e-6 || abs >= 1e21) {
		return strconv.FormatFloat(number, 'g', -1, 64)
	}
	return strconv.FormatFloat(number, 'f', -1, 64)
}
