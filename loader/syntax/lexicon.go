package syntax

import (
	"encoding/binary"
	"errors"
	"slices"
)

// A lexicon groups words that occur in the same company, also such as no treebank
// has. It stands in for what the models would know of a word they have not met.
type lexicon struct {
	fine  map[uint32]uint16 // cluster of a word, by the low half of word.lower; 0 is no cluster
	broad []int             // of each cluster, the group it is in
}

// newLexicon numbers clusters from 1.
func newLexicon(clusters map[string][2]int) *lexicon {
	l := &lexicon{fine: make(map[uint32]uint16, len(clusters)), broad: []int{0}}
	for _, c := range clusters {
		for len(l.broad) <= c[0]+1 {
			l.broad = append(l.broad, 0)
		}
		l.broad[c[0]+1] = c[1] + 1
	}
	for w, c := range clusters {
		key := uint32(newWord(w).lower)
		// Of two words with one hash the lower cluster wins, whatever the order of the map.
		if old, ok := l.fine[key]; !ok || uint16(c[0]+1) < old {
			l.fine[key] = uint16(c[0] + 1)
		}
	}
	return l
}

// word is newWord with the word's clusters.
func (l *lexicon) word(s string) word {
	w := newWord(s)
	fine := l.fine[uint32(w.lower)]
	w.fine, w.broad = uint64(fine), uint64(l.broad[fine])
	return w
}

// has reports whether a word is in the lexicon.
func (l *lexicon) has(s string) bool {
	w := newWord(s)
	return l.fine[uint32(w.lower)] != 0
}

// appendTo appends the clusters of the words to b, in order of key; decodeLexicon reads them.
func (l *lexicon) appendTo(b []byte) []byte {
	keys := make([]uint32, 0, len(l.fine))
	for k := range l.fine {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	b = binary.AppendUvarint(b, uint64(len(keys)))
	last := uint32(0)
	for _, k := range keys {
		b = binary.AppendUvarint(b, uint64(k-last))
		last = k
	}
	for _, k := range keys {
		b = binary.AppendUvarint(b, uint64(l.fine[k]))
	}
	return b
}

func decodeLexicon(b []byte, broad []int) (l *lexicon, rest []byte, err error) {
	cut := false
	next := func() uint64 {
		n, size := binary.Uvarint(b)
		if size <= 0 {
			cut = true
			return 0
		}
		b = b[size:]
		return n
	}
	n := next()
	if n > uint64(len(b)) || len(broad) == 0 {
		return nil, nil, errors.New("lexicon: cut short or damaged")
	}
	l = &lexicon{fine: make(map[uint32]uint16, n), broad: broad}
	keys := make([]uint32, n)
	last := uint64(0)
	for i := range keys {
		last += next()
		keys[i] = uint32(last)
	}
	for _, k := range keys {
		fine := next()
		if cut || fine >= uint64(len(broad)) {
			return nil, nil, errors.New("lexicon: cut short or damaged")
		}
		l.fine[k] = uint16(fine)
	}
	return l, b, nil
}
