package network

import (
	"math/rand/v2"
	"testing"
)

func TestDecode_ReadsWhatWasWritten(t *testing.T) {
	n, lessons := anyNet(rand.New(rand.NewPCG(1, 1)))
	n.turnFar()
	file := append(n.Append(nil), "rest"...)
	got, rest, err := Decode(file, n.Shape)
	if err != nil || string(rest) != "rest" {
		t.Fatalf("%q left, %v", rest, err)
	}
	var a, b Reading
	for _, l := range lessons {
		n.Read(l.Words, &a)
		got.Read(l.Words, &b)
		n.Relate(&a, l.Heads)
		got.Relate(&b, l.Heads)
		for i := range l.Words {
			rows := [][2][]float32{{a.Tag(i), b.Tag(i)}, {a.Relation(i), b.Relation(i)}, {a.Arcs(i)[:len(l.Words)+1], b.Arcs(i)[:len(l.Words)+1]}}
			for k, row := range rows {
				for j := range row[0] {
					if d := row[0][j] - row[1][j]; d > 0.05 || d < -0.05 {
						t.Errorf("word %d, scores %d: %v, want %v", i, k, row[1], row[0])
						break
					}
				}
			}
		}
	}
}

func TestDecode_RefusesWhatCannotBe(t *testing.T) {
	n, _ := anyNet(rand.New(rand.NewPCG(1, 1)))
	file := n.Append(nil)
	for size := range len(file) {
		if _, _, err := Decode(file[:size], n.Shape); err == nil {
			t.Fatalf("no error for %d of %d bytes", size, len(file))
		}
	}
	for name, change := range map[string]func(*Shape){
		"no words":        func(s *Shape) { s.Words = 0 },
		"a huge width":    func(s *Shape) { s.Width = 1 << 20 },
		"an odd width":    func(s *Shape) { s.Width = 40 },
		"no layers":       func(s *Shape) { s.Layers = 0 },
		"too many tags":   func(s *Shape) { s.Tags = 1000 },
		"endless vectors": func(s *Shape) { s.Words = 1 << 30 },
	} {
		s := n.Shape
		change(&s)
		if _, _, err := Decode(file, s); err == nil {
			t.Errorf("no error for %s", name)
		}
	}
}

// A sentence is read as it is alone, whatever was read before it.
func TestRead_IsTheSameAfterOthers(t *testing.T) {
	n, lessons := anyNet(rand.New(rand.NewPCG(2, 2)))
	n.turnFar()
	var used Reading
	for _, l := range []int{2, 0, 1, 2, 1} {
		words := lessons[l].Words
		var fresh Reading
		n.Read(words, &used)
		n.Read(words, &fresh)
		for i := range words {
			for j, x := range fresh.Arcs(i)[:len(words)+1] {
				if j != i && used.Arcs(i)[j] != x {
					t.Fatalf("arc %d of word %d: %v, want %v", j, i, used.Arcs(i)[j], x)
				}
			}
		}
	}
}
