package syntax

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"regexp"
	"slices"
	"strings"
	"sync"

	"whence/graph"
	"whence/loader/syntax/network"
	"whence/loader/syntax/perceptron"
)

// A Model reads sentences. It is safe for concurrent use.
type Model struct {
	divider    divider
	tokeniser  tokeniser
	lexicon    lexicon
	lemmatiser lemmatiser
	network    *network.Net
	penn, upos []string // of each tag
	relations  []string
	root       int // index of "root", which the root has and no other word
	works      sync.Pool
}

//go:embed weights/english.gz
var english []byte

// English returns the model that ships. It is read at the first call.
var English = sync.OnceValue(func() *Model {
	m, err := ReadModel(english)
	if err != nil {
		panic(err) // the file is part of the program
	}
	return m
})

// work is what reading one sentence needs; a Model keeps them for the next.
type work struct {
	words   []word
	seen    []network.Word
	reading network.Reading
	heads   []int32
	tree    tree
	chars   []char
	feature features
	scores  []int32
}

func resize[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, 2*n)
	}
	return s[:n]
}

// Parse is [Parse] with this model.
func (m *Model) Parse(text string, s graph.Span) Sentence {
	w := m.work()
	defer m.works.Put(w)
	spans := m.tokeniser.tokens(text, s, w)
	return m.read(text, spans, w)
}

// Tokens is [Tokens] with this model.
func (m *Model) Tokens(text string, s graph.Span) Sentence {
	w := m.work()
	defer m.works.Put(w)
	spans := m.tokeniser.tokens(text, s, w)
	out := make(Sentence, len(spans))
	for i, span := range spans {
		out[i] = Token{Span: span, Head: -1}
	}
	return out
}

// ParseTokens reads a sentence whose tokens are known.
func (m *Model) ParseTokens(text string, tokens []graph.Span) Sentence {
	w := m.work()
	defer m.works.Put(w)
	return m.read(text, tokens, w)
}

func (m *Model) work() *work {
	if w, ok := m.works.Get().(*work); ok {
		return w
	}
	return new(work)
}

func (m *Model) read(text string, spans []graph.Span, w *work) Sentence {
	out := make(Sentence, 0, len(spans))
	for len(spans) > 0 {
		part := spans[:min(len(spans), MaxTree)]
		spans = spans[len(part):]
		w.see(&m.lexicon, text, part)
		m.network.Read(w.seen, &w.reading)
		w.heads = resize(w.heads, len(part))
		w.tree.heads(w.reading.Arcs, w.heads)
		m.network.Relate(&w.reading, w.heads)
		offset := len(out)
		for i, span := range part {
			tag := best(w.reading.Tag(i))
			t := Token{Span: span, Tag: m.penn[tag], UPOS: m.upos[tag], Head: -1, Rel: m.relations[m.root]}
			t.Lemma = m.lemmatiser.lemma(span.Of(text), &w.words[i], uint8(tag), w)
			if w.heads[i] >= 0 {
				scores := w.reading.Relation(i)
				scores[m.root] = float32(math.Inf(-1))
				t.Head, t.Rel = offset+int(w.heads[i]), m.relations[best(scores)]
			}
			out = append(out, t)
		}
	}
	return out
}

// best returns the index of the greatest number, the first of several.
func best(scores []float32) int {
	at := 0
	for i, x := range scores {
		if x > scores[at] {
			at = i
		}
	}
	return at
}

func (w *work) see(l *lexicon, text string, spans []graph.Span) {
	w.words, w.seen = w.words[:0], w.seen[:0]
	for _, s := range spans {
		w.add(l, s.Of(text))
	}
}

func (w *work) add(l *lexicon, form string) {
	w.words = append(w.words, newWord(form))
	w.seen = append(w.seen, l.see(&w.words[len(w.words)-1]))
}

// header is what a file of weights begins with: one line of JSON.
type header struct {
	Format       string         `json:"format"`
	Contractions map[string]int `json:"contractions"` // encoding/json sorts them
	Tags         []string       `json:"tags"`
	Relations    []string       `json:"relations"`
	Edits        []string       `json:"edits"`
	Irregular    [][3]string    `json:"irregular"` // tag, form, lemma
	Network      network.Shape  `json:"network"`
}

var editForm = regexp.MustCompile(`^=?[0-9]`)

const format = "whence syntax 2"

