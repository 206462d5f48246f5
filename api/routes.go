package api

import "context"

// A route is one question that can be asked.
type route struct {
	path   string   // gin's pattern; at most one parameter, named id
	params []string // of the query; others are refused
	drawn  bool     // the answer is also to be had as DOT
	// surveyed says that the answer is made of a survey of everything that is held.
	surveyed bool
	matched  bool // the answer shows what a [Matcher] ranked
	queried  bool // the answer shows what a query language found
	// unfixed says why the answer rests on more than what is held, and so has no receipt; "" if not.
	unfixed string
	// answer makes the answer inside a view.
	answer func(context.Context, *question) (*answer, error)
	// absent makes the answer when what a filter names is not held; nil is an error.
	absent func(why error) *answer
}

var (
	paging = []string{"limit", "cursor"}
	clocks = []string{"as_of", "known_by"}
)

// routes is the whole table.
var routes = []route{
	{path: "/healthz", unfixed: "it is about the service, not about what is held", answer: health},
	{path: "/api/v1/claims", params: list("q", "speaker", "document", "mode", "from", "to", "commenters", "min_confidence", "sort"), answer: claims, absent: noClaims},
	{path: "/api/v1/claims/:id", params: clocks, answer: claim},
	{path: "/api/v1/claims/:id/trace", params: tracing(), drawn: true, answer: traceClaim},
	{path: "/api/v1/trace", params: tracing("q"), drawn: true, answer: traceWords},
	{path: "/api/v1/documents", params: list("q", "publisher", "kind", "from", "to"), answer: documents},
	{path: "/api/v1/documents/:id", params: append([]string{"commenters", "text"}, clocks...), answer: document},
	{path: "/api/v1/agents", params: list("q", "type", "commenters"), answer: agents},
	{path: "/api/v1/agents/:id", params: clocks, answer: agent},
	{path: "/api/v1/statistics", params: list("q", "document", "source", "commenters", "min_confidence"), answer: statistics, absent: noStatistics},
	{path: "/api/v1/match", params: list("q", "speaker", "fact_checks", "commenters"), matched: true, unfixed: "its scores rest on everything that is held and on vectors that are computed apart", answer: matches},
	{path: "/api/v1/timeline", params: append([]string{"q", "speaker", "min_confidence", "basis", "commenters"}, clocks...), answer: timeline, absent: noTimeline},
	{path: "/api/v1/paths", params: append([]string{"from", "to", "count", "length", "min_confidence", "basis", "through", "commenters", "format"}, clocks...), drawn: true, answer: paths, absent: noPaths},
	{path: "/api/v1/reports", answer: reports},
	{path: "/api/v1/reports/:id", params: surveying(list("speaker", "publisher", "document", "from", "to", "severity", "grace", "commenters", "format")...), surveyed: true, answer: reportOf, absent: noFindings},
	{path: "/api/v1/search", params: list("q", "any", "document", "publisher", "from", "to", "commenters"), answer: searchPassages, absent: noPassages},
	{path: "/api/v1/query", params: []string{"language", "text", "limit", "known_by"}, queried: true, unfixed: "its results come in no order that holds", answer: queryAnswer},
	{path: "/api/v1/subgraph", params: append([]string{"node", "depth", "limit", "format"}, clocks...), drawn: true, answer: subgraph},
}

// list returns the parameters of a list with these filters.
func list(filters ...string) []string {
	return append(append(filters, paging...), clocks...)
}

// tracing returns the parameters of a trace.
func tracing(more ...string) []string {
	return append(append(more, "depth", "limit", "min_confidence", "basis", "commenters", "format"), clocks...)
}

// surveying returns the parameters of a question that is answered from a survey.
func surveying(more ...string) []string {
	return append(more, "basis", "min_confidence")
}
