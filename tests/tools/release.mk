# The release, built on this machine from the newest commit: a clone that is tagged as a release would be, so that what
# is not committed is not in it.
GORELEASER := $(TOOLS)/goreleaser-$(GORELEASER_VERSION)/goreleaser
RELEASE := bin/release
RELEASE_TARGETS := linux-amd64 linux-arm64 darwin-amd64 darwin-arm64 windows-amd64 windows-arm64

.PHONY: release_version release-check
release_version: # The version in source, which a release's tag must name
	@echo $(SDK_VERSION)

$(GORELEASER):
	@echo "building goreleaser $(GORELEASER_VERSION) (about 5 minutes, once)"
	@GOWORK=off CGO_ENABLED=0 GOBIN=$(abspath $(@D)).building go install -trimpath -ldflags "-s -w" \
		github.com/goreleaser/goreleaser/v2@$(GORELEASER_VERSION)
	@rm -rf $(@D) && mv $(@D).building $(@D)

release-check: base_tools plugins bin/demo $(GORELEASER) ## Build the six archives of a release (half an hour or more) and run the demo with this machine's
	@rm -rf $(RELEASE) && mkdir -p $(RELEASE)
	@git clone --quiet --no-local . $(RELEASE)/source && git -C $(RELEASE)/source tag v$(SDK_VERSION)
	@cd $(RELEASE)/source && $(GORELEASER) release --clean --skip=publish,announce
	@tests/tools/check-release $(RELEASE)/source $(SDK_VERSION) "$(RELEASE_TARGETS)" $(RELEASE)/home
	@ESCSYNC_PROVIDER=$$(echo $(abspath $(RELEASE))/home/plugins/resource-escsync-v$(SDK_VERSION)/pulumi-resource-escsync) \
		ESCSYNC_PROGRAM_REPOSITORY=$(abspath $(RELEASE))/source bin/demo
