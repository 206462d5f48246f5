package pebblequads

import (
	"bytes"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/cayleygraph/quad"
	"pgregory.net/rapid"

	"whence/graph"
	"whence/graph/vocab"
)

const digits = "0123456789abcdef0123456789abcdef"

// someValues are values of which no two are the same, though many look alike.
var someValues = []quad.Value{
	nil,
	quad.String(""), quad.IRI(""), quad.BNode(""),
	quad.LangString{},
	quad.TypedString{},
	quad.Bool(false), quad.Bool(true),
	quad.Int(0), quad.Int(1), quad.Int(-1), quad.Int(math.MaxInt64), quad.Int(math.MinInt64),
	quad.Float(0), quad.Float(math.Copysign(0, -1)), quad.Float(1), quad.Float(math.Inf(1)), quad.Float(1e-300),
	quad.Time(time.Unix(0, 0).UTC()), quad.Time(time.Unix(0, 1).UTC()), quad.Time(time.Unix(-62135596800, 999999999).UTC()),
	quad.String("a"), quad.IRI("a"), quad.BNode("a"),
	quad.LangString{Value: "a"},
	quad.LangString{Lang: "a"},
	quad.LangString{Value: "a", Lang: "en"},
	quad.LangString{Value: "na", Lang: "e"},
	quad.TypedString{Value: "a"},
	quad.TypedString{Type: "a"},
	quad.TypedString{Value: "5", Type: vocab.Integer},
	quad.TypedString{Value: quad.String(strings.Repeat("a", 100)), Type: "b"},
	quad.TypedString{Value: quad.String(strings.Repeat("a", 99)), Type: "ba"},
	quad.LangString{Value: quad.String(strings.Repeat("a", 100)), Lang: "b"},
	quad.IRI(strings.Repeat("a", 100)), quad.String(strings.Repeat("a", 100)), quad.BNode(strings.Repeat("a", 100)),
	quad.String(strings.Repeat("a", 32)), quad.String(strings.Repeat("a", 33)), quad.String("\x00"), quad.String("\xff\xfe"),
	vocab.Type, quad.IRI(vocab.Namespace), quad.IRI(vocab.Namespace + "type"), quad.IRI(vocab.RDF), quad.String(vocab.Type),
	quad.IRI(graph.Namespace), quad.IRI(graph.Namespace + "claim"), quad.IRI(graph.Namespace + "claim:"), quad.IRI(graph.Namespace + "nothing:" + digits),
	quad.IRI(graph.Namespace + "claim:" + digits), quad.IRI(graph.Namespace + "claim:" + digits[:31]), quad.IRI(graph.Namespace + "claim:" + digits + "0"),
	quad.IRI(graph.Namespace + "claim:" + strings.ToUpper(digits)), quad.IRI(graph.Namespace + "claim:" + digits + "#cue-0"),
	quad.IRI(graph.Namespace + "claim:" + digits + strings.Repeat("#", 60)),
	quad.IRI(graph.Namespace + "agent:" + digits), quad.IRI(graph.Namespace + "text:" + digits + digits), quad.IRI(graph.Namespace + "text:" + digits + digits + "0"),
	quad.IRI(digits), quad.IRI(digits + digits), quad.String(digits), quad.IRI(graph.Namespace + "claim:claim:" + digits),
	quad.IRI("https://example.org/a#b/c"), quad.IRI("https://example.org/a/b#c"), quad.IRI("http://schema.org/x#/"), quad.IRI("http://schema.org/"),
}

func TestTerm_KeepsValuesApart(t *testing.T) {
	seen := map[string]quad.Value{}
	for _, v := range someValues {
		term := checkTerm(t, v)
		if other, ok := seen[string(term)]; ok {
			t.Errorf("%#v and %#v have the same term", v, other)
		}
		seen[string(term)] = v
	}
}

func TestTerm_Size(t *testing.T) {
	for _, c := range []struct {
		value quad.Value
		want  int
	}{
		{quad.IRI(graph.Namespace + "claim:" + digits), 19},
		{quad.IRI(graph.Namespace + "claim:" + digits + "#content-0"), 29},
		{vocab.Type, 7},
		{quad.String("12 December"), 13},
		{quad.Int(950), 3},
		{quad.String(strings.Repeat("Words ", 100)), 17},
	} {
		term, _, err := appendTerm(nil, c.value)
		if err != nil || len(term) != c.want {
			t.Errorf("%v: %d bytes, want %d, %v", c.value, len(term), c.want, err)
		}
	}
}

// checkTerm checks that a term gives its value back and ends where it ends, and returns it.
func checkTerm(t interface{ Fatalf(string, ...any) }, v quad.Value) []byte {
	term, long, err := appendTerm([]byte("before"), v)
	if err != nil {
		t.Fatalf("%#v: %v", v, err)
	}
	if !bytes.HasPrefix(term, []byte("before")) {
		t.Fatalf("%#v: what stood before the term is gone", v)
	}
	term = term[len("before"):]
	if n := termLen(append(bytes.Clone(term), "behind"...)); n != len(term) {
		t.Fatalf("%#v: term %x of %d bytes seems to have %d", v, term, len(term), n)
	}
	for i := range term {
		if n := termLen(term[:i]); n >= 0 {
			t.Fatalf("%#v: %d bytes of term %x are a term of %d", v, i, term, n)
		}
	}
	var got quad.Value
	if isHashed(term) {
		got, err = decodeLong(long)
	} else if long != nil {
		t.Fatalf("%#v: term %x is whole but has a long form", v, term)
	} else {
		got, err = decodeTerm(term)
	}
	if err != nil || got != v {
		t.Fatalf("%#v: got %#v, %v", v, got, err)
	}
	return term
}

