// Package kubernetes runs a real kube-apiserver with a real etcd: validation, versions, conflicts, server-side apply,
// field managers and RBAC are those of Kubernetes.
//
// What differs from a cluster: of the controllers there is only a garbage collector for Secrets and ConfigMaps, so
// deleting a namespace never ends and no default service accounts appear; no nodes, and so no pods that run; tokens
// come from a file; values are not encrypted at rest; etcd does not wait for the disk.
package kubernetes
