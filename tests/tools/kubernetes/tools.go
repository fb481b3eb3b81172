//go:build tools

// Package tools pins the Kubernetes API server and its store, which are built from here.
package tools

import (
	_ "go.etcd.io/etcd/server/v3"
	_ "k8s.io/kubernetes/cmd/kube-apiserver"
)