// anyValue draws values, often such as differ little.
func anyValue() *rapid.Generator[quad.Value] {
	text := rapid.OneOf(
		rapid.String(), rapid.StringN(28, 36, -1), rapid.StringMatching(`[0-9a-f]{30,70}`), rapid.StringMatching(`urn:whence:(ns|claim|x):[0-9a-f#]{0,70}`),
		rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) }), rapid.SampledFrom(namespaces[:]),
	)
	return rapid.Custom(func(t *rapid.T) quad.Value {
		switch rapid.IntRange(0, 8).Draw(t, "kind") {
		case 0:
			return quad.String(text.Draw(t, "text"))
		case 1:
			return quad.BNode(text.Draw(t, "name"))
		case 2:
			return quad.LangString{Value: quad.String(text.Draw(t, "text")), Lang: text.Draw(t, "language")}
		case 3:
			return quad.TypedString{Value: quad.String(text.Draw(t, "text")), Type: quad.IRI(text.Draw(t, "type"))}
		case 4:
			return quad.Int(rapid.Int64().Draw(t, "number"))
		case 5:
			return quad.Float(rapid.Float64().Draw(t, "float"))
		case 6:
			return quad.Bool(rapid.Bool().Draw(t, "truth"))
		case 7:
			return quad.Time(time.Unix(rapid.Int64Range(-1e11, 1e11).Draw(t, "seconds"), rapid.Int64Range(0, 999999999).Draw(t, "ns")).UTC())
		}
		return quad.IRI(text.Draw(t, "iri"))
	})
}

func TestTerm_AnyValue(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		a, b := anyValue().Draw(r, "a"), anyValue().Draw(r, "b")
		if same := bytes.Equal(checkTerm(r, a), checkTerm(r, b)); same != (a == b) {
			r.Fatalf("%#v and %#v: same term %v", a, b, same)
		}
	})
}

// TestComparer checks what the engine asks of prefixes: that they order as their keys do, and
// that the immediate successor of one lies behind its keys and before the next's.
func TestComparer(t *testing.T) {
	key := rapid.Custom(func(r *rapid.T) []byte {
		k := []byte{rapid.SampledFrom([]byte{keyLabels, keyObjects, keySubjects}).Draw(r, "index")}
		for range 4 {
			k, _, _ = appendTerm(k, anyValue().Draw(r, "value"))
		}
		return k
	})
	rapid.Check(t, func(r *rapid.T) {
		a, b := key.Draw(r, "a"), key.Draw(r, "b")
		pa, pb := a[:splitPrefix(a)], b[:splitPrefix(b)]
		if len(pa) != 1+termLen(a[1:]) {
			r.Fatalf("prefix of %x: %x", a, pa)
		}
		if byPrefix := bytes.Compare(pa, pb); byPrefix != 0 && byPrefix != bytes.Compare(a, b) {
			r.Fatalf("%x and %x are not in the order of their prefixes", a, b)
		}
		next := comparer.ImmediateSuccessor(nil, pa)
		if bytes.Compare(next, a) <= 0 || comparer.Split(next) != len(next) {
			r.Fatalf("successor of %x: %x", pa, next)
		}
		if bytes.Compare(pb, pa) > 0 && bytes.Compare(pb, next) < 0 {
			r.Fatalf("%x lies between %x and its successor %x", pb, pa, next)
		}
	})
}

// FuzzTerm checks that bytes which are no term are refused or give a value that has a
// term of its own.
func FuzzTerm(f *testing.F) {
	for _, v := range someValues {
		term, _, _ := appendTerm(nil, v)
		f.Add(term)
	}
	f.Add([]byte{tagTyped, tagTyped, tagIRI, 0, 0, 0, 0})
	f.Add([]byte{tagInt, 0x80, 0x00})
	f.Add([]byte{tagIRI, 0xFF, 0})
	f.Fuzz(func(t *testing.T, b []byte) {
		n := termLen(b)
		if n < 0 {
			return
		}
		if n == 0 || n > len(b) {
			t.Fatalf("%x: a term of %d bytes", b, n)
		}
		if isHashed(b[:n]) {
			return
		}
		v, err := decodeTerm(b[:n])
		if err != nil || v == nil || v != v { // not a number
			return
		}
		term, long, err := appendTerm(nil, v)
		if err != nil {
			t.Fatalf("%x: %#v: %v", b[:n], v, err)
		}
		again, err := decodeLong(long)
		if long == nil {
			again, err = decodeTerm(term)
		}
		if err != nil || again != v {
			t.Fatalf("%x: %#v, then %#v, %v", b[:n], v, again, err)
		}
	})
}
