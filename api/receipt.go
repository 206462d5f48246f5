package api

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"whence/graph"
	"whence/graph/codec"
)

// ReceiptMedia is the media type in which any answer is to be had as its receipt.
const ReceiptMedia = "application/vnd.whence.receipt+json"

// receiptFormat is the form of receipts that this version writes and reads.
const receiptFormat = 1

// A Receipt is an answer with all that it was made of, named by hashes, so that
// somebody else can make it again and compare ([Verify]). It names the exact set
// of labels and decisions, and no time, place or path: the same content gives the
// same receipt whoever holds it and however it was loaded.
type Receipt struct {
	Format   int             `json:"format"` // 1
	Software ReceiptSoftware `json:"software"`
	Question string          `json:"question"`      // path and query, without known_by: the labels say what was known
	AsOf     known           `json:"as_of"`         // as asked
	KnownBy  known           `json:"known_by"`      // as asked, to tell people
	Media    string          `json:"media"`         // type of the answer
	Result   string          `json:"result_sha256"` // of the bytes of the answer, in hex
	Warnings []string        `json:"warnings"`      // what the view left aside

	Documents []ReceiptDocument `json:"documents"` // in order of ID, version, reading
	Labels    []ReceiptLabel    `json:"labels"`    // all that the answer could see, in order
	Decisions []ReceiptDecision `json:"decisions"` // in order of ID

	Graph  []string `json:"graph"`  // canonical N-Quads, a line each, of what the answer shows
	Answer string   `json:"answer"` // its bytes
}

// ReceiptSoftware is the builds that an answer rests on.
type ReceiptSoftware struct {
	Version    string   `json:"version"`
	Resolver   string   `json:"resolver"`   // of the program
	Extractors []string `json:"extractors"` // of the labels, sorted
	Matchers   []string `json:"matchers"`   // of the labels, sorted
}

// A ReceiptDocument is one text of a document, as one extractor read it.
type ReceiptDocument struct {
	ID        graph.ID    `json:"id"`
	Version   graph.ID    `json:"version"`
	Text      known       `json:"text_sha256"`
	Bytes     known       `json:"bytes_sha256"`
	Extractor known       `json:"extractor"`
	Reading   graph.Label `json:"reading"`
	// Retrieved, or Recorded when that is not known, tell the order of several texts
	// of a document; neither is told when it has one, or when the answer does not compare them.
	Retrieved known `json:"retrieved"`
	Recorded  known `json:"recorded"`
}

// A ReceiptLabel is one label.
type ReceiptLabel struct {
	Label     graph.Label `json:"label"`
	Layer     graph.Layer `json:"layer"`
	Documents []graph.ID  `json:"documents"` // that it is about: one, two for a link, none for an authority file or decision
	// Aside says that the view left it aside, and that the answer looks at it
	// nonetheless: an earlier text of a document, which a report compares.
	Aside bool `json:"aside"`
}

// A ReceiptDecision is one act of a person that could bear on the answer.
type ReceiptDecision struct {
	ID  graph.ID  `json:"id"`
	Act graph.Act `json:"act"`
	By  string    `json:"by"`
	At  time.Time `json:"at"`
}

// errNoReceipt is wrapped by the reasons why an answer has no receipt.
var errNoReceipt = errors.New("no receipt")

// receipt answers a question with the receipt of its answer.
func (s *server) receipt(ctx context.Context, r route, q *question) (media string, body []byte, err error) {
	if r.unfixed != "" {
		return "", nil, fmt.Errorf("%s: %w", r.unfixed, errNoReceipt)
	}
	ledger, err := s.store.Ledger(ctx, 0)
	if err != nil {
		return "", nil, err
	}
	p := pin{indexed: s.store, selection: graph.Select(ledger, q.at)}
	if r.surveyed {
		p.aside, p.compares = earlier(graph.Live(ledger, q.at.KnownBy), p.selection.Live), true
	}
	values := maps.Clone(q.values)
	values.Del("known_by")
	target := strings.Replace(r.path, ":id", url.PathEscape(q.path), 1)
	if len(values) > 0 {
		target += "?" + values.Encode()
	}
	out, found, err := p.receipt(ctx, s.o, target)
	if errors.Is(err, graph.ErrNotFound) || err == nil && !found {
		// Why there is nothing may rest on what the ledger remembers.
		_, plain, err := s.ask(ctx, r, q)
		if err != nil {
			return "", nil, err
		}
		if out == nil || string(plain) != out.Answer {
			return "", nil, fmt.Errorf("the answer rests on what was erased or retracted, which no receipt names: %w", errNoReceipt)
		}
	}
	if err != nil {
		return "", nil, err
	}
	if ledger, err = s.store.Ledger(ctx, 0); err != nil {
		return "", nil, err
	}
	held := graph.Held(ledger)
	for _, l := range out.Labels {
		if _, ok := held[l.Label]; !ok {
			return "", nil, fmt.Errorf("something was erased in the meantime, ask again: %w", errNoReceipt)
		}
	}
	out.KnownBy = known(q.values.Get("known_by"))
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetIndent("", " ")
	if err := enc.Encode(out); err != nil {
		return "", nil, fmt.Errorf("receipt: %w", err)
	}
	return ReceiptMedia, b.Bytes(), nil
}

