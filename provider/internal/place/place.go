// Package place tells where on a platform a run pushes to, as far as the configuration of the platform's provider says
// it: the account, the address, the cluster. Names of secrets are only names within such a place.
package place

import (
	"os"
	"path/filepath"
	"strings"

	"gopkg.in/yaml.v3"
)

// Source is the configuration of a platform's provider.
type Source struct {
	// Config reads the stack's configuration, such as `vault:address`; "" for none.
	Config func(key string) string
	// Getenv reads a variable of the run's environment; "" for none.
	Getenv func(name string) string
}

// of returns the first that is given: the configuration wins over the environment, as it does in every provider.
func (s Source) of(key string, variables ...string) string {
	if text := s.Config(key); text != "" {
		return text
	}
	for _, name := range variables {
		if text := s.Getenv(name); text != "" {
			return text
		}
	}
	return ""
}

// join writes a place, without the parts that are not known; "" where none is.
func join(platform string, parts ...string) string {
	known := []string{platform}
	for _, part := range parts {
		if part != "" {
			known = append(known, part)
		}
	}
	if len(known) == 1 {
		return ""
	}
	return strings.Join(known, " ")
}

func address(text string) string { return strings.TrimRight(strings.ToLower(text), "/") }

// Aws is an account and a region.
func Aws(account, region string) string { return join("AWS account", account, region) }

// AwsRegion is the configured region; "" where the provider finds one by itself.
func (s Source) AwsRegion() string { return s.of("aws:region", "AWS_REGION", "AWS_DEFAULT_REGION") }

// Azure is a subscription.
func (s Source) Azure() string {
	return join("Azure subscription", s.of("azure-native:subscriptionId", "ARM_SUBSCRIPTION_ID"))
}

// Gcp is a project.
func (s Source) Gcp() string {
	return join("GCP project", s.of("gcp:project", "GOOGLE_PROJECT", "GOOGLE_CLOUD_PROJECT", "GCLOUD_PROJECT",
		"CLOUDSDK_CORE_PROJECT"))
}

// Github is an owner, and the server where that is not github.com.
func (s Source) Github() string {
	owner := s.of("github:owner", "GITHUB_OWNER")
	if owner == "" {
		owner = s.of("github:organization", "GITHUB_ORGANIZATION")
	}
	return join("GitHub owner", strings.ToLower(owner), address(s.of("github:baseUrl", "GITHUB_BASE_URL")))
}

// Vault is an address and a namespace.
func (s Source) Vault() string {
	return join("Vault at", address(s.of("vault:address", "VAULT_ADDR")), s.of("vault:namespace", "VAULT_NAMESPACE"))
}

// kubeconfig is as much of one as tells the cluster.
type kubeconfig struct {
	CurrentContext string `yaml:"current-context"`
	Contexts       []struct {
		Name    string `yaml:"name"`
		Context struct {
			Cluster string `yaml:"cluster"`
		} `yaml:"context"`
	} `yaml:"contexts"`
	Clusters []struct {
		Name    string `yaml:"name"`
		Cluster struct {
			Server string `yaml:"server"`
		} `yaml:"cluster"`
	} `yaml:"clusters"`
}

// Kubernetes is the address of a cluster. The provider takes a kubeconfig as text or as a path.
func (s Source) Kubernetes() string {
	text := s.of("kubernetes:kubeconfig", "KUBECONFIG")
	if text == "" {
		return ""
	}
	if !strings.Contains(text, "\n") && !strings.HasPrefix(strings.TrimSpace(text), "{") {
		content, err := os.ReadFile(filepath.Clean(text))
		if err != nil { // a list of paths, or none that can be read: the provider will say so
			return ""
		}
		text = string(content)
	}
	var config kubeconfig
	if err := yaml.Unmarshal([]byte(text), &config); err != nil {
		return ""
	}
	chosen := s.of("kubernetes:context")
	if chosen == "" {
		chosen = config.CurrentContext
	}
	return join("Kubernetes cluster", config.server(chosen))
}

func (k kubeconfig) server(context string) string {
	for _, c := range k.Contexts {
		if c.Name != context {
			continue
		}
		for _, cluster := range k.Clusters {
			if cluster.Name == c.Context.Cluster {
				return address(cluster.Cluster.Server)
			}
		}
	}
	return ""
}
