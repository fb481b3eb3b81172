// Package destinations proves every destination end to end with one and the same life: made, changed, repaired,
// removed, destroyed and made again, as a user of EscSync sees it. A row of tests/platforms says what differs between
// platforms, limits included, and Live asserts each limit, so that a limit that is no more fails the test as well.
//
// In Adopted two syncs push the same names. Elsewhere destroys a sync whose credentials lead to another account.
//
// `make test` shows what is the same on every platform (the deletion limit, the pattern form) on one, and what
// depends on the platform's answers (Adopted, Elsewhere) on two. `make test-full` shows all of it on each. Pushed
// pushes the mappings and scopes that no row has, as targets of one program.
//
// The tests of this package are the platforms that start at once. Vault and Kubernetes are in
// tests/platforms/destinations.
package destinations
