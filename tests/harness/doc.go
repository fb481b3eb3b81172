// Package harness runs the real Pulumi CLI with this repository's provider for end-to-end tests and the demo. It
// provides a local Pulumi Cloud (package pulumicloud), an AWS emulator (moto), and temporary folders for programs.
//
// Nothing of the caller's environment reaches the processes: no Pulumi or AWS credentials, no git settings. Close
// leaves nothing behind: no process, no temporary folder.
package harness
