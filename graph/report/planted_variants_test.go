package report_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"whence/graph"
	"whence/graph/report"
)

// A variant is a report as somebody might write it who left out one thing that its
// definition says. On the planted corpus it must do worse than the report.
type variant struct {
	report  report.Kind
	without string
	make    func(s *graph.Survey) []report.Finding
}

var variants = []variant{
	{"depth-to-primary", "asking what kind of thing the last document is", func(s *graph.Survey) []report.Finding {
		return each(s, func(c *graph.TracedClaim) []report.Finding {
			depth := 0
			for at := c; len(at.Takes) > 0 && depth < 20; depth++ {
				at = s.Claim(at.Takes[0].To)
			}
			if depth == 0 {
				return nil
			}
			v := []report.Value{{Name: "depth", Value: fmt.Sprint(depth)}}
			return []report.Finding{{Type: "fact-primary", Subject: c.Claim.ID, Values: v}, {Type: "said-primary", Subject: c.Claim.ID, Values: v}}
		})
	}},
	{"circular", "asking whether it is one claim that goes round", func(s *graph.Survey) []report.Finding {
		next := map[graph.ID]map[graph.ID]bool{}
		for i := range s.Claims {
			for _, t := range s.Claims[i].Takes {
				from := s.Claims[i].Claim.Document
				if next[from] == nil {
					next[from] = map[graph.ID]bool{}
				}
				next[from][s.Claim(t.To).Claim.Document] = true
			}
		}
		reaches := func(start graph.ID) map[graph.ID]bool {
			seen, todo := map[graph.ID]bool{}, []graph.ID{start}
			for len(todo) > 0 {
				for d := range next[todo[0]] {
					if !seen[d] {
						seen[d] = true
						todo = append(todo, d)
					}
				}
				todo = todo[1:]
			}
			return seen
		}
		told := map[graph.ID]bool{}
		return each(s, func(c *graph.TracedClaim) []report.Finding {
			start := c.Claim.Document
			around := reaches(start)
			if len(c.Takes) == 0 || told[start] || !around[start] {
				return nil
			}
			for d := range around {
				told[d] = told[d] || reaches(d)[start]
			}
			return []report.Finding{{Type: "circle", Subject: c.Claim.ID}}
		})
	}},
	{"laundering", "asking whether the link is open", func(s *graph.Survey) []report.Finding {
		return takes(s, func(a, b *graph.TracedClaim, _ *graph.Relation) string {
			switch {
			case tierOf(a) <= tierOf(b):
				return ""
			case tierOf(b) == 0:
				return "below-the-line"
			}
			return "laundering"
		})
	}},
	{"overtaken", "a grace period", func(s *graph.Survey) []report.Finding {
		return after(s, 0, func(c *graph.TracedClaim, q graph.Qualifier) bool { return !carries(s, c, q) })
	}},
	{"overtaken", "looking at what the document cites", func(s *graph.Survey) []report.Finding {
		return after(s, report.DefaultGrace, func(*graph.TracedClaim, graph.Qualifier) bool { return true })
	}},
	{"could-have-known", "asking when what clarifies was published, not when it was told of", func(s *graph.Survey) []report.Finding {
		return each(s, func(c *graph.TracedClaim) (out []report.Finding) {
			for _, q := range c.Qualifiers {
				if c.Claim.StatedOn.After(q.Relation.StatedOn) {
					out = append(out, report.Finding{Subject: c.Claim.ID, Hops: []report.Hop{{Node: c.Claim.ID}, {Node: q.Target.NodeID(), Document: documentOf(q)}}})
				}
			}
			return out
		})
	}},
	{"number-drift", "rounding", func(s *graph.Survey) []report.Finding {
		return takes(s, func(a, b *graph.TracedClaim, _ *graph.Relation) string {
			if len(a.Figures) > 0 && len(b.Figures) > 0 && *a.Figures[0].Statistic.Value != *b.Figures[0].Statistic.Value {
				return "changed"
			}
			return ""
		})
	}},
	{"quote-drift", "asking which words were changed", func(s *graph.Survey) []report.Finding {
		return takes(s, func(a, b *graph.TracedClaim, _ *graph.Relation) string {
			if a.Claim.Mode == graph.ModeDirect && !strings.EqualFold(a.Claim.Words(), b.Claim.Words()) {
				return "substituted"
			}
			return ""
		})
	}},
	{"quote-drift", "looking further back than one document", func(s *graph.Survey) []report.Finding {
		return takes(s, func(a, b *graph.TracedClaim, _ *graph.Relation) string {
			if a.Claim.Mode == graph.ModeDirect && b.Claim.Mode == graph.ModeIndirect {
				return "promotion"
			}
			return ""
		})
	}},
	{"attribution-drift", "finding out who is meant", func(s *graph.Survey) []report.Finding {
		return takes(s, func(a, b *graph.TracedClaim, _ *graph.Relation) string {
			if graph.ExactOf(a.Claim.Source) != graph.ExactOf(b.Claim.Source) {
				return "reassigned"
			}
			return ""
		})
	}},
	{"certainty-inflation", "telling a doubt from a month, or one doubt from another", func(s *graph.Survey) []report.Finding {
		doubts := strings.Fields("may might could about estimated alleged suggests if")
		return takes(s, func(a, b *graph.TracedClaim, _ *graph.Relation) string {
			x, y := strings.Fields(strings.ToLower(a.Claim.Words())), strings.Fields(strings.ToLower(b.Claim.Words()))
			for _, w := range doubts {
				if slices.Contains(y, w) && !slices.Contains(x, w) {
					return "hedge-lost"
				}
			}
			return ""
		})
	}},
	{"echo", "joining sources that are one", func(s *graph.Survey) []report.Finding {
		var out []report.Finding
		for i := range s.Claims {
			if c := &s.Claims[i]; c.Family == c.Claim.ID && len(s.Family(c.Family)) > 3 {
				roots := 0
				var hops []report.Hop
				for _, id := range s.Family(c.Family) {
					if len(s.Claim(id).Takes) == 0 {
						roots++
					}
					hops = append(hops, report.Hop{Node: id})
				}
				out = append(out, report.Finding{Subject: c.Claim.ID, Hops: hops, Values: []report.Value{{Name: "effective", Value: fmt.Sprint(roots)}}})
			}
		}
		return out
	}},
	{"anachronism", "the day between, and later texts", func(s *graph.Survey) []report.Finding {
		return takes(s, func(a, b *graph.TracedClaim, _ *graph.Relation) string {
			if b.Claim.StatedOn > a.Claim.StatedOn {
				return "anachronism"
			}
			return ""
		})
	}},
	{"contradiction", "asking who speaks, of when and of where", func(s *graph.Survey) []report.Finding {
		var out []report.Finding
		for _, r := range s.Relations {
			if r.Kind != graph.Matches || len(r.Reasons) == 0 || r.Reasons[0] != graph.SameTopic {
				continue
			}
			a, b := s.Claim(r.From), s.Claim(r.To)
			if a != nil && b != nil {
				out = append(out, report.Finding{Type: "contradiction", Subject: a.Claim.ID, Hops: []report.Hop{{Node: a.Claim.ID}, {Node: b.Claim.ID}}})
			}
		}
		return out
	}},
	{"silent-edit", "asking what was changed", func(s *graph.Survey) []report.Finding {
		var out []report.Finding
		for _, d := range s.Documents {
			if es := s.Editions[d.ID]; len(es) > 1 && es[0].Reading.Text != es[1].Reading.Text {
				out = append(out, report.Finding{Type: "edit", Subject: d.ID})
			}
		}
		return out
	}},
	{"unsupported", "reading what is cited", func(s *graph.Survey) []report.Finding {
		return each(s, func(c *graph.TracedClaim) []report.Finding {
			kind := "U0"
			for _, source := range c.Cites {
				switch _, held := s.Held[source.ID]; {
				case held:
					kind = "U4"
				case source.Located():
					kind = "UX"
				default:
					kind = "U1"
				}
			}
			return []report.Finding{{Type: kind, Subject: c.Claim.ID}}
		})
	}},
	{"orphan-evidence", "holding the words to their place", func(s *graph.Survey) []report.Finding {
		var out []report.Finding
		for _, o := range s.Orphans {
			if c := s.Claim(o.Node); c != nil && !strings.Contains(o.Passage.Prefix+o.Passage.Exact+o.Passage.Suffix, c.Claim.Words()) {
				out = append(out, report.Finding{Subject: o.Node})
			}
		}
		return out
	}},
	{"answered-or-not", "asking whether the answer speaks of what was asked", func(s *graph.Survey) []report.Finding {
		return each(s, func(c *graph.TracedClaim) (out []report.Finding) {
			for _, q := range c.Qualifiers {
				if q.Held != nil && !q.Inferred && q.Held.Kind == graph.KindWrittenAnswer {
					out = append(out, report.Finding{Type: "clarifies", Subject: c.Claim.ID, Hops: []report.Hop{{Node: c.Claim.ID}, {Node: q.Held.ID, Document: q.Held.ID}}})
				}
			}
			return out
		})
	}},
}

