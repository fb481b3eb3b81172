// Package workflows holds the workflows of GitHub Actions to this repository's rules. What the workflows' own grammar
// asks is checked by actionlint, as a part of `make lint`.
package workflows
