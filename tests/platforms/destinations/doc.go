// Package destinations takes destinations whose servers take long to build through the life of tests/destinations.
package destinations
