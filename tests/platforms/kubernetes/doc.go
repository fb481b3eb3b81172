// Package kubernetes runs a real kube-apiserver with a real etcd: validation, versions, conflicts, server-side apply,
// field managers and RBAC are those of Kubernetes.
//
// Differences to a cluster: the only controller is a garbage collector for Secrets and ConfigMaps, so deleting a
// namespace never ends, and there are no default service accounts. There are no nodes, so no pods run. Tokens come from
// a file, values are not encrypted at rest, and etcd does not wait for the disk.
package kubernetes
