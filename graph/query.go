package graph

import "context"

// A ClaimQuery selects claims. Zero fields select everything.
type ClaimQuery struct {
	Words      string // every word must stand in the content, in any order; case and marks do not count
	Speaker    ID
	Document   ID
	Mode       Mode
	From, To   Date // StatedOn, inclusive; undated claims are left out when either is set, and counted in Warnings
	Commenters bool // also the claims of readers in comments
	After      ID   // the cursor: claims after this one
	Limit      int  // 0 is all
}

// A ClaimView is a claim with what is needed to show it.
type ClaimView struct {
	Claim    *Claim
	Speaker  *Agent // nil when unknown
	Why      Resolved
	Document *Document
	Segment  *Segment
}

// A Page is one page of a list: Next is the cursor for the one after, "" at the end.
type Page[T any] struct {
	Items    []T
	Next     ID
	Warnings []string
}

// A DocumentQuery selects documents.
type DocumentQuery struct {
	Words     string // in title, publisher or authors
	Publisher string // equal but for case
	Kind      DocumentKind
	From, To  Date
	After     ID
	Limit     int
}

// An AgentQuery selects agents. Anonymous commenters are in it only with Commenters.
type AgentQuery struct {
	Words      string // in name or aliases
	Type       AgentType
	Commenters bool
	After      ID
	Limit      int
}

// A StatisticQuery selects figures.
type StatisticQuery struct {
	Words    string // in the sentence
	Document ID
	Source   ID // an agent: figures whose source is attributed to it
	After    ID
	Limit    int
}

// A StatisticView is a figure with who is credited for it.
type StatisticView struct {
	Statistic *Statistic
	Source    *Source // nil when the text credits nobody
	Credited  *Agent  // nil when nobody or unknown
	Document  *Document
}

// Claims returns the claims that a query selects, in order of ID.
func Claims(ctx context.Context, r Reader, q ClaimQuery) (Page[ClaimView], error) {
	panic("not written")
}

// Documents returns the documents that a query selects, in order of ID.
func Documents(ctx context.Context, r Reader, q DocumentQuery) (Page[*Document], error) {
	panic("not written")
}

// Agents returns the agents that a query selects, in order of ID.
func Agents(ctx context.Context, r Reader, q AgentQuery) (Page[*Agent], error) {
	panic("not written")
}

// Statistics returns the figures that a query selects, in order of ID.
func Statistics(ctx context.Context, r Reader, q StatisticQuery) (Page[StatisticView], error) {
	panic("not written")
}

// Neighbourhood returns what lies within depth edges of the nodes, at most limit nodes;
// what was cut is said in Subgraph.Cut. It does not pass through hubs
// (dates, places, publishers, prolific speakers): it shows them as leaves.
func Neighbourhood(ctx context.Context, r Reader, from []ID, depth, limit int) (Subgraph, error) {
	panic("not written")
}
