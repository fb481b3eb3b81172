package docs

import (
	"io/fs"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var (
	roomsRow = regexp.MustCompile("(?m)^\\| (`[^|]+) \\|")
	quoted   = regexp.MustCompile("`([^`]+)`")
)

// provider/ is a room of its own: that it is named says nothing about the packages below it.
const providerRoom = "provider"

// notOurs are folders of what is built or downloaded, and of files that no package has.
var notOurs = []string{"bin", "node_modules", "testdata"}

// Every folder with Go files is a room of docs/architecture.md, or inside of one, and every room is there.
func TestRooms(t *testing.T) {
	t.Parallel()
	_, table, found := strings.Cut(page(t, "docs/architecture.md"), "\n## Rooms\n")
	require.True(t, found)
	table, _, _ = strings.Cut(table, "\n## ")
	var rooms []string
	for _, row := range roomsRow.FindAllStringSubmatch(table, -1) {
		parent := ""
		for _, name := range quoted.FindAllStringSubmatch(row[1], -1) {
			room := name[1]
			if parent != "" && !strings.Contains(room, "/") {
				room = path.Join(parent, room) // `provider/internal/naming`, `schedule`
			}
			parent = path.Dir(room)
			rooms = append(rooms, room)
			assert.DirExists(t, filepath.Join(repository, filepath.FromSlash(room)))
		}
	}
	for _, folder := range goFolders(t) {
		room := folder
		for room != "." && !slices.Contains(rooms, room) {
			room = path.Dir(room)
		}
		if room == "." || room == providerRoom && folder != providerRoom {
			t.Errorf("%s is no room of docs/architecture.md, nor in one", folder)
		}
	}
}

// goFolders are the folders with Go files, relative to the repository, with slashes.
func goFolders(t *testing.T) []string {
	t.Helper()
	var folders []string
	err := filepath.WalkDir(repository, func(file string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := entry.Name()
		if entry.IsDir() {
			if file != repository && (slices.Contains(notOurs, name) || strings.HasPrefix(name, ".")) {
				return filepath.SkipDir
			}
			return nil
		}
		folder, err := filepath.Rel(repository, filepath.Dir(file))
		folder = filepath.ToSlash(folder)
		if strings.HasSuffix(name, ".go") && !slices.Contains(folders, folder) {
			folders = append(folders, folder)
		}
		return err
	})
	require.NoError(t, err)
	require.Greater(t, len(folders), 40)
	return folders
}
