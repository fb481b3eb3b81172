// Package syncrun tests SyncRun, getSyncStatus and the teardown of an EscSync with the Pulumi CLI and the local Pulumi
// Cloud, whose deployments clone and run a target program. The tests beside the client cover faults of the cloud's API,
// with a scripted cloud and its own clock.
package syncrun
