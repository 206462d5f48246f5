// Package name finds proper names, offices and defined acronyms in English text.
package name

import "whence/graph"

// A Name is one place where an agent, programme or place is named.
type Name struct {
	Span graph.Span
	// Type is a guess from the words alone; "" when they do not tell.
	Type graph.AgentType
	// Office is set when the words name a post, not a person: "Work and Pensions
	// Secretary", "the minister", "a spokesperson for X".
	Office bool
	// Acronym is the span of the short form that a definition gives right after it: "Department
	// for Work and Pensions (DWP)". Zero when there is none.
	Acronym graph.Span
}
