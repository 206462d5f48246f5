package extract

import (
	"strings"
	"testing"

	"whence/graph"
)

// confidenceOf marks a source and a cue in a text by their words, "" for none.
func confidenceOf(text, source, cue string, mode graph.Mode) graph.Confidence {
	span := func(words string) graph.Span {
		i := strings.Index(text, words)
		if words == "" || i < 0 {
			return graph.Span{}
		}
		return graph.Span{Start: i, End: i + len(words)}
	}
	r := &reader{text: text}
	return r.confidence(&attribution{source: span(source), cue: span(cue), mode: mode})
}

func TestConfidence_OneDoubtAtATime(t *testing.T) {
	for name, c := range map[string]struct {
		text, source, cue string
		mode              graph.Mode
		want              graph.Confidence
	}{
		"a quotation, then who said it":         {"“It is late,” said Ann Lowe.", "Ann Lowe", "said", graph.ModeDirect, sure},
		"who, then a quotation":                 {"Ann Lowe said: “It is late.”", "Ann Lowe", "said:", graph.ModeDirect, sure},
		"another sentence before":               {"It rained. Ann Lowe told us: “It is late.”", "Ann Lowe", "told", graph.ModeDirect, sure},
		"another paragraph before":              {"The mill\n\n  Ann Lowe wrote: “It is late.”", "Ann Lowe", "wrote", graph.ModeDirect, sure},
		"a conjunction before":                  {"It rained and Ann Lowe said: “It is late.”", "Ann Lowe", "said", graph.ModeDirect, sure},
		"a comma before":                        {"On Monday, she said: “It is late.”", "she", "said", graph.ModeDirect, sure},
		"a dash as cue":                         {"“It is late.” – Ann Lowe", "Ann Lowe", "–", graph.ModeDirect, sure},
		"according to":                          {"According to Ann Lowe, “it is late”.", "Ann Lowe", "According to", graph.ModeDirect, sure},
		"no marks":                              {"Ann Lowe said that it was late.", "Ann Lowe", "said", graph.ModeIndirect, 855},
		"some marks":                            {"Ann Lowe said that it was “late”.", "Ann Lowe", "said", graph.ModeMixed, 855},
		"a wish":                                {"Ann Lowe hopes that it is late.", "Ann Lowe", "hopes", graph.ModeIndirect, 641},
		"a finding":                             {"The study shows that it is late.", "The study", "shows", graph.ModeIndirect, 641},
		"an order":                              {"Ann Lowe urged them to go.", "Ann Lowe", "urged", graph.ModeIndirect, 641},
		"a noun as cue":                         {"Ann Lowe’s fear that it is late", "Ann Lowe", "fear", graph.ModeIndirect, 641},
		"the source is cut out of a phrase":     {"The head of Lowe Mills said: “It is late.”", "Lowe Mills", "said", graph.ModeDirect, 713},
		"words between source and cue":          {"Ann Lowe, who runs the mill, said: “It is late.”", "Ann Lowe", "said", graph.ModeDirect, 760},
		"a comma between source and cue":        {"Ann Lowe, said: “It is late.”", "Ann Lowe", "said", graph.ModeDirect, sure},
		"words between cue and source":          {"“It is late,” said yesterday Ann Lowe.", "Ann Lowe", "said", graph.ModeDirect, 570},
		"a cue and nobody":                      {"It was said that it was late.", "", "said", graph.ModeIndirect, 428},
		"somebody and no cue":                   {"Ann Lowe spoke. “It is late.”", "Ann Lowe", "", graph.ModeDirect, 238},
		"a quotation alone":                     {"“It is late.”", "", "", graph.ModeDirect, 48},
		"a source cut out of a phrase, a wish":  {"The head of Lowe Mills hopes that it is late.", "Lowe Mills", "hopes", graph.ModeIndirect, 481},
		"a source that overlaps its cue":        {"Her claim: “It is late.”", "Her", "Her claim:", graph.ModeDirect, sure},
		"letters of two bytes before the cut":   {strings.Repeat("é", 19) + "x Ann Lowe said: “It is late.”", "Ann Lowe", "said", graph.ModeDirect, 713},
		"a source a long way before its cue":    {"Ann Lowe" + strings.Repeat(" ", 300) + "said: “It is late.”", "Ann Lowe", "said", graph.ModeDirect, 760},
		"a thought that is told as speech: add": {"Ann Lowe added that she hopes so.", "Ann Lowe", "added", graph.ModeIndirect, 855},
	} {
		t.Run(name, func(t *testing.T) {
			if got := confidenceOf(c.text, c.source, c.cue, c.mode); got != c.want {
				t.Errorf("%d, want %d", got, c.want)
			}
		})
	}
}

// What is found in a text has the confidence of its place, whatever the rule.
func TestConfidence_IsThatOfTheClaim(t *testing.T) {
	r := read(t, "“The bridge is shut,” said Ann Lowe.\n\nBo Fenn said that the bridge is open. “Nobody asked us.”\n")
	want := map[string]graph.Confidence{"Ann Lowe": sure, "Bo Fenn": 855}
	for _, c := range r.Claims {
		if w, ok := want[graph.ExactOf(c.Source)]; ok && len(c.Cue) > 0 {
			if c.Confidence != w {
				t.Errorf("%s: %d, want %d", graph.ExactOf(c.Source), c.Confidence, w)
			}
			delete(want, graph.ExactOf(c.Source))
		}
	}
	if len(want) > 0 {
		t.Errorf("not found: %v", want)
	}
}
