# `make` lists the targets. The paths of this folder and of the tool cache must not hold spaces.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

# A clone owned by another user must build too.
export GOFLAGS := -buildvcs=false $(filter-out -buildvcs%,$(GOFLAGS))

PROVIDER := bin/pulumi-resource-escsync
PROVIDER_SOURCES := go.mod go.sum $(shell find provider cmd -type f -not -name '*_test.go' 2>/dev/null)
PLUGIN_SOURCES := go.mod go.sum $(shell find tests/plugins -type f -not -name '*_test.go' 2>/dev/null)
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

# The packages of $(1) with tests, in the given order, but for those in $(2) of tests/.
tested = $$(go list -f '{{if or .TestGoFiles .XTestGoFiles}}{{.ImportPath}}{{end}}' $(1) | grep -vE '/tests/($(2))(/|$$)')
# Tests wait for processes most of the time, so more of them run at once than there are processors.
GO_TEST := go test -timeout 60m -parallel 6
# What stands in for others, and of that what needs a server which takes long to build.
STAND_INS := pulumicloud|plugins|platforms
SERVERS := (plugins|platforms)/(vault|kubernetes)|platforms/destinations

.PHONY: test test-full bench
test: sdk_check sdk_test base_tools $(NODEJS_HOST) $(CUSTOM_TARGET_MODULES) $(SDK_BUILD)/nodejs.built provider plugins ## Run the tests of all that is ours: start here
	@packages=$(call tested,./tests/e2e/... ./tests/destinations/... ./tests/docs/... ./...,$(STAND_INS)); $(GO_TEST) $$packages
	@echo "All passed. What to try next: make test-full (the long matrices, in parts), make bench, make lint, make shell"

# Each part is a job of .github/workflows/nightly.yml.
PARTS := test-own test-destinations test-languages test-stand-ins test-servers
.PHONY: $(PARTS)
test-full: $(PARTS) ## Run every test: those that `make test` leaves out too, and deployments in full

$(PARTS): export ESCSYNC_FULL := 1
test-own test-destinations test-servers: export ESCSYNC_EXECUTOR := real

test-own: sdk_check sdk_test base_tools $(NODEJS_HOST) $(CUSTOM_TARGET_MODULES) provider plugins ## Part of test-full: the provider, its life end to end, the docs, the demo
	@packages=$(call tested,./tests/e2e/... ./...,$(STAND_INS)|destinations|examples); $(GO_TEST) $$packages

test-destinations: base_tools provider plugins ## Part of test-full: every rule on every destination
	@$(GO_TEST) ./tests/destinations/...

test-languages: base_tools language_tools provider plugins sdk_build ## Part of test-full: the SDK and the examples of every language
	@$(GO_TEST) ./tests/examples/...

test-stand-ins: base_tools provider plugins ## Part of test-full: the local Pulumi Cloud, the plugins and platforms that stand in for others
	@packages=$(call tested,./tests/pulumicloud/... ./tests/plugins/... ./tests/platforms/...,$(SERVERS)); $(GO_TEST) $$packages

test-servers: base_tools platform_tools provider plugins ## Part of test-full: Vault and Kubernetes, whose servers take long to build
	@packages=$$(go list ./tests/platforms/... ./tests/plugins/... | grep -E '/tests/($(SERVERS))(/|$$)'); $(GO_TEST) $$packages

bench: base_tools provider plugins ## Run the benchmarks: docs/benchmarks.md says which there are
	@go test -run '^$$' -bench . -benchmem \
		$$(grep -rlE '^func Benchmark' --include='*_test.go' provider | xargs -r -n1 dirname | sort -u | sed 's|^|./|')
	@go test -run '^$$' -bench . -benchtime 1x -timeout 2h ./tests/benchmarks

# --- The rest -------------------------------------------------------------------------------------------

.PHONY: demo shell lint clean
# What the demo pushes to: the first destination of tests/platforms/all, or another of them.
DESTINATION ?=

demo: need-go ## Show one sync from a changed ESC value to the secret on a platform: DESTINATION=vault, ...
	@started=$$(date +%s); $(build_demo); \
		ESCSYNC_BUILD_SECONDS=$$(( $$(date +%s) - started )) exec bin/demo $(DESTINATION)

shell: need-go ## Open a shell for programs of your own, against what the demo runs: DESTINATION=vault, ...
	@$(build_demo); exec bin/demo shell $(DESTINATION)

# The demo itself says which destinations there are. It is asked before the rest is built, which may take long.
make_silently := $(MAKE) --silent --no-print-directory
build_demo = $(make_silently) bin/demo; bin/demo known $(DESTINATION); \
	$(make_silently) base_tools $(servers_of_$(DESTINATION)) provider plugins

bin/demo: $(PROVIDER_SOURCES) $(shell find tests/demo tests/harness tests/platforms tests/pulumicloud -name '*.go' \
		2>/dev/null)
	@go build -o $@ ./tests/demo
	@touch $@

lint: need-go $(GOLANGCI_LINT) $(ACTIONLINT) $(ZIZMOR)/complete ## Lint the code with golangci-lint, and the workflows with actionlint and zizmor
	@$(ACTIONLINT) -shellcheck= -pyflakes= .github/workflows/*.yml
	@$(ZIZMOR)/bin/zizmor --offline --quiet --config .github/zizmor.yml .github/workflows
	@$(GOLANGCI_LINT) run ./...

clean: ## Remove what was built here (not the tool cache)
	@rm -rf bin
