// Package destinations proves every destination end to end with one and the same life: made, changed, repaired,
// removed, destroyed and made again, as a user of EscSync sees it. A row of tests/platforms says what differs between
// platforms, limits included, and Live asserts each limit, so that a limit that is no more fails the test as well.
//
// Adopted has two syncs push the same names, and Elsewhere destroys one that leads to another place.
//
// What is the same on every platform (the deletion limit, the published pattern's form) is shown on one by `make test`,
// what differs by what a platform tells (Adopted, Elsewhere) on two, and all of it on each by `make test-full`.
// The mappings and scopes that no row has are the pushes there, which Pushed takes as
// targets of one program.
//
// The tests of this package are the platforms that start at once. Vault and Kubernetes are in
// tests/platforms/destinations.
package destinations
