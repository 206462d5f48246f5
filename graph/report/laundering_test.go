package report_test

import (
	"slices"
	"strings"
	"testing"

	"whence/graph"
	"whence/graph/graphtest"
)

// A stain is an article, of some kind, that says what a reader wrote in a comment a week before.
type stain struct {
	*world
	blog, article      *graphtest.Document
	comment, retelling graph.ID
}

const fortyPercent = "40 % of all coaches leave the harbour works within a year of being hired there"

func newStain(t *testing.T, kind graph.DocumentKind) stain {
	x := stain{world: newWorld(t)}
	x.blog = x.document("blog.example", graph.KindBlog, "2024-05-01", "Ann's blog", "On coaches. I was there and can tell that "+fortyPercent+".")
	x.world.comment(x.blog, "I was there and can tell that "+fortyPercent+".", "2024-05-02")
	x.comment = x.blog.Claim(fortyPercent, "")
	x.of[x.comment] = x.blog
	x.article = x.document("paper.example", kind, "2024-05-09", "Evening Paper", "It is said (here) that "+fortyPercent+".")
	x.retelling = x.claim(x.article, fortyPercent, "")
	return x
}

func TestLaundering_BelowTheLine(t *testing.T) {
	x := newStain(t, graph.KindNews)
	x.takes(x.retelling, x.comment, graph.BasisInferred)
	got := x.report("laundering")
	if len(got.Findings) != 1 || got.Findings[0].Type != "below-the-line" || value(got.Findings[0], "tiers") != "2" || got.Findings[0].Subject != x.retelling {
		t.Errorf("got %+v, want one below-the-line origin of severity 2", got.Findings)
	}
}

func TestLaundering_Silent(t *testing.T) {
	for _, c := range []struct {
		name string
		kind graph.DocumentKind
		do   func(x *stain)
	}{
		{"with a link", graph.KindNews, func(x *stain) {
			x.takes(x.retelling, x.comment, graph.BasisInferred)
			x.held(x.source(x.article, "here", "https://blog.example", ""), x.blog.ID())
		}},
		{"declared", graph.KindNews, func(x *stain) { x.takes(x.retelling, x.comment, graph.BasisDeclared) }},
		{"a document of unknown kind", "", func(x *stain) { x.takes(x.retelling, x.comment, graph.BasisInferred) }},
		{"it names another source", graph.KindNews, func(x *stain) {
			x.takes(x.retelling, x.comment, graph.BasisInferred)
			x.article.Figure(x.retelling, "40 %", 40, x.source(x.article, "It is said", "", "Harbour Works"))
		}},
		{"it has it from a paper too", graph.KindNews, func(x *stain) {
			d := x.document("other.example", graph.KindNews, "2024-05-03", "Morning Paper", "We found that "+fortyPercent+".")
			x.takes(x.retelling, x.comment, graph.BasisInferred)
			x.takes(x.retelling, x.claim(d, fortyPercent, ""), graph.BasisInferred)
		}},
		{"nobody says that it was taken from there", graph.KindNews, func(x *stain) { x.same(x.retelling, x.comment) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			x := newStain(t, c.kind)
			c.do(&x)
			for _, f := range x.report("laundering").Findings {
				if f.Type != "uncredited" {
					t.Errorf("finding: %s", f.Why)
				}
			}
		})
	}
}

// lowerOnTheWay is the naive way: anything of lower tier on an undeclared way is laundered.
func lowerOnTheWay(s *graph.Survey, id graph.ID) bool {
	c := s.Claim(id)
	for _, take := range c.Takes {
		to := s.Claim(take.To)
		if to.Segment.Type.IsReader() && take.Relation.Basis != graph.BasisDeclared {
			return true
		}
	}
	return false
}