// earlier returns the live readings that a view leaves aside, with what was
// resolved in and linked from them.
func earlier(live, seen map[graph.Label]graph.LabelInfo) map[graph.Label]graph.LabelInfo {
	aside := map[graph.Label]graph.LabelInfo{}
	kept := func(label graph.Label) bool {
		_, isSeen := seen[label]
		_, isAside := aside[label]
		return isSeen || isAside
	}
	for _, layer := range []graph.Layer{graph.LayerReading, graph.LayerResolution, graph.LayerLink} {
		for label, info := range live {
			if info.Layer == layer && !kept(label) && !slices.ContainsFunc(info.Inputs, func(in graph.Label) bool { return in != "" && !kept(in) }) {
				aside[label] = info
			}
		}
	}
	return aside
}

// A pin is a store that shows exactly some labels and remembers nothing else, so
// that an answer made over it rests on them alone.
type pin struct {
	indexed
	selection graph.Selection
	aside     map[graph.Label]graph.LabelInfo // see [ReceiptLabel]
	compares  bool                            // the order of the texts of a document bears on the answer
}

// View implements [graph.Store].
func (p *pin) View(ctx context.Context, at graph.At, f func(graph.Reader) error) error {
	return p.indexed.View(ctx, graph.At{AsOf: at.AsOf, Only: &p.selection}, f)
}

// Ledger implements [graph.Store]: one commit, which brought all.
func (p *pin) Ledger(_ context.Context, after int64) ([]graph.Commit, error) {
	if after > 0 {
		return nil, nil
	}
	c := graph.Commit{Number: 1}
	readings := map[graph.ID]int{}
	for _, info := range p.all() {
		if info.Layer == graph.LayerReading {
			readings[info.Document]++
		}
		c.Added = append(c.Added, info)
	}
	for i := range c.Added {
		info := &c.Added[i]
		retrieved := info.Capture.Retrieved
		info.Commit, info.Capture = 1, graph.Capture{}
		if !p.compares || readings[info.Document] < 2 || info.Layer != graph.LayerReading {
			info.Recorded = time.Time{}
			continue
		}
		if info.Capture.Retrieved = retrieved; !retrieved.IsZero() {
			info.Recorded = time.Time{}
		}
	}
	return []graph.Commit{c}, nil
}

// all returns the labels in order.
func (p *pin) all() []graph.LabelInfo {
	all := slices.Concat(slices.Collect(maps.Values(p.selection.Live)), slices.Collect(maps.Values(p.aside)))
	slices.SortFunc(all, func(a, b graph.LabelInfo) int { return strings.Compare(string(a.Label), string(b.Label)) })
	return all
}

