// Package destinations runs the tests of tests/destinations for destinations whose servers take long to build.
package destinations
