# The dependencies of the Node.js programs that tests run, installed once for each version of a package.json.
# Package tests/e2e looks for them at the same place.
node_modules = $(ESCSYNC_CACHE)/node/$(notdir $1)-$(shell git hash-object $1/package.json | cut -c1-12)/node_modules

CUSTOM_TARGET_MODULES := $(call node_modules,examples/custom-target)

$(CUSTOM_TARGET_MODULES): | need-npm
	@echo "installing the dependencies of examples/custom-target (about 1 minute, once)"
	@mkdir -p $(@D).building && cp examples/custom-target/package.json $(@D).building/
	@cd $(@D).building && npm install --no-package-lock --no-audit --no-fund --ignore-scripts --loglevel=error >/dev/null
	@rm -rf $(@D) && mv $(@D).building $(@D)