// receipt answers a question over the pin. found says that the answer holds
// anything, or does not say.
func (p *pin) receipt(ctx context.Context, o Options, target string) (out *Receipt, found bool, err error) {
	s := &server{store: p, o: o, surveys: surveys{store: p}}
	out = &Receipt{
		Format: receiptFormat, Question: target, Software: ReceiptSoftware{Version: o.Version, Resolver: o.Resolver, Extractors: []string{}, Matchers: []string{}},
		Warnings: some(p.selection.Warnings), Documents: []ReceiptDocument{}, Labels: []ReceiptLabel{}, Decisions: []ReceiptDecision{}, Graph: []string{},
	}
	media, body, at, err := s.askAt(ctx, target, "")
	if err != nil {
		return nil, false, err
	}
	out.AsOf, out.Media, out.Answer = known(at.AsOf), media, string(body)
	out.Result = sum(out.Answer)
	plain := body
	if media != mediaJSON {
		if _, plain, _, err = s.askAt(ctx, target, "json"); err != nil {
			return nil, false, err
		}
	}
	found, shown := shownIn(plain)
	if media == mediaCSV {
		shown = cellsOf(body)
	}
	if err := p.labels(ctx, out); err != nil {
		return nil, false, err
	}
	if err := p.documents(ctx, out); err != nil {
		return nil, false, err
	}
	err = p.View(ctx, at, func(r graph.Reader) (err error) {
		out.Graph, err = linesOf(ctx, r, shown)
		return err
	})
	return out, found, err
}

func sum(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}

// askAt answers a question given as path and query, in a format if one is given.
func (s *server) askAt(ctx context.Context, target, format string) (media string, body []byte, at graph.At, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, target, nil)
	if err != nil {
		return "", nil, graph.At{}, fmt.Errorf("question %q: %w", clip(target), graph.ErrInvalid)
	}
	r, id, ok := routeOf(req.URL.EscapedPath())
	if !ok || r.unfixed != "" || req.URL.Host != "" || req.URL.Fragment != "" {
		return "", nil, graph.At{}, fmt.Errorf("question %q: %w", clip(target), graph.ErrInvalid)
	}
	if format != "" {
		values := req.URL.Query()
		values.Set("format", format)
		req.URL.RawQuery = values.Encode()
	}
	q, err := s.question(r, req, id)
	if err != nil {
		return "", nil, graph.At{}, err
	}
	media, body, err = s.ask(ctx, r, q)
	return media, body, q.at, err
}

// routeOf finds the route of a path, and what stands in it for the id, as it is written.
func routeOf(path string) (r route, id string, ok bool) {
	for _, r := range routes {
		head, tail, has := strings.Cut(r.path, ":id")
		if !has {
			if path == r.path {
				return r, "", true
			}
			continue
		}
		id, atHead := strings.CutPrefix(path, head)
		id, atTail := strings.CutSuffix(id, tail)
		if atHead && atTail && id != "" && !strings.Contains(id, "/") {
			return r, id, true
		}
	}
	return route{}, "", false
}

// labels lists the labels, the builds that made them, and the decisions.
func (p *pin) labels(ctx context.Context, out *Receipt) error {
	all := p.all()
	about := map[graph.Label]graph.ID{}
	for _, info := range all {
		about[info.Label] = info.Document
	}
	builds := map[graph.Layer]map[string]bool{graph.LayerReading: {}, graph.LayerLink: {}}
	var decisions []graph.Label
	for _, info := range all {
		_, aside := p.aside[info.Label]
		l := ReceiptLabel{Label: info.Label, Layer: info.Layer, Documents: []graph.ID{}, Aside: aside}
		if info.Document != "" {
			l.Documents = append(l.Documents, info.Document)
		}
		if info.Layer == graph.LayerLink {
			for _, in := range info.Inputs {
				l.Documents = append(l.Documents, about[in])
			}
			slices.Sort(l.Documents)
			l.Documents = slices.Compact(l.Documents)
		}
		if b := builds[info.Layer]; b != nil && info.Build != "" {
			b[info.Build] = true
		}
		if info.Layer == graph.LayerDecision {
			decisions = append(decisions, info.Label)
		}
		out.Labels = append(out.Labels, l)
	}
	out.Software.Extractors = some(slices.Sorted(maps.Keys(builds[graph.LayerReading])))
	out.Software.Matchers = some(slices.Sorted(maps.Keys(builds[graph.LayerLink])))
	if len(decisions) == 0 {
		return nil
	}
	content, err := p.Content(ctx, decisions...)
	for _, d := range content.Decisions {
		out.Decisions = append(out.Decisions, ReceiptDecision{d.ID, d.Act, d.By, d.At.UTC()})
	}
	return err
}

