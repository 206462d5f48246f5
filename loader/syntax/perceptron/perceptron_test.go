package perceptron

import (
	"testing"

	"pgregory.net/rapid"
)

// Each class has a feature of its own and shares one that says nothing.
func examples() (features [][]Feature, classes []int) {
	for i := range 300 {
		class := i % 3
		features = append(features, []Feature{1000, uint32(class) + 1, uint32(i) + 5000})
		classes = append(classes, class)
	}
	return features, classes
}

func taught(blind int) *Learner {
	l := NewLearner(blind)
	features, classes := examples()
	for range 5 {
		for i, f := range features {
			var scores [3]int32
			l.Score(f, scores[:])
			l.Teach(f, classes[i], Best(scores[:]))
		}
	}
	return l
}

func TestLearner_LearnsWhatTellsTheClassesApart(t *testing.T) {
	for _, blind := range []int{0, 30} {
		w := taught(blind).Freeze(1)
		for class := range 3 {
			var scores [3]int32
			w.Score([]Feature{1000, uint32(class) + 1, 77}, scores[:])
			if Best(scores[:]) != class {
				t.Errorf("blind %d: class %d scores %v", blind, class, scores)
			}
		}
	}
}

func TestLearner_WeightsAreMeans(t *testing.T) {
	l := NewLearner(0)
	l.Add([]Feature{1}, 0, 2) // held for all four steps: mean 2
	l.Step()
	l.Step()
	l.Add([]Feature{2}, 0, 2) // for the last two: mean 1
	l.Step()
	l.Step()
	w := l.Freeze(1)
	var one, two [1]int32
	w.Score([]Feature{1}, one[:])
	w.Score([]Feature{2}, two[:])
	if one[0] != 127 || two[0] != 64 {
		t.Errorf("weights %d and %d, want 127 and 64", one[0], two[0])
	}
}

func TestFreeze_IsTheSameEveryTime(t *testing.T) {
	a, b := taught(20).Freeze(1).Append(nil), taught(20).Freeze(1).Append(nil)
	if string(a) != string(b) {
		t.Error("the same lessons gave other weights")
	}
}

func TestDecode_GivesBackTheWeights(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := NewLearner(0)
		for range rapid.IntRange(0, 40).Draw(t, "adds") {
			f := rapid.Uint32().Draw(t, "feature")
			l.Add([]Feature{f}, rapid.IntRange(0, 9).Draw(t, "class"), int32(rapid.IntRange(-50, 50).Draw(t, "by")))
		}
		w := l.Freeze(1)
		b := w.Append(nil)
		got, rest, err := Decode(append(b, "more"...), 10)
		if err != nil || string(rest) != "more" {
			t.Fatalf("rest %q, %v", rest, err)
		}
		if string(got.Append(nil)) != string(b) {
			t.Fatal("other weights came back")
		}
		f := []Feature{rapid.Uint32().Draw(t, "asked")}
		var x, y [10]int32
		w.Score(f, x[:])
		got.Score(f, y[:])
		if x != y {
			t.Fatalf("scores %v and %v", x, y)
		}
	})
}

func FuzzDecode(f *testing.F) {
	f.Add(taught(0).Freeze(1).Append(nil))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, b []byte) {
		w, _, err := Decode(b, 3)
		if err != nil {
			return
		}
		var scores [3]int32
		w.Score([]Feature{0, 1, 1000}, scores[:])
	})
}
