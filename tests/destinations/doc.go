// Package destinations tests every destination end to end through the same life: created, changed, repaired, removed,
// destroyed and created again, as a user of EscSync sees it. A row of tests/platforms contains the differences of a
// platform, including its limits. Live asserts each limit, so that a limit that no longer exists also fails the test.
//
// In Adopted, two syncs push the same names. Elsewhere destroys a sync whose credentials lead to another account.
//
// `make test` tests what is the same on every platform (the deletion limit, the pattern form) on one, and what depends
// on the platform's answers (Adopted, Elsewhere) on two. `make test-full` tests everything on each. Pushed tests the
// mappings and scopes that no row covers, as targets of one program.
//
// The tests of this package use the platforms that start at once. Vault and Kubernetes are in
// tests/platforms/destinations.
package destinations
