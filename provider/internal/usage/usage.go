// Package usage holds the examples that the schema shows for every resource and function, in all languages.
//
// The programs in YAML (programs/) are written by hand. The texts (text/) are made of them by sdk/pcl and sdk/gen with
// Pulumi's own converters; `make schema` writes them. packages/ holds what they use of other packages' schemas.
package usage

import (
	"embed"
	"strings"
)

//go:embed text/*.md
var texts embed.FS

// Of returns the example of the resource or function with a type token such as escsync:index:EscSync, in Pulumi's form
// for docs, or "" if there is none.
func Of(token string) string {
	name := token[strings.LastIndex(token, ":")+1:]
	text, err := texts.ReadFile("text/" + name + ".md")
	if err != nil {
		return "" // The schema's own test finds what has no example.
	}
	return string(text)
}
