package name

import "whence/graph"

// Find returns the names in the sentences, in order of Span.Start.
func Find(text string, sentences []graph.Span) []Name { return nil }