// each makes the findings of every claim.
func each(s *graph.Survey, find func(*graph.TracedClaim) []report.Finding) []report.Finding {
	var out []report.Finding
	for i := range s.Claims {
		out = append(out, find(&s.Claims[i])...)
	}
	return out
}

// takes makes a finding of every claim that has its content from another, of the type that is told of the two; "" is none.
func takes(s *graph.Survey, kind func(a, b *graph.TracedClaim, r *graph.Relation) string) []report.Finding {
	return each(s, func(c *graph.TracedClaim) (out []report.Finding) {
		for _, t := range c.Takes {
			b := s.Claim(t.To)
			if k := kind(c, b, t.Relation); k != "" {
				out = append(out, report.Finding{Type: k, Subject: c.Claim.ID, Hops: []report.Hop{{Node: c.Claim.ID}, {Node: b.Claim.ID, By: t.Relation}}})
			}
		}
		return out
	})
}

// after makes a finding of every claim that was said so many days after what clarifies it.
func after(s *graph.Survey, grace int, lets func(*graph.TracedClaim, graph.Qualifier) bool) []report.Finding {
	return each(s, func(c *graph.TracedClaim) (out []report.Finding) {
		for _, q := range c.Qualifiers {
			told := s.Document(documentOf(q))
			late := c.Claim.StatedOn != "" && c.Claim.StatedOn.Start().Sub(told.Published.Start()).Hours()/24 > math.Max(float64(grace), 0)
			if late && c.Claim.Document != told.ID && lets(c, q) {
				out = append(out, report.Finding{Subject: c.Claim.ID, Hops: []report.Hop{{Node: c.Claim.ID}, {Node: q.Target.NodeID(), Document: told.ID}}})
				break
			}
		}
		return out
	})
}

