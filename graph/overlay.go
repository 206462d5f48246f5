package graph

// An Applied is a decision and what became of it in a view.
type Applied struct {
	Decision Decision
	// Orphan says why it applies nowhere: its words are not found exactly once in
	// a live version. "" when it applies.
	Orphan string
	// Flag says that it applies although what it was decided on has changed: its
	// Before no longer holds. "" when nothing changed.
	Flag string
}
