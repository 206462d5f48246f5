package graph_test

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"whence/graph"
)

func TestOffsetsAgreeWithCountingTheCharacters(t *testing.T) {
	texts := map[string]string{
		"nothing":                 "",
		"one letter":              "a",
		"letters of one byte":     strings.Repeat("plain words ", 40),
		"letters of two bytes":    strings.Repeat("привет", 40),
		"all widths":              strings.Repeat("aß€🙂", 50),
		"a word of 64 bytes":      strings.Repeat("x", 63) + "é" + strings.Repeat("y", 62) + "🙂",
		"ends on 64 bytes":        strings.Repeat("ab", 32),
		"bytes that are no UTF-8": "a\xff\xfe" + strings.Repeat("b", 70) + "\x80",
	}
	for name, text := range texts {
		t.Run(name, func(t *testing.T) {
			o := graph.NewOffsets(text)
			if got, want := o.Len(), utf8.RuneCountInString(text); got != want {
				t.Fatalf("it has %d characters, want %d", got, want)
			}
			written := o.AppendTo(nil)
			read, err := graph.ParseOffsets(written)
			if err != nil {
				t.Fatalf("what was written down: %v", err)
			}
			if diff := cmp.Diff(o, read, cmp.AllowUnexported(graph.Offsets{})); diff != "" {
				t.Errorf("written down and read (-written +read):\n%s", diff)
			}
			for n := range written { // numbers in pairs, and their end, are known; others are not
				if _, err := graph.ParseOffsets(written[:n]); err != nil && !errors.Is(err, graph.ErrDamaged) {
					t.Errorf("cut after %d bytes: %v", n, err)
				}
			}
			at := []int{} // of each character, and the end
			for i := range text {
				at = append(at, i)
			}
			at = append(at, len(text))
			for from := range at {
				to := min(from+3, len(at)-1)
				bytes, points := graph.Span{Start: at[from], End: at[to]}, graph.Span{Start: from, End: to}
				if diff := cmp.Diff(points, o.Points(bytes)); diff != "" {
					t.Errorf("the characters of %v (-want +got):\n%s", bytes, diff)
				}
				got, err := o.Bytes(points)
				if err != nil {
					t.Errorf("the bytes of %v: %v", points, err)
				}
				if diff := cmp.Diff(bytes, got); diff != "" {
					t.Errorf("the bytes of %v (-want +got):\n%s", points, diff)
				}
			}
		})
	}
}

func TestOffsetsThatNobodyWroteAreRefused(t *testing.T) {
	for name, data := range map[string][]byte{
		"nothing": {}, "half a number": {0x80}, "half a pair": {9, 1}, "one byte": {9, 0, 1}, "five bytes": {9, 0, 5}, "behind the end": {9, 8, 2},
	} {
		if o, err := graph.ParseOffsets(data); !errors.Is(err, graph.ErrDamaged) {
			t.Errorf("%s: %v, %v", name, o, err)
		}
	}
}

func TestOffsetsOutsideOfTheTextAreRefused(t *testing.T) {
	o := graph.NewOffsets("größer")
	for _, s := range []graph.Span{{Start: -1, End: 2}, {Start: 3, End: 2}, {Start: 0, End: 7}} {
		if got, err := o.Bytes(s); !errors.Is(err, graph.ErrInvalid) {
			t.Errorf("%v gives %v, %v; want an error that says it is invalid", s, got, err)
		}
	}
}

func TestOffsetsTakeAFractionOfTheText(t *testing.T) {
	text := strings.Repeat("Where it was first said. ", 400)
	if got := graph.NewOffsets(text).Footprint(); got <= 0 || got > len(text)/5 {
		t.Errorf("they take %d bytes for a text of %d", got, len(text))
	}
}
