// Command pulumi-resource-kubernetes is the plugin of Pulumi's Kubernetes provider. Its own main package embeds a
// schema that its module does not hold: here it has none, as nothing asks for it but what generates code or reads YAML.
package main

import "github.com/pulumi/pulumi-kubernetes/provider/v4/pkg/provider"

func main() { provider.Serve("kubernetes", "4.25.0", []byte("{}"), []byte("{}")) }
