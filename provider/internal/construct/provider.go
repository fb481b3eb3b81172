package construct

import (
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/escsync/pulumi-escsync/provider/version"
)

// OwnProvider adds the options with which the engine uses this plugin process. Without the version, or with another
// address, it would start a second one.
func OwnProvider(opts ...pulumi.ResourceOption) []pulumi.ResourceOption {
	return append(slices.Clip(opts), pulumi.Version(version.Version), pulumi.PluginDownloadURL(version.PluginDownloadURL))
}
