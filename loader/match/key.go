package match

import (
	"cmp"
	"hash/fnv"
	"slices"
	"strconv"

	"whence/graph"
)

// A key is what two documents must share to be compared, and two statements
// likewise. Which keys a side has depends on that side and on tables frozen in the
// program alone, so that whether two sides are compared never depends on a third. The
// last bit marks a weak key, which meets strong ones only: many documents are of one
// publisher and one day, and it matters when one of them is cited.
type key uint32

// A keyed is a key with the statement that has it, by index, or whole.
type keyed struct {
	key key
	of  int32
}

// whole stands in a keyed for the document.
const whole = -1

const (
	// maxOften is the number of statements of one side from which a key no longer
	// counts: what a long text says everywhere tells nothing, and pairs by it would be
	// all pairs.
	maxOften = 64
	// maxHeaviest is how many concepts of a statement are paired for its keys. Two
	// statements with most of their words in common share a pair of them.
	maxHeaviest = 8
	// maxSubject is how many concepts from around a statement stand beside its figure in keys.
	maxSubject = 16
	// winnowed is the number of neighbouring runs of words of which one is a key: so
	// many in a row are found for sure (Schleimer and others, Winnowing, 2003).
	winnowed = 3
)

// The sorts of keys.
const (
	keyWords     = iota // all the words of a statement
	keyRun              // a run of words
	keyPair             // two of the heaviest concepts
	keyFigure           // a figure, and a concept beside it
	keyPhrase           // words in quotation marks
	keyRetelling        // strong: a speaker and a word that is quoted; weak: one that is said
	keyAddress          // strong: cited; weak: the document's own
	keyDay              // an agent and a day, as keyAddress
	keyTitle            // a title or two of its concepts, as keyAddress
	keyWork             // an author and a year
	keyCredited         // an agent and a figure it is credited for
)

// newKey hashes what a key is made of.
func newKey[T ~uint32](sort int, parts ...T) key {
	const offset, prime = 14695981039346656037, 1099511628211 // of FNV-1a
	h := (uint64(offset) ^ uint64(sort)) * prime
	for _, p := range parts {
		for range 4 {
			h = (h ^ uint64(p&0xff)) * prime
			p >>= 8
		}
	}
	return key(h^h>>32) &^ 1
}

func (k key) weak() key   { return k | 1 }
func (k key) strong() key { return k &^ 1 }

// meets reports whether two keys make their owners worth comparing.
func (k key) meets(l key) bool { return k.strong() == l.strong() && (k&1 == 0 || l&1 == 0) }

// index sets the keys of a side, in order.
func (s *side) index() {
	var out []keyed
	for i, st := range s.statements {
		for _, k := range st.keys() {
			out = append(out, keyed{k, int32(i)})
		}
	}
	out = rare(out)
	for _, k := range s.documentKeys() {
		out = append(out, keyed{k, whole})
	}
	slices.SortFunc(out, compareKeyed)
	s.keys = slices.Clip(slices.Compact(out))
}

func compareKeyed(a, b keyed) int {
	return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.of, b.of))
}

// rare sorts keys and leaves out those that many statements have.
func rare(keys []keyed) []keyed {
	slices.SortFunc(keys, compareKeyed)
	keys = slices.Compact(keys)
	out := keys[:0]
	for i := 0; i < len(keys); {
		j := i
		for j < len(keys) && keys[j].key.strong() == keys[i].key.strong() {
			j++
		}
		if j-i <= maxOften {
			out = append(out, keys[i:j]...)
		}
		i = j
	}
	return out
}

