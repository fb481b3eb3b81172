package definition

import (
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/escsync/pulumi-escsync/provider/internal/problem"
)

// rotateFunction is the function of a credential that the service rotates: in its long form, or with the rotator's name
// behind it.
const rotateFunction = "fn::rotate"

// warnOfRotators warns of credentials that the service rotates in the sync's own environment. It rewrites the
// definition there, of which the program knows nothing.
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
	default: // nothing is in it
	}
}
