package construct

import (
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/escsync/pulumi-escsync/provider/version"
)

// OwnProvider adds what makes the engine use this very provider: without the version, or with another address, it
// starts a second plugin process.
func OwnProvider(opts ...pulumi.ResourceOption) []pulumi.ResourceOption {
	return append(slices.Clip(opts), pulumi.Version(version.Version), pulumi.PluginDownloadURL(version.PluginDownloadURL))
}