func TestLaundering_TheOriginCountsNotWhatLiesBetween(t *testing.T) {
	// The comment has it, with a link, from the works' own release.
	x := newStain(t, graph.KindNews)
	release := x.document("works.example", graph.KindPressRelease, "2024-04-01", "Harbour Works", "Of our staff "+fortyPercent+".")
	x.takes(x.retelling, x.comment, graph.BasisInferred)
	x.takes(x.comment, x.claim(release, fortyPercent, ""), graph.BasisDeclared)
	s := x.survey()
	if !lowerOnTheWay(s, x.retelling) {
		t.Error("the case is no trap")
	}
	if got := reportOf(t, s, "laundering"); len(got.Findings) != 0 {
		t.Errorf("finding: %s", got.Findings[0].Why)
	}
}

func TestLaundering_OneWhoCreditsTheOneWhoDoesNot(t *testing.T) {
	// The report names the article, which does not name the comment: hop by hop the
	// report says where it has it from, and still passes on a comment.
	x := newStain(t, graph.KindNews)
	d := x.document("report.example", graph.KindReport, "2024-05-20", "Harbour Trust", "A paper finds that "+fortyPercent+".")
	cited := x.claim(d, fortyPercent, "")
	d.Says(cited, "Harbour Trust")
	x.takes(x.retelling, x.comment, graph.BasisInferred)
	x.takes(cited, x.retelling, graph.BasisDeclared)
	got := x.report("laundering")
	for id, tiers := range map[graph.ID]string{x.retelling: "2", cited: "3"} {
		if is := about(got, id); len(is) != 1 || is[0].Type != "below-the-line" || value(is[0], "tiers") != tiers {
			t.Errorf("%s: %+v, want %s tiers", id, is, tiers)
		}
	}
	if why := about(got, cited)[0].Why; !strings.Contains(why, "“Title of https://paper.example”, on the way, does not say so") {
		t.Errorf("who left it out is not told: %s", why)
	}
}

func TestLaundering_ByWayOfAnother(t *testing.T) {
	// A second paper copies the first, which names the blog that it has it from.
	w := newWorld(t)
	tell := func(uri string, kind graph.DocumentKind, date graph.Date, who string) graph.ID {
		return w.claim(w.document(uri, kind, date, who, who+": "+fortyPercent+"."), fortyPercent, "")
	}
	blog := tell("blog.example", graph.KindBlog, "2024-05-01", "Ann")
	first := tell("first.example", graph.KindNews, "2024-05-02", "Morning Paper")
	second := tell("second.example", graph.KindNews, "2024-05-03", "Evening Paper")
	w.takes(first, blog, graph.BasisDeclared)
	w.takes(second, first, graph.BasisInferred)
	got := w.report("laundering")
	if len(got.Findings) != 1 || got.Findings[0].Subject != second || got.Findings[0].Type != "laundering" || value(got.Findings[0], "tiers") != "1" {
		t.Errorf("got %+v, want the second paper only", got.Findings)
	}
	if n := len(got.Findings[0].Hops); n != 3 {
		t.Errorf("%d hops, want the whole way", n)
	}
}

func TestLaundering_WordsWithoutCredit(t *testing.T) {
	const shared = "the works have hired three hundred coaches to find work for all who were let go in spring"
	for _, c := range []struct {
		name        string
		first, then graph.Date
		text        string
		want        []string
	}{
		{"without dates", "", "", "Last year " + shared + ".", []string{"uncredited"}},
		{"one after the other", "2016-05-01", "2018-05-01", "Last year " + shared + ".", []string{"uncredited"}},
		{"in quotation marks", "", "", "Last year “" + shared + "”.", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			a := w.document("a.example", graph.KindBlog, c.first, "", "We hear "+shared+".")
			b := w.document("b.example", graph.KindBlog, c.then, "", c.text)
			x, y := w.claim(a, "We hear "+shared, ""), w.claim(b, c.text, "")
			w.same(x, y)
			if c.then != "" {
				w.takes(y, x, graph.BasisInferred)
			}
			got := w.report("laundering")
			var is []string
			for _, f := range got.Findings {
				is = append(is, f.Type)
			}
			if !slices.Equal(is, c.want) {
				t.Errorf("got %v, want %v", is, c.want)
			}
			if c.then != "" && got.Findings[0].Subject != y {
				t.Error("the earlier of the two is said to have copied")
			}
		})
	}
}
