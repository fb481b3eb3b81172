// Package usage contains the examples that the schema shows for every resource and function, in all languages.
//
// The YAML programs (programs/) are written by hand. `make schema` writes the texts (text/) from them: sdk/pcl and
// sdk/gen call Pulumi's own converters. packages/ contains the parts of other packages' schemas that the programs use.
package usage

import (
	"embed"
	"strings"
)

//go:embed text/*.md
var texts embed.FS

// Of returns the example of a resource or function, in Pulumi's format for docs, or "" if there is none. token is a
// type token such as escsync:index:EscSync.
func Of(token string) string {
	name := token[strings.LastIndex(token, ":")+1:]
	text, err := texts.ReadFile("text/" + name + ".md")
	if err != nil {
		return "" // the schema's own test finds missing examples
	}
	return string(text)
}
