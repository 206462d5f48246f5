package dgraphstore

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"whence/graph"
)

func TestParseAddress(t *testing.T) {
	for _, c := range []struct {
		in, name string
		alphas   []string
	}{
		{"dgraph://localhost:9080", "whence", []string{"localhost:9080"}},
		{"dgraph://localhost", "whence", []string{"localhost:9080"}},
		{"dgraph://a:1,b,c:3", "whence", []string{"a:1", "b:9080", "c:3"}},
		{"dgraph://a:1,b:2/press_2024", "press_2024", []string{"a:1", "b:2"}},
		{"dgraph://a:1/", "whence", []string{"a:1"}},
		{"dgraph://[::1]:9081,[::2]", "whence", []string{"[::1]:9081", "[::2]:9080"}},
	} {
		got, err := parseAddress(c.in)
		if err != nil || got.name != c.name || !slices.Equal(got.alphas, c.alphas) {
			t.Errorf("%s: %+v, %v", c.in, got, err)
		}
		if again, err := parseAddress(got.String()); err != nil || again.String() != got.String() {
			t.Errorf("%s, said again as %s: %+v, %v", c.in, got, again, err)
		}
	}
	for _, in := range []string{
		"", "localhost:9080", "postgres://localhost", "dgraph://", "dgraph://,", "dgraph://a:1,", "dgraph://:9080", "dgraph://a:", "dgraph://a:1:2",
		"dgraph://me:secret@a:1", "dgraph://a:1?x=y", "dgraph://a:1/Name", "dgraph://a:1/a/b", "dgraph://a:1/a.b", "dgraph://a:1/1a",
		"dgraph://a:1/a>", "dgraph://a:1/" + strings.Repeat("a", 41),
	} {
		if got, err := parseAddress(in); !errors.Is(err, graph.ErrInvalid) {
			t.Errorf("%q: %+v, %v", in, got, err)
		}
	}
}
