# The programs that tests and the demo need beside this repository's own. Each is a file target in the cache,
# named by its version, and is built only when it is missing.
include tests/tools/versions.env

ESCSYNC_CACHE ?= $(HOME)/.cache/escsync
TOOLS := $(ESCSYNC_CACHE)/bin
BUILD := tests/tools/build-go-tool

BUILT_PULUMI := $(TOOLS)/pulumi-$(PULUMI_VERSION)/pulumi
PULUMI := $(shell tests/tools/find-pulumi $(PULUMI_MINIMUM_VERSION) $(BUILT_PULUMI))

# A Pulumi CLI that was installed has its language hosts beside it; a built one has none.
installed = $(filter-out $(BUILT_PULUMI),$(PULUMI))
host = $(or $(and $(installed),$(wildcard $(dir $(PULUMI))pulumi-language-$1)),$(TOOLS)/pulumi-language-$1-$2/pulumi-language-$1)
YAML_HOST := $(call host,yaml,$(PULUMI_LANGUAGE_YAML_VERSION))
NODEJS_HOST := $(call host,nodejs,$(PULUMI_LANGUAGE_HOSTS_VERSION))
PYTHON_HOST := $(call host,python,$(PULUMI_LANGUAGE_HOSTS_VERSION))
GO_HOST := $(call host,go,$(PULUMI_LANGUAGE_HOSTS_VERSION))
JAVA_HOST := $(call host,java,$(PULUMI_LANGUAGE_JAVA_VERSION))
MOTO := $(TOOLS)/moto-$(MOTO_VERSION)/bin/moto_server
MOTO_COMPLETE := $(TOOLS)/moto-$(MOTO_VERSION)/complete
GOLANGCI_LINT := $(TOOLS)/golangci-lint-$(GOLANGCI_LINT_VERSION)/golangci-lint
ACTIONLINT := $(TOOLS)/actionlint-$(ACTIONLINT_VERSION)/actionlint
ZIZMOR := $(TOOLS)/zizmor-$(ZIZMOR_VERSION)

BASE_TOOLS := $(PULUMI) $(YAML_HOST) $(MOTO_COMPLETE)
LANGUAGE_TOOLS := $(NODEJS_HOST) $(PYTHON_HOST) $(GO_HOST) $(JAVA_HOST)

# What package tests/harness reads. Without them it looks in the cache by itself.
export ESCSYNC_CACHE
export ESCSYNC_PULUMI := $(PULUMI)
export ESCSYNC_MOTO := $(MOTO)
space := $(subst ,, )
export ESCSYNC_LANGUAGE_HOSTS := $(subst $(space),:,$(sort $(dir $(YAML_HOST) $(LANGUAGE_TOOLS))))

# need-<program> fails with the program's name if it is not on PATH.
need-%:
	@command -v $* >/dev/null || { echo "$* is needed and is not on PATH: install it and try again" >&2; exit 1; }

.PHONY: base_tools language_tools tools
base_tools: need-go need-git need-python3 ## Build what the demo needs: the Pulumi CLI, its YAML host, moto
	@$(MAKE) --silent --no-print-directory $(BASE_TOOLS)

language_tools: need-go need-node need-npm need-python3 need-java need-mvn
	@$(MAKE) --silent --no-print-directory $(LANGUAGE_TOOLS)

tools: base_tools language_tools ## Build every tool that is missing, language hosts included

SDK_VERSION_FLAG := -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version
SDK := github.com/pulumi/pulumi/sdk/v3

$(BUILT_PULUMI):
	@$(BUILD) $@ tests/tools/pulumi github.com/pulumi/pulumi/pkg/v3/cmd/pulumi \
		"$(SDK_VERSION_FLAG)=$(PULUMI_VERSION)" "about 5 minutes"

$(TOOLS)/pulumi-language-yaml-$(PULUMI_LANGUAGE_YAML_VERSION)/pulumi-language-yaml:
	@$(BUILD) $@ tests/tools/pulumi-language-yaml github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml \
		"-X github.com/pulumi/pulumi-yaml/pkg/version.Version=$(PULUMI_LANGUAGE_YAML_VERSION)" "about 1 minute"

$(TOOLS)/pulumi-language-nodejs-$(PULUMI_LANGUAGE_HOSTS_VERSION)/pulumi-language-nodejs:
	@$(BUILD) $@ tests/tools/pulumi-language-hosts $(SDK)/nodejs/cmd/pulumi-language-nodejs \
		"$(SDK_VERSION_FLAG)=$(PULUMI_LANGUAGE_HOSTS_VERSION)" "about 30 seconds"

$(TOOLS)/pulumi-language-go-$(PULUMI_LANGUAGE_HOSTS_VERSION)/pulumi-language-go:
	@$(BUILD) $@ tests/tools/pulumi-language-hosts $(SDK)/go/pulumi-language-go \
		"$(SDK_VERSION_FLAG)=$(PULUMI_LANGUAGE_HOSTS_VERSION)" "about 30 seconds"

# The Python host runs programs through a script that it looks for beside itself.
$(TOOLS)/pulumi-language-python-$(PULUMI_LANGUAGE_HOSTS_VERSION)/pulumi-language-python:
	@mkdir -p $(@D)
	@sdk=$$(cd tests/tools/pulumi-language-hosts && go mod download $(SDK) && go list -m -f '{{.Dir}}' $(SDK)) && \
		install -m 755 $$sdk/python/cmd/pulumi-language-python-exec $(@D)/
	@$(BUILD) $@ tests/tools/pulumi-language-hosts $(SDK)/python/cmd/pulumi-language-python \
		"$(SDK_VERSION_FLAG)=$(PULUMI_LANGUAGE_HOSTS_VERSION)" "about 30 seconds"

$(TOOLS)/pulumi-language-java-$(PULUMI_LANGUAGE_JAVA_VERSION)/pulumi-language-java:
	@$(BUILD) $@ tests/tools/pulumi-language-java github.com/pulumi/pulumi-java/pkg/cmd/pulumi-language-java \
		"-X github.com/pulumi/pulumi-java/pkg/version.Version=$(PULUMI_LANGUAGE_JAVA_VERSION)" "about 1 minute"

$(MOTO_COMPLETE):
	@tests/tools/install-python-tool $(@D) tests/tools/moto/requirements.txt

$(ZIZMOR)/complete: tests/tools/zizmor/requirements.txt | need-python3
	@tests/tools/install-python-tool $(@D) $<

$(GOLANGCI_LINT):
	@echo "building golangci-lint $(GOLANGCI_LINT_VERSION) (about 3 minutes, once)"
	@GOWORK=off GOBIN=$(@D).building go install -trimpath -ldflags "-s -w" \
		github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(GOLANGCI_LINT_VERSION)
	@rm -rf $(@D) && mv $(@D).building $(@D)

$(ACTIONLINT):
	@echo "building actionlint $(ACTIONLINT_VERSION) (about 30 seconds, once)"
	@GOWORK=off GOBIN=$(@D).building go install -trimpath -ldflags "-s -w" \
		github.com/rhysd/actionlint/cmd/actionlint@$(ACTIONLINT_VERSION)
	@rm -rf $(@D) && mv $(@D).building $(@D)
