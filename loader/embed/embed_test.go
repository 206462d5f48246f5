package embed

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A reference is what the published encoder gives for a text, run by its own program: node with the npm packages
// @energetic-ai/embeddings 0.2.0 and model-embeddings-en 0.2.0, whose tokenizer gives the pieces and whose
// embed the vector.
type reference struct {
	Text   string
	Pieces []int32
	Vector []float64
}

func references(t *testing.T) []reference {
	t.Helper()
	f, err := os.Open("testdata/reference.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []reference
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var r reference
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			t.Fatal(err)
		}
		out = append(out, r)
	}
	if len(out) < 10 {
		t.Fatalf("%d references", len(out))
	}
	return out
}

func encode(t *testing.T, texts ...string) []Vector {
	t.Helper()
	vectors, err := English().Encode(t.Context(), texts)
	if err != nil {
		t.Fatal(err)
	}
	return vectors
}

func TestEncode_IsThePublishedEncoder(t *testing.T) {
	for _, r := range references(t) {
		if diff := cmp.Diff(r.Pieces, English().pieces.of(r.Text)); diff != "" {
			t.Errorf("%q: pieces (-published +ours):\n%s", r.Text, diff)
		}
		v := encode(t, r.Text)[0]
		ab, aa, bb := 0.0, 0.0, 0.0
		for i, x := range r.Vector {
			y := float64(v[i])
			ab, aa, bb = ab+x*y, aa+x*x, bb+y*y
		}
		if c := ab / math.Sqrt(aa*bb); !(c >= 0.999) {
			t.Errorf("%q: cosine %.5f with the published vector", r.Text, c)
		}
	}
}

func TestEncode_OneTextIsTheSameInAnyCompany(t *testing.T) {
	var texts []string
	for _, r := range references(t) {
		texts = append(texts, r.Text)
	}
	together := encode(t, texts...)
	slices.Reverse(texts)
	for i, v := range encode(t, texts...) {
		if v != together[len(texts)-1-i] {
			t.Errorf("%q has another vector in another order", texts[i])
		}
		if i < 3 && v != encode(t, texts[i])[0] {
			t.Errorf("%q has another vector alone", texts[i])
		}
	}
}

func TestEncode_WhatMeansTheSameLiesCloser(t *testing.T) {
	v := encode(t,
		"The tunnel will halve travel times.",
		"Journeys will take half as long once the tunnel opens.",
		"The council has no money for the swimming pool.",
	)
	if near, far := Cosine(&v[0], &v[1]), Cosine(&v[0], &v[2]); near < 0.5 || near < far+0.3 {
		t.Errorf("paraphrase %.2f, another matter %.2f", near, far)
	}
}

func TestEncode_HostileTexts(t *testing.T) {
	long := strings.Repeat("the harbour is closed ", 100_000)
	v := encode(t, "", " \t\n", "\xff\xfe\x00", strings.Repeat("é", 50_000), long, long[:len(long)/2], "\u202e\ufeff")
	for _, i := range []int{0, 1} {
		if v[i] != (Vector{}) {
			t.Errorf("a text without words has a vector")
		}
	}
	if v[4] != v[5] || v[4] == (Vector{}) {
		t.Error("of a long text the beginning is read")
	}
}

func TestEncode_EndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := English().Encode(ctx, []string{"a"}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

func TestCosine(t *testing.T) {
	a, b := Vector{0: 3, 1: 4}, Vector{0: -3, 1: -4}
	for name, x := range map[string]struct {
		a, b Vector
		want float64
	}{
		"itself":       {a, a, 1},
		"its contrary": {a, b, -1},
		"across":       {a, Vector{0: 4, 1: -3}, 0},
		"longer":       {a, Vector{0: 30, 1: 40}, 1},
		"nothing":      {a, Vector{}, 0},
	} {
		if got := Cosine(&x.a, &x.b); math.Abs(got-x.want) > 1e-12 {
			t.Errorf("%s: %v, want %v", name, got, x.want)
		}
	}
}

func TestRead_RefusesWhatIsDamaged(t *testing.T) {
	for name, file := range map[string][]byte{
		"empty":          nil,
		"something else": []byte("PK\x03\x04 and so on"),
		"cut short":      english[:len(english)/2],
		"too long":       append(slices.Clone(english), 0),
		"no pieces":      append([]byte(heading), 0, 0, 0, 0),
		"many pieces":    append([]byte(heading), 0xff, 0xff, 0xff, 0x7f),
	} {
		if _, err := Read(file); err == nil {
			t.Errorf("%s: read without an error", name)
		}
	}
}

// What is read and written again is the same file: rounding what is rounded changes nothing.
func TestRead_AndWriteAgree(t *testing.T) {
	var out bytes.Buffer
	if err := English().write(&out); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(out.Bytes(), english) {
		t.Error("the weights are written otherwise than they were read")
	}
}
