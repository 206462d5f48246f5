package graph

import (
	"errors"
	"fmt"
	"testing"
)

func pathsOf(t *testing.T, r Reader, from, to ID, o PathOptions) []Path {
	t.Helper()
	paths, _, err := Paths(t.Context(), r, []ID{from}, []ID{to}, o)
	if err != nil {
		t.Fatal(err)
	}
	return paths
}

func hopsOf(p Path) []ID {
	var ids []ID
	for _, h := range p.Hops {
		ids = append(ids, h.Node.NodeID())
	}
	return ids
}

// A claim that takes from another, and only stands in one document with a third.
func TestPaths_GoByWhatClaimsGoBy(t *testing.T) {
	a := newPaper("https://a.example/1", "Daily A", KindNews, "2022-02-03", "The quay was closed, Ada Brook said. The bridge was painted.")
	b := newPaper("https://b.example/1", "Daily B", KindBlog, "2022-02-01", "The quay was closed.")
	quay := a.claim("The quay was closed", "Ada Brook", ModeIndirect, "")
	bridge := a.claim("The bridge was painted", "Daily A", ModeVoice, "")
	first := b.claim("The quay was closed", "Daily B", ModeVoice, "")
	r := newFake(a, b, linked(quay, TakesFrom, first, 900, "reuse"))

	paths := pathsOf(t, r, quay, first, PathOptions{})
	if len(paths) != 1 || fmt.Sprint(hopsOf(paths[0])) != fmt.Sprint([]ID{quay, first}) || paths[0].Hops[1].Relation == nil {
		t.Errorf("a claim and what it takes from: %v", paths)
	}
	// The naive walk over every edge connects the two through their document.
	if paths := pathsOf(t, r, bridge, first, PathOptions{}); len(paths) != 0 {
		t.Errorf("two claims of one document are connected only by standing in it: %v", hopsOf(paths[0]))
	}
	if paths := pathsOf(t, r, bridge, first, PathOptions{Through: true}); len(paths) == 0 {
		t.Error("asked to go through anything, no path is found")
	}
	if paths := pathsOf(t, r, quay, first, PathOptions{Declared: true}); len(paths) != 0 {
		t.Errorf("only what is declared is followed: %v", hopsOf(paths[0]))
	}
}

func TestPaths_NeverThroughASpeakerUnlessAsked(t *testing.T) {
	var parts []any
	var claims []ID
	for i := range 3 {
		p := newPaper(fmt.Sprintf("https://p.example/%d", i), "Paper", KindNews, "2022-02-03", fmt.Sprintf("The mill number %d burnt, Ada Brook said.", i))
		claims = append(claims, p.claim(fmt.Sprintf("The mill number %d burnt", i), "Ada Brook", ModeIndirect, ""))
		parts = append(parts, p)
	}
	r := newFake(parts...)
	if paths := pathsOf(t, r, claims[0], claims[1], PathOptions{}); len(paths) != 0 {
		t.Errorf("one speaker connects what she said: %v", hopsOf(paths[0]))
	}
	if paths := pathsOf(t, r, NewAgentID("Ada Brook"), claims[2], PathOptions{}); len(paths) != 1 || len(paths[0].Hops) != 2 {
		t.Errorf("a speaker who is asked about: %v", paths)
	}
	if paths := pathsOf(t, r, claims[0], claims[1], PathOptions{Through: true}); len(paths) == 0 {
		t.Error("asked to go through speakers, no path is found")
	}
}

func TestPaths_TheBestFirstAndBounded(t *testing.T) {
	var parts []any
	var ids []ID
	for i := range 5 {
		p := newPaper(fmt.Sprintf("https://p.example/%d", i), fmt.Sprintf("Paper %d", i), KindNews, "2022-02-03", "The mill burnt.")
		ids = append(ids, p.claim("The mill burnt", "", ModeVoice, ""))
		parts = append(parts, p)
	}
	for _, x := range []struct {
		from, to int
		score    Confidence
	}{{0, 1, 900}, {1, 4, 900}, {0, 2, 700}, {2, 4, 700}, {0, 3, 650}, {3, 4, 650}, {1, 2, 800}} {
		parts = append(parts, linked(ids[x.from], TakesFrom, ids[x.to], x.score, "reuse"))
	}
	r := newFake(parts...)
	paths := pathsOf(t, r, ids[0], ids[4], PathOptions{Count: 2})
	if len(paths) != 2 || hopsOf(paths[0])[1] != ids[1] || hopsOf(paths[1])[1] != ids[2] || paths[0].Cost >= paths[1].Cost {
		t.Errorf("the two best paths: %v", paths)
	}
	if all := pathsOf(t, r, ids[0], ids[4], PathOptions{Count: 20}); len(all) != 5 {
		t.Errorf("%d paths without a loop, want 5", len(all))
	}
	if short := pathsOf(t, r, ids[0], ids[4], PathOptions{Count: 20, Length: 2}); len(short) != 3 {
		t.Errorf("%d paths of two hops, want 3", len(short))
	}
	if _, _, err := Paths(t.Context(), r, ids[:1], []ID{"urn:whence:claim:none"}, PathOptions{}); !errors.Is(err, ErrNotFound) {
		t.Errorf("an end that is not held: %v", err)
	}
	if _, _, err := Paths(t.Context(), r, ids[:1], ids[1:], PathOptions{Count: 21}); !errors.Is(err, ErrInvalid) {
		t.Errorf("too many paths: %v", err)
	}
}
