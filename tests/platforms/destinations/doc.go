// Package destinations takes the destinations whose servers take long to build through the life of tests/destinations:
// HashiCorp Vault and Kubernetes, both real.
package destinations
