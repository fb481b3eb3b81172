// Package place tells where on a platform a run pushes to, as far as the configuration of the platform's provider says
// it: the account, the address, the cluster. Names of secrets are only names within such a place.
package place

import (
	"net/url"
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

// address writes an address in one form, without credentials that may stand in it.
func address(text string) string {
	if parsed, err := url.Parse(text); err == nil && parsed.Host != "" {
		parsed.User, parsed.RawQuery, parsed.Fragment = nil, "", ""
		text = parsed.String()
	} else if i := strings.LastIndex(text, "@"); i >= 0 {
		text = text[i+1:]
	}
	return strings.TrimRight(strings.ToLower(text), "/")
}

// Aws is an account and a region.
func Aws(account, region string) string { return join("AWS account", account, region) }

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
	if owner == "" { // the token's own user, whom it does not tell
		return ""
	}
	return join("GitHub owner", strings.ToLower(owner), address(s.of("github:baseUrl", "GITHUB_BASE_URL")))
}

// Vault is an address and a namespace.
func (s Source) Vault() string {
	at := s.of("vault:address", "VAULT_ADDR")
	if at == "" {
		return ""
	}
	return join("Vault at", address(at), s.of("vault:namespace", "VAULT_NAMESPACE"))
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
	return join("Kubernetes cluster", config.server(chosen, s.of("kubernetes:cluster")))
}

// server is the address of a cluster: that of the context, unless another is named.
func (k kubeconfig) server(context, name string) string {
	for _, c := range k.Contexts {
		if name == "" && c.Name == context {
			name = c.Context.Cluster
		}
	}
	for _, cluster := range k.Clusters {
		if name != "" && cluster.Name == name {
			return address(cluster.Cluster.Server)
		}
	}
	return ""
}
