// Package harness is what the end-to-end tests and the demo share: the real Pulumi CLI with this repository's provider,
// against a local Pulumi Cloud (package pulumicloud) and an AWS emulator (moto), with programs in temporary folders.
//
// Nothing of the caller's environment, its Pulumi or AWS credentials or its git settings reaches what is run here, and
// nothing is left behind by Close: no process, no temporary folder.
package harness
