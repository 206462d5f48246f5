package export

import "whence/graph"

// shapes gives each type of node its shape.
var shapes = map[graph.NodeType]string{
	graph.TypeDocument:  "folder",
	graph.TypeVersion:   "box3d",
	graph.TypeSegment:   "tab",
	graph.TypeClaim:     "box",
	graph.TypeAgent:     "ellipse",
	graph.TypeStatistic: "hexagon",
	graph.TypeSource:    "note",
	graph.TypeRelation:  "diamond",
	graph.TypeReview:    "octagon",
}

// fills gives each type of node its background: pale, so that black text is
// readable on it.
var fills = map[graph.NodeType]string{
	graph.TypeDocument:  "#f5f0e1",
	graph.TypeVersion:   "#eeeeee",
	graph.TypeSegment:   "#f7f7f7",
	graph.TypeClaim:     "#ffffff",
	graph.TypeAgent:     "#e3f0fb",
	graph.TypeStatistic: "#fff3d6",
	graph.TypeSource:    "#e8f5e3",
	graph.TypeRelation:  "#f3e8f7",
	graph.TypeReview:    "#fde7e7",
}

// colours gives each relation its own colour, dark enough on white. Relations of
// one sense share a hue: who (blue), where it comes from (green), what speaks for
// it (teal) or against it (red), the same elsewhere (violet), structure (grey).
var colours = map[graph.Predicate]string{
	graph.AssertedBy:   "#0b4f9e",
	graph.AttributedTo: "#2f74c0",
	graph.PublishedBy:  "#4a6fa5",
	graph.WrittenBy:    "#1f5fbf",
	graph.HoldsOffice:  "#5b7fb5",
	graph.Mentions:     "#7a93b8",

	graph.SaidIn:      "#1b7a3d",
	graph.SourcedFrom: "#2f9e44",
	graph.TakesFrom:   "#0f6b2f",
	graph.QuotesFrom:  "#3f8f4f",
	graph.Cites:       "#5a8f2f",
	graph.LinksTo:     "#7aa34a",

	graph.ClarifiedBy: "#0a7e8c",
	graph.SupportedBy: "#0d9488",
	graph.UpdatedBy:   "#2b8ca3",
	graph.ReviewedBy:  "#17687a",

	graph.CorrectedBy:    "#c2570c",
	graph.DisputedBy:     "#d9480f",
	graph.RefutedBy:      "#b91c1c",
	graph.ContradictedBy: "#dc2626",
	graph.Contradicts:    "#9f1239",

	graph.Matches:    "#7e3fb2",
	graph.SameSource: "#9c5fc4",

	graph.Within:      "#4b4b4b",
	graph.HasFigure:   "#b07d10",
	graph.RepliesTo:   "#6b5b4b",
	graph.RevisionOf:  "#5c5c3d",
	graph.StatedIn:    "#8a8a8a",
	graph.InSegment:   "#999999",
	graph.SegmentOf:   "#a3a3a3",
	graph.VersionOf:   "#adadad",
	graph.RelatedFrom: "#77608a",
	graph.RelatedTo:   "#8a739c",
}

// shape returns the shape of a type of node, a bare frame for one not known.
func shape(t graph.NodeType) string {
	if s, ok := shapes[t]; ok {
		return s
	}
	return "box"
}

// fill returns the background of a type of node.
func fill(t graph.NodeType) string {
	if f, ok := fills[t]; ok {
		return f
	}
	return "#ffffff"
}

// colour returns the colour of a relation, black for one that is not known.
func colour(p graph.Predicate) string {
	if c, ok := colours[p]; ok {
		return c
	}
	return "#000000"
}
