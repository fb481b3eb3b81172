// Package syncrun runs SyncRun, getSyncStatus and the teardown of an EscSync for real: the Pulumi CLI runs a program
// with them, against the local Pulumi Cloud, whose deployments clone and run a target program. The effect of each
// fault of the cloud's API is tested beside the client, on a scripted cloud with its own clock.
package syncrun
