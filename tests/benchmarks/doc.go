// Package benchmarks measures what escsync costs beside the same by hand, on the local Pulumi Cloud and with stand-in
// plugins: processor seconds of all processes that an operation starts, which another load of the machine disturbs less
// than the time on the clock does. docs/benchmarks.md has results.
package benchmarks
