package syntax

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"sync"

	"whence/graph"
	"whence/loader/syntax/perceptron"
)

// A Model reads sentences. It is safe for concurrent use.
type Model struct {
	tokeniser  tokeniser
	tagger     tagger
	lexicon    *lexicon
	lemmatiser lemmatiser
	parser     parser
	labeller   labeller
	penn, upos []string // of each of tagger.tags
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
	tags    []uint8
	seconds []uint8
	heads   []int32
	labels  []uint8
	chars   []char
	feature features
	scores  []int32
	search  search
	tree    tree
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
		w.see(m.lexicon, text, part)
		m.tagger.tag(w)
		m.parser.parse(w)
		m.labeller.label(w)
		offset := len(out)
		for i, span := range part {
			tag := w.tags[i]
			t := Token{Span: span, Tag: m.penn[tag], UPOS: m.upos[tag], Head: -1, Rel: m.labeller.relations[w.labels[i]]}
			t.Lemma = m.lemmatiser.lemma(span.Of(text), &w.words[i], tag, w)
			if w.heads[i] >= 0 {
				t.Head = offset + int(w.heads[i])
			}
			out = append(out, t)
		}
	}
	return out
}

func (w *work) see(l *lexicon, text string, spans []graph.Span) {
	w.words = w.words[:0]
	for _, s := range spans {
		w.words = append(w.words, l.word(s.Of(text)))
	}
}

// header is what a file of weights begins with: one line of JSON.
type header struct {
	Format       string         `json:"format"`
	Beam         int            `json:"beam"`
	Contractions map[string]int `json:"contractions"` // encoding/json sorts them
	Tags         []string       `json:"tags"`
	Relations    []string       `json:"relations"`
	Edits        []string       `json:"edits"`
	Irregular    [][3]string    `json:"irregular"` // tag, form, lemma
	Broad        []int          `json:"broad"`     // of each cluster
}

var editForm = regexp.MustCompile(`^=?[0-9]`)

const format = "whence syntax 1"

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
	if m.lexicon, rest, err = decodeLexicon(rest, h.Broad); err != nil {
		return nil, fmt.Errorf("syntax model: %w", err)
	}
	m.lemmatiser.lexicon = m.lexicon
	for _, part := range m.parts() {
		if *part.scorer, rest, err = perceptron.Decode(rest, part.classes); err != nil {
			return nil, fmt.Errorf("syntax model: %s: %w", part.name, err)
		}
	}
	return m, nil
}

func (h *header) check() error {
	if h.Format != format {
		return fmt.Errorf("format %q, want %q", h.Format, format)
	}
	if h.Beam < 1 || h.Beam > maxBeam {
		return fmt.Errorf("beam %d", h.Beam)
	}
	for name, classes := range map[string][]string{"tags": h.Tags, "relations": h.Relations, "edits": h.Edits} {
		if len(classes) == 0 || len(classes) > 254 {
			return fmt.Errorf("%d %s", len(classes), name)
		}
	}
	if !slices.Contains(h.Relations, "root") {
		return errors.New("no root")
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
	m.parser.beam = h.Beam
	m.tokeniser.contractions = h.Contractions
	m.setTags(h.Tags)
	m.labeller.relations = h.Relations
	m.labeller.root = slices.Index(h.Relations, "root")
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
	m.tagger.tags = tags
	m.penn, m.upos = make([]string, len(tags)), make([]string, len(tags))
	for i, t := range tags {
		m.penn[i], m.upos[i], _ = strings.Cut(t, " ")
	}
}

// A part is one of the classifiers, in the order of the file.
type part struct {
	name    string
	scorer  *perceptron.Scorer
	classes int
}

func (m *Model) parts() []part {
	return []part{
		{"tokeniser", &m.tokeniser.scorer, 2},
		{"tagger", &m.tagger.scorer, len(m.tagger.tags)},
		{"lemmatiser", &m.lemmatiser.scorer, len(m.lemmatiser.edits)},
		{"parser", &m.parser.scorer, actions},
		{"labeller", &m.labeller.scorer, len(m.labeller.relations)},
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
	b = l.lexicon.appendTo(b)
	for _, part := range l.parts() {
		b = (*part.scorer).(*perceptron.Weights).Append(b)
	}
	z, err := gzip.NewWriterLevel(out, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err := z.Write(b); err != nil {
		return err
	}
	return z.Close()
}
