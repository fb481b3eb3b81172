package platforms

// Docs contains a destination's entries in the documentation's tables, in Markdown.
type Docs struct {
	// Example is the folder below examples/.
	Example string
	// Note follows the name. Default: none.
	Note string
	// Default is what is pushed if the destination has no name.
	Default string
	// Checked are the limits that are checked before the first write.
	Checked string
	// Proof is what it was tested against. Default: the server's Proof.
	Proof string
	// Credentials are the usual credentials.
	Credentials string
	// Section is the heading in docs/destinations.md, and Limit summarizes what it explains. Empty if another destination
	// of the same section has it.
	Section, Limit string
}
