// Package name finds proper names, offices and defined acronyms in English text.
//
// Its rules know no documents and no statistics of a language: they read runs of
// capitalised words, the small words that may stand inside a name ("Department
// for Work and Pensions"), titles, roles, and word lists written for it (folder
// data). What the words do not tell, a tagger that was learnt tells where it is sure
// (package entity, which has the figures); else it is left open: [Name.Type] is then "".
package name

import "whence/graph"

// A Name is one place where an agent, programme or place is named, or referred
// to by its office or kind.
type Name struct {
	// Span holds the name proper: no article (but "The Guardian"), no honorific,
	// no "MP", no possessive ending.
	Span graph.Span
	// Type is a guess from the words and those around; "" when they do not tell.
	Type graph.AgentType
	// Office is set when the words name a post, not a person: "Work and Pensions
	// Secretary", "the minister", the spokesperson in "a spokesperson for X".
	Office bool
	// Nominal is set when the words are a common noun that refers to a body named
	// elsewhere: "the charity", "the government".
	Nominal bool
	// Acronym is the span of the short form that a definition gives right after it: "Department
	// for Work and Pensions (DWP)". Zero when there is none.
	Acronym graph.Span
	// Honorific is the title before a person's name, "Dr", "Mrs"; "" if none.
	Honorific string
	// Gender is "female" or "male" when title, given name or role tell; else "".
	Gender string
	// Role is the span of the post that stands beside a person's name, before it
	// or in apposition: "NHS England national mental health director". Zero when
	// there is none.
	Role graph.Span
	// Body is, for a spokesperson, the span of the name of whom they speak for.
	Body graph.Span
}
