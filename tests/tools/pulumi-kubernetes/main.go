// Command pulumi-resource-kubernetes is the plugin of Pulumi's Kubernetes provider. Its own main package embeds a
// schema that its module does not contain. Here it has none: only code generators and YAML programs need it.
package main

import "github.com/pulumi/pulumi-kubernetes/provider/v4/pkg/provider"

func main() { provider.Serve("kubernetes", "4.25.0", []byte("{}"), []byte("{}")) }