func documentOf(q graph.Qualifier) graph.ID {
	if q.Held != nil {
		return q.Held.ID
	}
	return q.Document.ID
}

func carries(s *graph.Survey, c *graph.TracedClaim, q graph.Qualifier) bool {
	return slices.ContainsFunc(s.Cited[c.Claim.Document], func(o *graph.Source) bool { return s.Held[o.ID] == documentOf(q) }) || !q.Inferred
}

func tierOf(c *graph.TracedClaim) int {
	if c.Segment.Type.IsReader() {
		return 0
	}
	tier, _ := c.ClaimView.Document.Kind.Tier()
	return tier
}

// A report that leaves out what its definition asks for does worse on the planted corpus.
func TestLeavingOutWhatADefinitionSaysCosts(t *testing.T) {
	c := plantSmall(t)
	made := map[string]bool{}
	for _, k := range report.Kinds() {
		made[k.Name] = true
	}
	for _, v := range variants {
		t.Run(string(v.report)+" without "+v.without, func(t *testing.T) {
			if !made[string(v.report)] {
				t.Skip("NOT MADE YET: " + v.report)
			}
			r, err := report.New(c.survey, v.report, report.Filter{Commenters: true})
			if err != nil {
				t.Fatal(err)
			}
			whole, broken := c.score(v.report, r.Findings), c.score(v.report, v.make(c.survey))
			t.Logf("F1 %.3f, as it is %.3f", broken.f1(), whole.f1())
			if broken.f1() >= whole.f1() {
				t.Errorf("F1 %.3f (P %.3f, R %.3f), and as it is %.3f: want less\n%s", broken.f1(), broken.precision(), broken.recall(), whole.f1(), c.faults(broken))
			}
		})
	}
}
