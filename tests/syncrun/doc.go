// Package syncrun runs SyncRun, getSyncStatus and the teardown of an EscSync for real: the Pulumi CLI runs a program
// with them, against the local Pulumi Cloud, whose deployments clone and run a target program. What each fault of the
// cloud's API comes to is tested beside the client, on a scripted cloud in a time of its own.
package syncrun
