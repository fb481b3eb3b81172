// Package e2e runs whole syncs: the real Pulumi engine, real programs, the local Pulumi Cloud of tests/pulumicloud, the
// stand-in provider plugins of tests/plugins, and platform servers. See tests/harness for what is real in a run.
package e2e
