// Package e2e tests whole syncs with the real Pulumi engine and real programs. The local Pulumi Cloud of
// tests/pulumicloud, the stand-in plugins of tests/plugins, and platform servers replace the services. tests/harness
// lists what is real.
package e2e
