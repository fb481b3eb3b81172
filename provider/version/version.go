// Package version says which release of which repository this is.
package version

// Name is the name of the package.
const Name = "escsync"

// Version is the version of the package. It is a constant in source, as `pulumi package add <repository>` builds the
// provider without linker flags. program/Pulumi.yaml names the same version.
const Version = "0.1.0"

// Repository is the address of this repository: of the built-in target program, of releases, and of documentation.
const Repository = "https://" + Module

// PluginDownloadURL is where the engine finds the plugin.
const PluginDownloadURL = "github://api.github.com/" + repositoryName

// LogoURL is where the Registry finds the package's logo. The .NET SDK has its own copy.
const LogoURL = "https://raw.githubusercontent.com/" + repositoryName + "/main/sdk/gen/assets/logo.png"

// Module is the path of this repository as a Go module.
const Module = "github.com/" + repositoryName

const repositoryName = "escsync/pulumi-escsync"

// ReleaseCommit is the commit of this repository that a release was built from, set by the linker. The target stacks
// of a release run the built-in program at that commit. Empty in a build that is no release: its target stacks run
// the branch main.
var ReleaseCommit = ""

// Docs is where a user reads a page of docs/, such as "credentials.md": as it was at this release, so that what a
// message of an old version refers to stays true, or on the branch main in a build that is no release.
func Docs(page string) string {
	at := "main"
	if ReleaseCommit != "" {
		at = "v" + Version
	}
	return Repository + "/blob/" + at + "/docs/" + page
}
