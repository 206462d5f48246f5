package dgraphstore

import (
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/cayleygraph/quad"

	"whence/graph"
)

// other is a value that nobody knows.
type other struct{ quad.Value }

func TestEncodeQuad(t *testing.T) {
	moment := quad.Time(time.Date(2024, 10, 16, 9, 30, 0, 123456789, time.UTC))
	for _, v := range []quad.Value{
		quad.String(""), quad.String("a\x00b\xff\xfe"), quad.String(strings.Repeat("long ", 100_000)), quad.IRI("urn:x>\"\\"), quad.BNode("b"),
		quad.TypedString{Value: "x\x00", Type: "urn:type"},
		quad.LangString{Value: "colour", Lang: "en-GB"},
		quad.Int(math.MinInt64), quad.Float(0.1), quad.Bool(false), moment,
	} {
		want := quad.Quad{Subject: quad.IRI("s"), Predicate: quad.IRI("p"), Object: v, Label: quad.IRI("l")}
		b, err := encodeQuad(want)
		if err != nil {
			t.Fatal(err)
		}
		unpacked, err := unpack(pack(b))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := decodeQuad(unpacked); err != nil || got != want {
			t.Errorf("%.40q: got %.100q, %v", want, got, err)
		}
	}
	if _, err := encodeQuad(quad.Quad{Subject: quad.IRI("s"), Predicate: quad.IRI("p"), Object: other{quad.String("x")}}); !errors.Is(err, graph.ErrInvalid) {
		t.Errorf("a value of another type: %v", err)
	}
}

func TestDecodeDamaged(t *testing.T) {
	whole, err := encodeQuad(quad.Quad{Subject: quad.IRI("s"), Predicate: quad.IRI("p"), Object: quad.String(strings.Repeat("o", 5000)), Label: quad.IRI("l")})
	if err != nil {
		t.Fatal(err)
	}
	packed := pack(whole)
	for _, s := range []string{"", "abc", ".", ".%", "~AAAA", packed[:len(packed)/2], "." + packed[1:], pack(whole[:3]), pack([]byte{0x2a, 0}), pack([]byte("no quad"))} {
		b, err := unpack(s)
		if err == nil {
			_, err = decodeQuad(b)
		}
		if !errors.Is(err, graph.ErrDamaged) {
			t.Errorf("%.30q: %v", s, err)
		}
	}
	// Whatever is damaged: an error or a quad, never a panic.
	for i := range whole[:60] {
		for bit := range 8 {
			b := append([]byte(nil), whole...)
			b[i] ^= 1 << bit
			if _, err := decodeQuad(b); err != nil && !errors.Is(err, graph.ErrDamaged) {
				t.Errorf("byte %d, bit %d: %v", i, bit, err)
			}
		}
	}
}
