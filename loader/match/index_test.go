package match_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"whence/graph"
	"whence/loader/match"
)

// A press writes documents of about ten sentences, always the same ones: of a story
// that ten documents tell, among words as frequent as those that come after the first
// four hundred of English: the matcher knows those, and sets little store by them.
type press struct {
	r       *rand.Rand
	rank    *rand.Zipf
	letters []string
}

func newPress() *press {
	r := rand.New(rand.NewPCG(1, 2))
	return &press{r, rand.NewZipf(r, 1.1, 400, 40_000), strings.Fields("ba ce di fo gu la me ni po ru sa te vi zo tha cho fre gri plo stu")}
}

// word returns the word of a rank.
func (p *press) word(rank uint64) string {
	out := ""
	for n := rank + 400; n > 0; n /= uint64(len(p.letters)) {
		out += p.letters[n%uint64(len(p.letters))]
	}
	return out
}

func (p *press) document(n int) *paper {
	story := n / 10
	var text strings.Builder
	var at []int
	var told []string
	for i := range 10 {
		words := make([]string, 0, 22)
		for range 14 {
			words = append(words, p.word(p.rank.Uint64()))
		}
		for range 6 {
			words = append(words, p.word(uint64(story*97+p.r.IntN(30))%40_000))
		}
		if i == 0 { // what all tell
			words = []string{fmt.Sprint(1000 + story)}
			for j := range 12 {
				words = append(words, p.word(uint64(story*97+j)%40_000))
			}
		}
		at = append(at, text.Len())
		told = append(told, strings.Join(words, " "))
		text.WriteString(told[i] + ". ")
	}
	q := newPaper(fmt.Sprintf("https://p%d.example/%d", n%50, n), fmt.Sprintf("Paper %d", n%50), graph.KindNews, graph.Date(fmt.Sprintf("2021-01-%02d", 1+story%28)), text.String())
	for i, w := range told {
		q.claimAt(at[i], w, fmt.Sprintf("Speaker %d", p.r.IntN(300)), graph.ModeIndirect, "")
	}
	return q
}

// What belongs together is found, whatever else is held and in whatever order it came.
func TestIndex_FindsAllThatMatches(t *testing.T) {
	press := newPress()
	var held []*match.Prepared
	for n := range 60 {
		held = append(held, match.Prepare(press.document(n).side()))
	}
	for n := range 6 {
		held = append(held, match.Prepare(many(fmt.Sprintf("https://m.example/%d", n), 8, n).side()))
	}
	cited := newPaper("https://a.example/1", "A", graph.KindNews, "2021-02-01", "Read it.")
	cited.source(graph.SourceURL, "http://www.b.example/2/", "", "", "")
	held = append(held, match.Prepare(cited.side()), match.Prepare(newPaper("https://b.example/2", "B", graph.KindNews, "", "Nothing.").side()))

	forward, backward := match.NewIndex(), match.NewIndex()
	for i := range held {
		forward.Add(held[i])
		backward.Add(held[len(held)-1-i])
	}
	links, near := 0, 0
	for i, p := range held {
		found := forward.Near(p)
		near += len(found)
		if diff := cmp.Diff(found, backward.Near(p)); diff != "" {
			t.Fatal("the order of adding tells:", diff)
		}
		for j, q := range held {
			link, _ := p.Match(q)
			if i == j || len(link.Relations) == 0 {
				continue
			}
			links++
			if !slices.Contains(found, q.Label()) {
				t.Errorf("%d and %d belong together and are not found: %+v", i, j, link.Relations[0])
			}
		}
	}
	if links < 500 || near > 2*links {
		t.Errorf("%d links, %d pairs worth comparing", links, near)
	}
}

func TestIndex_Remove(t *testing.T) {
	press := newPress()
	x := match.NewIndex()
	var held []*match.Prepared
	for n := range 10 {
		held = append(held, match.Prepare(press.document(n).side()))
		x.Add(held[n])
		x.Add(held[n])
	}
	for n := range 9 {
		if got := len(x.Near(held[n])); got != 9-n {
			t.Errorf("%d near with %d held", got, 10-n)
		}
		x.Remove(held[n].Label())
		x.Remove("never held")
	}
	if got := x.Near(held[0]); len(got) != 1 || got[0] != held[9].Label() {
		t.Errorf("%v", got)
	}
}

// BenchmarkIndex_Link tells what linking one more document takes, with so many held,
// how many it is compared with, and the memory that one held takes.
func BenchmarkIndex_Link(b *testing.B) {
	for _, n := range []int{1_000, 3_000, 10_000} {
		b.Run(fmt.Sprintf("%d_held", n), func(b *testing.B) {
			press, x, sides := newPress(), match.NewIndex(), map[graph.Label]*match.Prepared{}
			before := memory()
			for i := range n {
				p := match.Prepare(press.document(i).side())
				x.Add(p)
				sides[p.Label()] = p
			}
			held := memory() - before
			var more []*match.Prepared
			for i := range 100 {
				more = append(more, match.Prepare(press.document(i*n/100).side()))
			}
			near, i := 0, 0
			for b.Loop() {
				p := more[i%len(more)]
				i++
				for _, label := range x.Near(p) {
					near++
					p.Match(sides[label])
				}
			}
			b.ReportMetric(float64(near)/float64(b.N), "compared/op")
			b.ReportMetric(float64(held)/float64(n), "bytes-held/doc")
			runtime.KeepAlive(x)
			runtime.KeepAlive(sides)
		})
	}
}

func memory() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
