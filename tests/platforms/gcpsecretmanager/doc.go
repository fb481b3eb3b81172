// Package gcpsecretmanager is a stand-in for Google Cloud's Secret Manager: a gRPC server on the official interface.
// It is not Google's, and there is no independent one: it proves that requests fit the official interface, and
// follows the rules in the interface's documentation.
//
// What differs from Google Cloud, as far as known:
//   - There is no authentication. Deny takes single permissions away, and their calls answer PERMISSION_DENIED.
//   - It speaks gRPC without TLS only, and not the REST interface that Terraform's provider, and so Pulumi's, uses.
//   - One project. As on Google Cloud, names in answers hold the project's number and requests may hold either.
//   - Filters of lists, regional secrets, IAM policies, notifications, rotation and expiry do nothing or are refused.
//   - Which error a stale etag gets is not documented: here it is FAILED_PRECONDITION.
package gcpsecretmanager
