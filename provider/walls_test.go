package provider_test

import (
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/provider/platform"
	"github.com/escsync/pulumi-escsync/provider/target"
	"github.com/escsync/pulumi-escsync/provider/version"
)

// storeys are the packages in the order of imports: none imports a later one.
var storeys = []string{"version", "internal", "target", "platform", "run", "escsync", ""}

// storey returns the position of a package of the provider in that order.
func storey(folder string) int {
	first, _, _ := strings.Cut(folder, "/")
	for i, name := range storeys {
		if name == first {
			return i
		}
	}
	return -1
}

// folderOf returns the folder of a package below provider/, or "" for provider itself.
func folderOf(importPath string) (string, bool) {
	folder, ok := strings.CutPrefix(importPath, version.Module+"/provider")
	return strings.TrimPrefix(folder, "/"), ok
}

// mayImport reports whether a package may import another one that is a platform. The list of all platforms may, and the
// component may for its Destination. A platform may import what it shares with others, which is not in the list.
func mayImport(from, to string) bool {
	name, below := strings.CutPrefix(to, "platform/")
	if !below || from == "platform" || from == "escsync" {
		return true
	}
	listed := slices.ContainsFunc(platform.All, func(one target.Platform) bool {
		return strings.EqualFold(one.Name, name)
	})
	return strings.HasPrefix(from, "platform/") && !listed
}

func TestImportsRunDownwards(t *testing.T) {
	t.Parallel()
	output, err := exec.CommandContext(t.Context(), "go", "list", "-json=ImportPath,Imports", "./...").Output()
	require.NoError(t, err)
	seen := 0
	for decoder := json.NewDecoder(strings.NewReader(string(output))); ; {
		var listed struct {
			ImportPath string
			Imports    []string
		}
		err := decoder.Decode(&listed)
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
		from, _ := folderOf(listed.ImportPath)
		require.GreaterOrEqual(t, storey(from), 0, "%s is on no storey", from)
		seen++
		for _, imported := range listed.Imports {
			if to, ours := folderOf(imported); ours {
				assert.LessOrEqual(t, storey(to), storey(from), "%s imports %s", from, to)
				assert.True(t, mayImport(from, to), "%s imports %s: it knows platforms by target.Platform alone", from, to)
			}
		}
	}
	assert.Greater(t, seen, 30)
}

// A platform is only named in its folder, in platform.All, and in EscSync's Destination.
func TestNoPlatformIsNamedOutsideItsFolder(t *testing.T) {
	t.Parallel()
	mayName := map[string]bool{
		"platform/platform.go": true, "escsync/destination.go": true,
		"platform/custom/destination.go":  true, // its documentation has an example of a key
		"target/targettest/targettest.go": true, // what is configured of every platform's provider
	}
	eachFile(t, func(path string, file *ast.File) {
		if mayName[path] {
			return
		}
		folder := filepath.ToSlash(filepath.Dir(path))
		ast.Inspect(file, func(node ast.Node) bool {
			text, prose := "", false
			switch n := node.(type) {
			case *ast.Ident:
				text = n.Name
			case *ast.BasicLit:
				text, prose = n.Value, strings.Contains(n.Value, " ")
			}
			for _, one := range platform.All {
				if named(folder, one.Name) || one.Name == "resource" { // azureKeyVault has vaults; resource is Pulumi's word
					continue
				}
				// A sentence may contain Vault as a product's name, but azureKeyVault is always a reference.
				if named(text, one.Name) && (!prose || one.Name != strings.ToLower(one.Name)) {
					t.Errorf("%s names the platform %s: %s", path, one.Name, text)
				}
			}
			return true
		})
	})
}

// named reports whether a text contains the name of a platform in any case.
func named(text, platform string) bool {
	return strings.Contains(strings.ToLower(text), strings.ToLower(platform))
}

func TestNoFileRepeatsItsFolder(t *testing.T) {
	t.Parallel()
	eachFile(t, func(path string, _ *ast.File) {
		assert.False(t, strings.HasPrefix(filepath.Base(path), filepath.Base(filepath.Dir(path))+"_"), path)
	})
}

// eachFile visits the provider's Go files, without tests, by their paths below provider/.
func eachFile(t *testing.T, visit func(path string, file *ast.File)) {
	t.Helper()
	files := 0
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err == nil {
			files++
			visit(filepath.ToSlash(path), file)
		}
		return err
	})
	require.NoError(t, err)
	assert.Greater(t, files, 80)
}
