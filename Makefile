# `make` lists the targets. The paths of this folder and of the tool cache must not hold spaces.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

# A clone owned by another user must build too.
export GOFLAGS := -buildvcs=false $(filter-out -buildvcs%,$(GOFLAGS))

PROVIDER := bin/pulumi-resource-escsync
PROVIDER_SOURCES := go.mod go.sum $(shell find provider cmd -type f -not -name '*_test.go' 2>/dev/null)
PLUGIN_SOURCES := go.mod go.sum $(shell find tests/plugins -type f -not -name '*_test.go' 2>/dev/null)
# The tests that run the real CLI and its plugins.
END_TO_END := ./tests/e2e/... ./tests/syncrun/... ./tests/destinations/... ./tests/docs/... ./tests/demo/...
# The tests that need a server which takes long to build. With -short they leave that part out.
PLATFORMS := $(addsuffix /...,$(wildcard ./tests/platforms/vault ./tests/platforms/kubernetes ./tests/plugins/vault \
	./tests/plugins/kubernetes ./tests/platforms/destinations))

.PHONY: help
help: ## List the targets
	@grep -hE '^[a-z][a-z0-9_-]*:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  %-16s %s\n", $$1, $$2}'

include tests/tools/tools.mk
include tests/tools/node.mk
include tests/tools/platforms.mk
include sdk/sdk.mk
include tests/tools/release.mk

# --- The provider and what stands in for others ---------------------------------------------------------

.PHONY: provider plugins
provider: $(PROVIDER) ## Build the provider plugin into bin/
plugins: bin/plugins/built ## Build the stand-in plugins into bin/plugins/, laid out as the CLI installs plugins

$(PROVIDER): $(PROVIDER_SOURCES)
	@echo "building $@"
	@go build -o $@ ./cmd/pulumi-resource-escsync
	@touch $@

bin/plugins/built: $(PLUGIN_SOURCES)
	@echo "building the stand-in plugins in bin/plugins"
	@rm -rf bin/plugins && mkdir -p bin/plugins
	@go build -o bin/plugins/ ./tests/plugins/cmd/...
	@for plugin in bin/plugins/pulumi-resource-*; do \
		folder=bin/plugins/resource-$${plugin#bin/plugins/pulumi-resource-}-v$$($$plugin -version); \
		mkdir $$folder && mv $$plugin $$folder/; done
	@touch $@

# --- Tests ----------------------------------------------------------------------------------------------

# go test over the packages of $(1) that have tests, so that the output is one line for each.
with_tests = $$(go list -f '{{if or .TestGoFiles .XTestGoFiles}}{{.ImportPath}}{{end}}' $(1))

.PHONY: test test_unit test_stand_ins test_e2e test-platforms bench
test: test_unit sdk_check sdk_test test_stand_ins test_e2e test_examples ## Run all tests that start within minutes on a bare machine

test_unit: need-go ## Run the tests of the provider: pure parts, and components through its server with mocks
	@packages=$(call with_tests,./provider/... ./cmd/... ./sdk/...); go test -timeout 15m $$packages

test_stand_ins: base_tools provider plugins ## Run the tests of the local Pulumi Cloud, the stand-in plugins and the harness
	@packages=$(call with_tests,./tests/... | grep -vE '/tests/(e2e|syncrun|destinations|docs|demo|examples|platforms/destinations|(platforms|plugins)/(vault|kubernetes))(/|$$)'); \
		go test -timeout 15m $$packages
	@packages=$(call with_tests,$(filter-out ./tests/platforms/destinations/...,$(PLATFORMS))); go test -short -timeout 15m $$packages

test_e2e: base_tools $(NODEJS_HOST) $(CUSTOM_TARGET_MODULES) provider plugins ## Run the end-to-end tests: real programs, real CLI
	@packages=$(call with_tests,$(END_TO_END)); go test -timeout 60m $$packages

test-platforms: base_tools platform_tools provider plugins ## Run the tests against servers that take long to build
	@packages=$(call with_tests,$(PLATFORMS)); go test -timeout 60m $$packages

bench: need-go ## Run the benchmarks
	@go test -run '^$$' -bench . -benchmem $$(grep -rlE '^func Benchmark' --include='*_test.go' . | xargs -r -n1 dirname | sort -u)

# --- The rest -------------------------------------------------------------------------------------------

.PHONY: demo shell lint clean
# What the demo can push to, the default first. For vault and kubernetes a server is built, once, which takes long.
DEMO_DESTINATIONS := awsSecretsManager awsParameterStore azureKeyVault gcpSecretManager githubSecrets vault kubernetes
DESTINATION ?= $(firstword $(DEMO_DESTINATIONS))
demo_servers_vault := $(VAULT)
demo_servers_kubernetes := $(ETCD) $(KUBE_APISERVER)

demo: need-demo-destination ## Show one sync from a changed ESC value to the secret on a platform: DESTINATION=vault, ...
	@started=$$(date +%s); $(MAKE) --silent --no-print-directory base_tools $(demo_servers_$(DESTINATION)) provider \
		plugins bin/demo; ESCSYNC_BUILD_SECONDS=$$(( $$(date +%s) - started )) exec bin/demo $(DESTINATION)

shell: need-demo-destination ## Open a shell for programs of your own, against what the demo runs: DESTINATION=vault, ...
	@$(MAKE) --silent --no-print-directory base_tools $(demo_servers_$(DESTINATION)) provider plugins bin/demo; \
		exec bin/demo shell $(DESTINATION)

.PHONY: need-demo-destination
need-demo-destination:
	@$(if $(filter $(DEMO_DESTINATIONS),$(DESTINATION)),:,echo "there is no destination \"$(DESTINATION)\" to show:" \
		"use one of $(DEMO_DESTINATIONS)" >&2; exit 2)

bin/demo: $(PROVIDER_SOURCES) $(shell find tests/demo tests/harness tests/platforms tests/pulumicloud -name '*.go' \
		2>/dev/null)
	@go build -o $@ ./tests/demo
	@touch $@

lint: need-go $(GOLANGCI_LINT) $(ACTIONLINT) ## Lint the code with golangci-lint, and the workflows with actionlint
	@$(ACTIONLINT) -shellcheck= -pyflakes= .github/workflows/*.yml
	@$(GOLANGCI_LINT) run ./...

clean: ## Remove what was built here (not the tool cache)
	@rm -rf bin