// documents lists the texts, also those that are left aside.
func (p *pin) documents(ctx context.Context, out *Receipt) error {
	ledger, err := p.Ledger(ctx, 0)
	if err != nil {
		return err
	}
	both := graph.Selection{Live: map[graph.Label]graph.LabelInfo{}}
	var ids []graph.ID
	for _, info := range ledger[0].Added {
		if info.Layer == graph.LayerReading {
			both.Live[info.Label] = info
			ids = append(ids, info.Version)
		}
	}
	versions := map[graph.ID]*graph.Version{}
	if err := p.indexed.View(ctx, graph.At{Only: &both}, func(r graph.Reader) error {
		for batch := range slices.Chunk(ids, maxLimit) {
			found, err := nodesOf[*graph.Version](ctx, r, batch)
			if err != nil {
				return err
			}
			for _, v := range found {
				versions[v.ID] = v
			}
		}
		return nil
	}); err != nil {
		return err
	}
	for _, info := range ledger[0].Added {
		if info.Layer != graph.LayerReading {
			continue
		}
		d := ReceiptDocument{
			ID: info.Document, Version: info.Version, Extractor: known(info.Build), Reading: info.Label,
			Retrieved: instant(info.Capture.Retrieved), Recorded: instant(info.Recorded),
		}
		if v := versions[info.Version]; v != nil {
			d.Text, d.Bytes = known(v.TextHash), known(v.BytesHash)
		}
		out.Documents = append(out.Documents, d)
	}
	slices.SortFunc(out.Documents, func(a, b ReceiptDocument) int {
		return cmp.Or(cmp.Compare(a.ID, b.ID), cmp.Compare(a.Version, b.Version), cmp.Compare(a.Reading, b.Reading))
	})
	return nil
}

func instant(t time.Time) known {
	if t.IsZero() {
		return ""
	}
	return known(t.UTC().Format(time.RFC3339Nano))
}

// shownIn returns the IDs of what an answer in JSON shows, in order, and whether it found anything.
func shownIn(body []byte) (found bool, shown []graph.ID) {
	var answer any
	if json.Unmarshal(body, &answer) != nil {
		return true, nil // it was made by us
	}
	found = true
	if top, ok := answer.(map[string]any); ok {
		if presence, ok := top["answer"].(string); ok {
			found = presence == "found"
		}
	}
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, x := range v {
				walk(x)
			}
		case map[string]any:
			if id, ok := v["id"].(string); ok {
				shown = append(shown, graph.ID(id))
			}
			for _, x := range v {
				walk(x)
			}
		}
	}
	walk(answer)
	slices.Sort(shown)
	return found, slices.Compact(shown)
}

// cellsOf returns what may be an ID among the cells of a table, in order.
func cellsOf(table []byte) (shown []graph.ID) {
	rows, err := csv.NewReader(bytes.NewReader(table)).ReadAll()
	if err != nil {
		return nil // it was made by us
	}
	for _, row := range rows {
		for _, cell := range row {
			if cell != "" && len(cell) <= maxID {
				shown = append(shown, graph.ID(cell))
			}
		}
	}
	slices.Sort(shown)
	return slices.Compact(shown)
}

// linesOf returns the nodes that some IDs name and the edges between them as N-Quads.
func linesOf(ctx context.Context, r graph.Reader, ids []graph.ID) ([]string, error) {
	var g graph.Subgraph
	in := map[graph.ID]bool{}
	for batch := range slices.Chunk(ids, maxLimit) {
		nodes, err := r.Nodes(ctx, batch)
		if err != nil {
			return nil, err
		}
		for _, n := range nodes {
			in[n.NodeID()] = true
		}
		g.Nodes = append(g.Nodes, nodes...)
	}
	for batch := range slices.Chunk(g.Nodes, maxLimit) {
		edges, err := r.Out(ctx, each(batch, graph.Node.NodeID))
		if err != nil {
			return nil, err
		}
		g.Edges = append(g.Edges, slices.DeleteFunc(edges, func(e graph.Edge) bool { return !in[e.To] })...)
	}
	g.Sort()
	w := newWire()
	if err := w.readFor(ctx, r, g.Nodes...); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err := codec.WriteSubgraph(&out, g, func(version graph.ID) (string, error) {
		if t := w.texts[version]; t != nil {
			return t.words, nil
		}
		return "", nil
	})
	return some(slices.Collect(lines(out.String()))), err
}

// lines yields lines without their ends.
func lines(s string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for line := range strings.Lines(s) {
			if !yield(strings.TrimSuffix(line, "\n")) {
				return
			}
		}
	}
}
