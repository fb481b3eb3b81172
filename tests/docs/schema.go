package docs

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// packageSchema is the part of schema.json that the tables need.
type packageSchema struct {
	Resources map[string]struct {
		InputProperties map[string]property `json:"inputProperties"`
		RequiredInputs  []string            `json:"requiredInputs"`
	} `json:"resources"`
	Types map[string]struct {
		Properties map[string]property `json:"properties"`
		Required   []string            `json:"required"`
		Type       string              `json:"type"`
	} `json:"types"`
}

type property struct {
	typeSpec
	Description string `json:"description"`
	Secret      bool   `json:"secret"`
}

type typeSpec struct {
	Type                 string     `json:"type"`
	Ref                  string     `json:"$ref"`
	Items                *typeSpec  `json:"items"`
	AdditionalProperties *typeSpec  `json:"additionalProperties"`
	OneOf                []typeSpec `json:"oneOf"`
}

func readSchema(repository string) (*packageSchema, error) {
	text, err := os.ReadFile(filepath.Join(repository, "schema.json"))
	if err != nil {
		return nil, fmt.Errorf("reading the schema: %w", err)
	}
	schema := &packageSchema{}
	if err := json.Unmarshal(text, schema); err != nil {
		return nil, fmt.Errorf("reading schema.json: %w", err)
	}
	return schema, nil
}

// table returns the inputs of a resource, or the properties of a type, in Markdown.
func (s *packageSchema) table(token string) ([]string, error) {
	resource, isResource := s.Resources[token]
	properties, required := resource.InputProperties, resource.RequiredInputs
	if !isResource {
		typ, isType := s.Types[token]
		if !isType {
			return nil, fmt.Errorf("the schema has no %s", token)
		}
		properties, required = typ.Properties, typ.Required
	}
	rows := []string{"| input | type | meaning |", "|---|---|---|"}
	for _, name := range slices.Sorted(maps.Keys(properties)) {
		p := properties[name]
		kind := s.kind(p.typeSpec)
		if slices.Contains(required, name) {
			kind += ", required"
		}
		if p.Secret {
			kind += ", secret"
		}
		meaning := strings.ReplaceAll(strings.Join(strings.Fields(p.Description), " "), "|", `\|`)
		rows = append(rows, fmt.Sprintf("| `%s` | %s | %s |", name, kind, meaning))
	}
	return rows, nil
}

// kind returns a type's name for readers.
func (s *packageSchema) kind(t typeSpec) string {
	switch {
	case strings.HasPrefix(t.Ref, "#/types/"):
		token := strings.TrimPrefix(t.Ref, "#/types/")
		name := token[strings.LastIndex(token, ":")+1:]
		if s.Types[token].Type != "object" {
			return "enum " + name
		}
		return name
	case t.Ref != "":
		return "any"
	case t.Items != nil:
		return "list of " + s.kind(*t.Items)
	case t.AdditionalProperties != nil:
		return "map of " + s.kind(*t.AdditionalProperties)
	case len(t.OneOf) > 0:
		kinds := make([]string, len(t.OneOf))
		for i, one := range t.OneOf {
			kinds[i] = s.kind(one)
		}
		return strings.Join(kinds, " or ")
	}
	return t.Type
}
