# The servers that the tests of the platforms push to, where these are programs of their own that take long to build. Each
# is a file target in the tool cache, named by its version, and is built only when it is missing.
include tests/tools/platforms.env

VAULT := $(TOOLS)/vault-$(VAULT_VERSION)/vault
ETCD := $(TOOLS)/etcd-$(ETCD_VERSION)/etcd
KUBE_APISERVER := $(TOOLS)/kube-apiserver-$(KUBERNETES_VERSION)/kube-apiserver
# Those of a destination, by its name.
servers_of_vault := $(VAULT)
servers_of_kubernetes := $(ETCD) $(KUBE_APISERVER)
PULUMI_KUBERNETES := $(TOOLS)/pulumi-resource-kubernetes-$(PULUMI_KUBERNETES_VERSION)/pulumi-resource-kubernetes
PLATFORM_TOOLS := $(servers_of_vault) $(servers_of_kubernetes) $(PULUMI_KUBERNETES)

.PHONY: platform_tools
platform_tools: need-go ## Build the servers that take long: Vault, kube-apiserver, etcd
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
