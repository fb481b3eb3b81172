package definition

import (
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
)

// rotateFunction is the function of a credential that the service rotates. The rotator's name may follow it.
const rotateFunction = "fn::rotate"

// warnOfRotators warns about rotated credentials in the sync's own environment: a rotation rewrites the definition, and
// the program does not know.
func (r *renderer) warnOfRotators(node *yaml.Node, at problem.Path) {
	switch node.Kind {
	case yaml.SequenceNode:
		for i, item := range node.Content {
			r.warnOfRotators(item, at.Index(i))
		}
	case yaml.MappingNode:
		for i := 0; i+1 < len(node.Content); i += 2 {
			key := node.Content[i].Value
			if key == rotateFunction || strings.HasPrefix(key, rotateFunction+"::") {
				r.warnings.Add(at.Key(key), "rotates a credential in the sync's own environment: a rotation rewrites that, and "+
					"the next change of the sync's inputs, or a `pulumi up --refresh`, puts the old credential back. "+
					"Move it to an environment of its own, and import that")
				continue
			}
			r.warnOfRotators(node.Content[i+1], at.Key(key))
		}
	default: // no children
	}
}
