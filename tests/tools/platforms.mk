# The servers that the tests of the platforms push to, where these are programs of their own that take long to build. Each
# is a file target in the tool cache, named by its version, and is built only when it is missing.
include tests/tools/platforms.env

VAULT := $(TOOLS)/vault-$(VAULT_VERSION)/vault
ETCD := $(TOOLS)/etcd-$(ETCD_VERSION)/etcd
KUBE_APISERVER := $(TOOLS)/kube-apiserver-$(KUBERNETES_VERSION)/kube-apiserver
# Those of a destination, by its name.
servers_of_vault := $(VAULT)
servers_of_kubernetes := $(ETCD) $(KUBE_APISERVER)
# Published plugins, with which the general destination pushes to Kubernetes.
PULUMI_KUBERNETES := $(TOOLS)/pulumi-resource-kubernetes-$(PULUMI_KUBERNETES_VERSION)/pulumi-resource-kubernetes
TERRAFORM_BRIDGE := \
	$(TOOLS)/pulumi-resource-terraform-provider-$(PULUMI_TERRAFORM_BRIDGE_VERSION)/pulumi-resource-terraform-provider
TERRAFORM_KUBERNETES := $(TOOLS)/terraform-provider-kubernetes-$(TERRAFORM_KUBERNETES_VERSION)/terraform-provider-kubernetes
PUBLISHED_PLUGINS := $(PULUMI_KUBERNETES) $(TERRAFORM_BRIDGE) $(TERRAFORM_KUBERNETES)
PLATFORM_TOOLS := $(servers_of_vault) $(servers_of_kubernetes) $(PUBLISHED_PLUGINS)

.PHONY: platform_tools
platform_tools: need-go ## Build what takes long: Vault, kube-apiserver, etcd, published plugins
	@$(MAKE) --silent --no-print-directory $(PLATFORM_TOOLS)

$(VAULT):
	@$(BUILD) $@ tests/tools/vault . "" "5 to 15 minutes"

$(ETCD):
	@$(BUILD) $@ tests/tools/kubernetes go.etcd.io/etcd/server/v3 "" "1 to 3 minutes"

KUBERNETES_VERSION_FLAG := -X k8s.io/component-base/version.git
kubernetes_part = $(word $1,$(subst ., ,$(patsubst v%,%,$(KUBERNETES_VERSION))))

$(KUBE_APISERVER):
	@$(BUILD) $@ tests/tools/kubernetes k8s.io/kubernetes/cmd/kube-apiserver \
		"$(KUBERNETES_VERSION_FLAG)Version=$(KUBERNETES_VERSION) \
		$(KUBERNETES_VERSION_FLAG)Major=$(call kubernetes_part,1) \
		$(KUBERNETES_VERSION_FLAG)Minor=$(call kubernetes_part,2)" "10 to 30 minutes"

$(PULUMI_KUBERNETES):
	@$(BUILD) $@ tests/tools/pulumi-kubernetes . "" "5 to 20 minutes"

$(TERRAFORM_BRIDGE):
	@$(BUILD) $@ tests/tools/pulumi-terraform-provider github.com/pulumi/pulumi-terraform-bridge/v3/dynamic \
		"-X github.com/pulumi/pulumi-terraform-bridge/v3/dynamic/version.version=v1.0.0" "5 to 15 minutes"

$(TERRAFORM_KUBERNETES):
	@$(BUILD) $@ tests/tools/terraform-provider-kubernetes github.com/hashicorp/terraform-provider-kubernetes "" \
		"3 to 10 minutes"
