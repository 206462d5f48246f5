package entity

import "whence/loader/syntax/perceptron"

// A features list is filled, scored and filled again. The same values are another
// feature at another place in the order of the calls of add.
type features struct {
	list []perceptron.Feature
	name uint64 // of the last feature
}

func (f *features) add(values ...uint64) {
	f.name++
	h := f.name
	for _, v := range values {
		h = mix(h, v)
	}
	f.list = append(f.list, uint32(mix(h, f.name)>>16))
}

// move is the feature of the label before.
func move(before label) perceptron.Feature { return uint32(mix(uint64(before), 0x7e57) >> 16) }

var nothing word

// wordAt returns the word at i, an empty one outside of the sentence.
func wordAt(words []word, i int) *word {
	if i < 0 || i >= len(words) {
		return &nothing
	}
	return &words[i]
}

// reach is how far the run of capitals around a word is looked at.
const reach = 8

// see fills the list with the features of word i.
func (f *features) see(words []word, i int) {
	f.list, f.name = f.list[:0], 0
	w, before, after := wordAt(words, i), wordAt(words, i-1), wordAt(words, i+1)
	opens := uint64(0)
	if i == 0 {
		opens = 1
	}
	f.add()
	for d := -2; d <= 2; d++ {
		x := wordAt(words, i+d)
		f.add(x.low)
		f.add(x.shape)
		f.add(uint64(x.class))
		f.add(x.class.broad())
		f.add(x.class.broader())
	}
	f.add(w.front)
	f.add(w.back)
	f.add(w.shape, w.back)
	f.add(w.shape, before.back)
	f.add(w.shape, after.back)
	f.add(w.low, before.low)
	f.add(w.low, after.low)
	f.add(w.shape, before.shape, after.shape)
	f.add(w.class.broad(), before.class.broad())
	f.add(w.class.broad(), after.class.broad())
	f.add(w.shape, before.class.broad())
	f.add(w.shape, after.class.broad())
	f.add(w.shape, before.low)
	f.add(w.shape, after.low)
	f.add(w.shape, opens)
	f.add(w.shape, opens, uint64(w.class))
	f.add(w.hint)
	f.add(w.hint, before.hint, after.hint)
	f.add(w.hint, w.shape, w.class.broad())
	if !w.capital {
		return
	}
	// The first and the last of the run of capitals, and what stands on its sides.
	first, last := i, i
	for first > 0 && i-first < reach && words[first-1].capital {
		first--
	}
	for last+1 < len(words) && last-i < reach && words[last+1].capital {
		last++
	}
	long := uint64(min(last-first, 3))
	left, right := wordAt(words, first-1), wordAt(words, last+1)
	f.add(words[first].low)
	f.add(words[last].low)
	f.add(long, uint64(words[first].class))
	f.add(long, uint64(words[last].class))
	f.add(long, words[last].back)
	f.add(long, left.low)
	f.add(long, right.low)
	f.add(left.class.broad())
	f.add(right.class.broad())
}
