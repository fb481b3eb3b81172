// Package gcpsecretmanager is a stand-in for Google Cloud's Secret Manager: a gRPC server with the official interface.
// There is no independent server, so it follows the rules in the interface's documentation. It proves that requests fit
// the official interface.
//
// Known differences to Google Cloud:
//   - There is no authentication. Deny revokes single permissions, and their calls answer PERMISSION_DENIED.
//   - It only speaks gRPC without TLS, and not the REST interface that Terraform's provider, and so Pulumi's, uses.
//   - It has one project. As on Google Cloud, names in answers contain the project's number, and requests may contain
//     either.
//   - Filters of lists, regional secrets, IAM policies, notifications, rotation and expiry do nothing or are refused.
//   - The error for a stale etag is not documented: here it is FAILED_PRECONDITION.
package gcpsecretmanager
