package platforms

// Docs is what the documentation's tables say of a destination, in Markdown.
type Docs struct {
	// Example is the folder below examples/.
	Example string
	// Note stands behind the name. Default: none.
	Note string
	// Default is what is pushed where the destination has no name.
	Default string
	// Checked are the limits that are checked before the first write.
	Checked string
	// Proof is what it was tested against. Default: as the server says.
	Proof string
	// Credentials are the usual ones.
	Credentials string
	// Section is the heading in docs/destinations.md, and Limit what the section explains, in short. Empty: another
	// destination of the same section says it.
	Section, Limit string
}