// ReadModel reads what [Model.Write] wrote.
func ReadModel(file []byte) (*Model, error) {
	z, err := gzip.NewReader(bytes.NewReader(file))
	if err != nil {
		return nil, fmt.Errorf("syntax model: %w", err)
	}
	var all bytes.Buffer
	all.Grow(4 * len(file)) // about what it unpacks to
	if _, err := all.ReadFrom(z); err != nil {
		return nil, fmt.Errorf("syntax model: %w", err)
	}
	line, rest, _ := bytes.Cut(all.Bytes(), []byte("\n"))
	var h header
	if err := json.Unmarshal(line, &h); err != nil {
		return nil, fmt.Errorf("syntax model: %w", err)
	}
	if err := h.check(); err != nil {
		return nil, fmt.Errorf("syntax model: %w", err)
	}
	m := h.model()
	if m.lexicon.words, rest, err = decodeRows(rest); err != nil {
		return nil, fmt.Errorf("syntax model: %w", err)
	}
	if m.lexicon.forms, rest, err = decodeRows(rest); err != nil {
		return nil, fmt.Errorf("syntax model: %w", err)
	}
	if len(m.lexicon.words.keys)+1 != h.Network.Words || len(m.lexicon.forms.keys)+1 != h.Network.Forms {
		return nil, errors.New("syntax model: lexicon and network differ")
	}
	for _, part := range m.parts() {
		if *part.scorer, rest, err = perceptron.Decode(rest, part.classes); err != nil {
			return nil, fmt.Errorf("syntax model: %s: %w", part.name, err)
		}
	}
	if m.network, _, err = network.Decode(rest, h.Network); err != nil {
		return nil, fmt.Errorf("syntax model: %w", err)
	}
	return m, nil
}

func (h *header) check() error {
	if h.Format != format {
		return fmt.Errorf("format %q, want %q", h.Format, format)
	}
	for name, classes := range map[string][]string{"tags": h.Tags, "relations": h.Relations, "edits": h.Edits} {
		if len(classes) == 0 || len(classes) > 254 {
			return fmt.Errorf("%d %s", len(classes), name)
		}
	}
	if !slices.Contains(h.Relations, "root") {
		return errors.New("no root")
	}
	if h.Network.Tags != len(h.Tags) || h.Network.Relations != len(h.Relations) {
		return errors.New("header and network differ")
	}
	for _, e := range h.Edits {
		if !editForm.MatchString(e) {
			return fmt.Errorf("edit %q", e)
		}
	}
	for word, at := range h.Contractions {
		if at <= 0 || at >= len(word) {
			return fmt.Errorf("contraction %q at %d", word, at)
		}
	}
	return nil
}

func (h *header) model() *Model {
	m := &Model{}
	m.tokeniser.contractions = h.Contractions
	m.setTags(h.Tags)
	m.relations = h.Relations
	m.root = slices.Index(h.Relations, "root")
	m.lemmatiser.lexicon = &m.lexicon
	m.lemmatiser.edits = h.Edits
	m.lemmatiser.irregular = make(map[uint64]string, len(h.Irregular))
	classes := make(map[string]uint8, len(h.Tags))
	for i, t := range h.Tags {
		classes[t] = uint8(i)
	}
	for _, e := range h.Irregular {
		w := newWord(e[1])
		m.lemmatiser.irregular[irregularKey(&w, classes[e[0]])] = e[2]
	}
	return m
}

func (m *Model) setTags(tags []string) {
	m.penn, m.upos = make([]string, len(tags)), make([]string, len(tags))
	for i, t := range tags {
		m.penn[i], m.upos[i], _ = strings.Cut(t, " ")
	}
}

// A part is one of the linear classifiers, in the order of the file.
type part struct {
	name    string
	scorer  *perceptron.Scorer
	classes int
}

func (m *Model) parts() []part {
	return []part{
		{"divider", &m.divider.scorer, 2},
		{"tokeniser", &m.tokeniser.scorer, 2},
		{"lemmatiser", &m.lemmatiser.scorer, len(m.lemmatiser.edits)},
	}
}

// Learnt is a model with what else its file holds.
type Learnt struct {
	*Model
	header header
}

// Write writes the model's file. The same model gives the same bytes.
func (l *Learnt) Write(out io.Writer) error {
	b, err := json.Marshal(l.header)
	if err != nil {
		return err
	}
	b = append(b, '\n')
	b = l.lexicon.words.appendTo(b)
	b = l.lexicon.forms.appendTo(b)
	for _, part := range l.parts() {
		b = (*part.scorer).(*perceptron.Weights).Append(b)
	}
	b = l.network.Append(b)
	z, err := gzip.NewWriterLevel(out, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err := z.Write(b); err != nil {
		return err
	}
	return z.Close()
}