// keys returns the keys of a statement.
func (s *statement) keys() []key {
	out := []key{newKey(keyWords, s.words...)}
	for i := range s.words {
		if i+shingle > len(s.words) {
			break
		}
		out = append(out, newKey(keyRun, s.words[i:i+shingle]...))
	}
	out = append(out[:1], winnow(out[1:])...)
	heaviest := slices.Clone(s.concepts)
	slices.SortFunc(heaviest, func(a, b concept) int { return cmp.Or(cmp.Compare(b.weight(), a.weight()), cmp.Compare(a, b)) })
	heaviest = heaviest[:min(len(heaviest), maxHeaviest)]
	for i, c := range heaviest {
		for _, d := range heaviest[i+1:] {
			if c.heavy() || d.heavy() {
				out = append(out, newKey(keyPair, c, d))
			}
		}
	}
	for _, f := range s.figures {
		for _, c := range s.concepts {
			if f.distinctive() || c.heavy() {
				out = append(out, newKey(keyFigure, f.hash(), uint32(c)))
			}
		}
	}
	for _, f := range s.figures {
		if !f.telling() {
			continue
		}
		n := 0
		for _, c := range s.topic {
			if c.heavy() && n < maxSubject {
				n++
				out = append(out, newKey(keyFigure, f.hash(), uint32(c)))
			}
		}
	}
	for _, p := range s.quotes {
		out = append(out, newKey(keyPhrase, p.words...))
	}
	if s.speaker == "" {
		return out
	}
	who := hash(string(s.speaker))
	for _, p := range s.quotes {
		if c := p.heaviest(); c != 0 {
			out = append(out, newKey(keyRetelling, who, uint32(c)))
		}
	}
	for _, c := range s.concepts {
		if c.heavy() {
			out = append(out, newKey(keyRetelling, who, uint32(c)).weak())
		}
	}
	return out
}

// winnow leaves, of any neighbouring keys, the smallest.
func winnow(keys []key) []key {
	if len(keys) <= winnowed {
		return keys
	}
	var out []key
	for i := 0; i+winnowed <= len(keys); i++ {
		if least := slices.Min(keys[i : i+winnowed]); len(out) == 0 || out[len(out)-1] != least {
			out = append(out, least)
		}
	}
	return out
}

// documentKeys returns the keys of what the document is and of what it cites.
func (s *side) documentKeys() []key {
	var out []key
	d := &s.document
	for _, u := range []string{d.URL, string(d.ID)} {
		if u = plainURL(u); u != "" {
			out = append(out, newKey(keyAddress, hash(u)).weak())
		}
	}
	if len(d.Published) == len("2006-01-02") {
		for agent := range s.own {
			out = append(out, newKey(keyDay, hash(string(agent)), hash(string(d.Published))).weak())
		}
	}
	for _, k := range s.title.keys() {
		out = append(out, k.weak())
	}
	for _, src := range s.sources {
		if u := plainURL(src.URL); u != "" {
			out = append(out, newKey(keyAddress, hash(u)))
			continue
		}
		out = append(out, src.title.keys()...)
		if src.Kind == graph.SourceAuthorYear && len(src.Authors) > 0 && len(src.Date) >= 4 {
			out = append(out, newKey(keyWork, hash(surname(src.Authors[0])), hash(string(src.Date[:4]))))
		}
		agent := s.credited[src.ID]
		if agent == "" {
			continue
		}
		if len(src.Date) == len("2006-01-02") {
			out = append(out, newKey(keyDay, hash(string(agent)), hash(string(src.Date))))
		}
		for _, f := range s.figures[src.ID] {
			if f.distinctive() {
				out = append(out, newKey(keyCredited, hash(string(agent)), f.hash()))
			}
		}
	}
	return out
}

// keys returns the keys of a title: all of it, and any two of its first concepts.
func (t title) keys() []key {
	if len(t.words) == 0 {
		return nil
	}
	out := []key{newKey(keyTitle, t.words...)}
	concepts := t.concepts[:min(len(t.concepts), maxHeaviest)]
	for i, c := range concepts {
		for _, d := range concepts[i+1:] {
			out = append(out, newKey(keyTitle, c, d))
		}
	}
	return out
}

// hash returns what tells a figure from others.
func (f figure) hash() uint32 {
	h := fnv.New32a()
	h.Write([]byte(f.class))
	h.Write(strconv.AppendFloat(nil, f.value, 'f', -1, 64))
	return h.Sum32()
}
