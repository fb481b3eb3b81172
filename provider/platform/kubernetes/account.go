package kubernetes

import (
	"os"
	"path/filepath"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/escsync/pulumi-escsync/provider/target/account"
)

// kubeconfig is the part of a kubeconfig that identifies the cluster.
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

// cluster returns the address of the cluster. Like the provider, it accepts a kubeconfig as text or as a path.
func cluster(s account.Source) string {
	text := s.First("kubernetes:kubeconfig", "KUBECONFIG")
	if text == "" {
		return ""
	}
	if !strings.Contains(text, "\n") && !strings.HasPrefix(strings.TrimSpace(text), "{") {
		content, err := os.ReadFile(filepath.Clean(text))
		if err != nil { // a list of paths, or unreadable: the provider reports it
			return ""
		}
		text = string(content)
	}
	var config kubeconfig
	if err := yaml.Unmarshal([]byte(text), &config); err != nil {
		return ""
	}
	chosen := s.First("kubernetes:context")
	if chosen == "" {
		chosen = config.CurrentContext
	}
	return account.Join("Kubernetes cluster", config.server(chosen, s.First("kubernetes:cluster")))
}

// server returns the address of the named cluster, or of the context's if name is "".
func (k kubeconfig) server(context, name string) string {
	for _, c := range k.Contexts {
		if name == "" && c.Name == context {
			name = c.Context.Cluster
		}
	}
	for _, cluster := range k.Clusters {
		if name != "" && cluster.Name == name {
			return account.Address(cluster.Cluster.Server)
		}
	}
	return ""
}
