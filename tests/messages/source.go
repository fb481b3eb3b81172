// Package messages reads the texts that the provider can say off its source, so that tests hold documentation and
// proofs to them.
package messages

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
)

// All are the string literals of the provider, joined where the source joins them with +. Repository is the path of
// this repository.
func All(repository string) ([]string, error) {
	var texts []string
	err := inspect(repository, func(_ string, node ast.Node) bool {
		expression, ok := node.(ast.Expr)
		if !ok {
			return true
		}
		text, ok := literal(expression)
		if ok {
			texts = append(texts, text)
		}
		return !ok
	})
	return texts, err
}

// reasoning are the packages whose functions return the reason of a problem, or "" for none.
var reasoning = []string{"naming", "limit", "keyname", "schedule", "schemacheck", "inventory", "duration"}

// Problems are the reasons that the provider gives for the problems of inputs, as formats.
func Problems(repository string) ([]string, error) {
	var texts []string
	add := func(expression ast.Expr) {
		if text, ok := literal(expression); ok && strings.Contains(text, " ") {
			texts = append(texts, text)
		}
	}
	err := inspect(repository, func(folder string, node ast.Node) bool {
		switch n := node.(type) {
		case *ast.CallExpr:
			if addsProblem(n) {
				add(n.Args[1])
			}
			if called(n) == "New" && isReasoning(folder) { // of errors
				add(n.Args[0])
			}
		case *ast.ReturnStmt:
			if len(n.Results) == 0 || !isReasoning(folder) {
				return true
			}
			if call, ok := n.Results[0].(*ast.CallExpr); ok && called(call) == "Sprintf" {
				add(call.Args[0])
			}
			add(n.Results[0])
		}
		return true
	})
	return texts, err
}

// addsProblem tells whether a call adds a problem, with a format as its second argument.
func addsProblem(call *ast.CallExpr) bool {
	selector, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || len(call.Args) < 2 {
		return false
	}
	switch selector.Sel.Name {
	case "fail", "Problem":
		return true
	case "Add", "AddOnce":
		switch list := selector.X.(type) {
		case *ast.Ident:
			return list.Name == "problems"
		case *ast.SelectorExpr:
			return strings.EqualFold(list.Sel.Name, "problems")
		}
	}
	return false
}

func called(call *ast.CallExpr) string {
	if selector, ok := call.Fun.(*ast.SelectorExpr); ok {
		return selector.Sel.Name
	}
	return ""
}

func isReasoning(folder string) bool {
	for _, name := range reasoning {
		if strings.HasSuffix(folder, "/internal/"+name) {
			return true
		}
	}
	return false
}

// Says tells whether the parts of a message between the ellipses stand in one of the texts, in their order.
func Says(texts []string, message string) bool {
	parts := strings.Split(message, "…")
	for _, text := range texts {
		rest, all := text, true
		for _, part := range parts {
			_, after, found := strings.Cut(rest, strings.TrimSpace(part))
			if !found {
				all = false
				break
			}
			rest = after
		}
		if all {
			return true
		}
	}
	return false
}

func inspect(repository string, visit func(folder string, node ast.Node) bool) error {
	return filepath.WalkDir(filepath.Join(repository, "provider"), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		folder := filepath.ToSlash(filepath.Dir(path))
		ast.Inspect(file, func(node ast.Node) bool { return visit(folder, node) })
		return nil
	})
}

// literal is the text of a literal, or of several that are added, with an ellipsis for what is not a literal.
func literal(expression ast.Expr) (string, bool) {
	switch e := expression.(type) {
	case *ast.BasicLit:
		text, err := strconv.Unquote(e.Value)
		return text, err == nil && e.Kind == token.STRING
	case *ast.BinaryExpr:
		left, leftOK := literal(e.X)
		right, rightOK := literal(e.Y)
		if !leftOK {
			left = "…"
		}
		if !rightOK {
			right = "…"
		}
		return left + right, e.Op == token.ADD && (leftOK || rightOK)
	}
	return "", false
}
