package api

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"
	"time"

	"whence/graph"
)

// MaxReceipt bounds, in bytes, the receipts that are read.
const MaxReceipt = 256 << 20

// ReadReceipt reads a receipt, which may come from anybody. What is none, is of
// another form, or was changed since it was written gives an error wrapping
// [graph.ErrInvalid].
func ReadReceipt(b []byte) (*Receipt, error) {
	if len(b) > MaxReceipt {
		return nil, fmt.Errorf("the receipt has more than %d bytes: %w", MaxReceipt, graph.ErrInvalid)
	}
	var form struct {
		Format int `json:"format"`
	}
	if err := json.Unmarshal(b, &form); err != nil {
		return nil, fmt.Errorf("this is no receipt: %w: %w", err, graph.ErrInvalid)
	}
	if form.Format != receiptFormat {
		return nil, fmt.Errorf("a receipt of format %d: this version reads format %d: %w", form.Format, receiptFormat, graph.ErrInvalid)
	}
	r := &Receipt{}
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.DisallowUnknownFields()
	if err := dec.Decode(r); err != nil {
		return nil, fmt.Errorf("the receipt: %w: %w", err, graph.ErrInvalid)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("something follows the receipt: %w", graph.ErrInvalid)
	}
	if r.Result != sum(r.Answer) {
		return nil, fmt.Errorf("the answer in the receipt does not have the hash beside it: the receipt was changed: %w", graph.ErrInvalid)
	}
	return r, nil
}

// A Difference is one reason why an answer cannot be made again as a receipt has it.
type Difference struct {
	Document graph.ID `json:"document,omitempty"` // that differs; "" when it is not about one
	Why      string   `json:"why"`                // what there is in the receipt, and what here
}

// Verify makes the answer of a receipt again, from exactly the labels that it
// names, and compares the two. Whatever else the store holds does not matter. No
// differences means that they are the same; else each names the document that
// differs where there is one, in order of document. A receipt that contradicts
// itself gives an error wrapping [graph.ErrInvalid]. Nothing is written.
func Verify(ctx context.Context, store graph.Store, receipt *Receipt, o Options) ([]Difference, error) {
	u, err := url.ParseRequestURI(receipt.Question)
	if err != nil || u.Host != "" {
		return nil, fmt.Errorf("the receipt's question %q is none: %w", clip(receipt.Question), graph.ErrInvalid)
	}
	r, _, ok := routeOf(u.EscapedPath())
	if !ok || r.unfixed != "" || u.Query().Has("known_by") {
		return nil, fmt.Errorf("the receipt's question %q is none of this version of the program: %w", clip(receipt.Question), graph.ErrInvalid)
	}
	ledger, err := store.Ledger(ctx, 0)
	if err != nil {
		return nil, err
	}
	v := verification{store: store, receipt: receipt, ledger: ledger, held: graph.Held(ledger), readings: map[graph.ID][]graph.Label{}, told: map[Difference]bool{}}
	for label, info := range v.held {
		if info.Layer == graph.LayerReading {
			v.readings[info.Document] = append(v.readings[info.Document], label)
		}
	}
	if err := v.missing(ctx); err != nil || len(v.differences) > 0 {
		return v.sorted(), err
	}
	p, err := v.pin(r.surveyed)
	if err != nil {
		return nil, err
	}
	// First, since what is damaged cannot be answered from, and has a name here.
	if err := v.texts(ctx, p); err != nil || len(v.differences) > 0 {
		return v.sorted(), err
	}
	again, _, err := p.receipt(ctx, o, receipt.Question)
	switch {
	case errors.Is(err, graph.ErrInvalid), errors.Is(err, graph.ErrNotFound), errors.Is(err, graph.ErrSuppressed), errors.Is(err, graph.ErrConflict):
		v.differ("", "the question has no answer here: %v", err)
	case err != nil:
		return nil, err
	default:
		v.compare(again)
	}
	return v.sorted(), nil
}

// A verification is a receipt beside a store.
type verification struct {
	store       graph.Store
	receipt     *Receipt
	ledger      []graph.Commit
	held        map[graph.Label]graph.LabelInfo
	readings    map[graph.ID][]graph.Label // that are held, by document
	differences []Difference
	told        map[Difference]bool
}

func (v *verification) differ(document graph.ID, format string, args ...any) {
	d := Difference{document, fmt.Sprintf(format, args...)}
	if !v.told[d] {
		v.told[d] = true
		v.differences = append(v.differences, d)
	}
}

// sorted returns the differences in order of document, those about none at the end.
func (v *verification) sorted() []Difference {
	slices.SortStableFunc(v.differences, func(a, b Difference) int {
		if (a.Document == "") != (b.Document == "") {
			if a.Document == "" {
				return 1
			}
			return -1
		}
		return strings.Compare(string(a.Document), string(b.Document))
	})
	return v.differences
}

// missing finds the labels that are not held, and says for each document why.
func (v *verification) missing(ctx context.Context) error {
	texts := map[graph.Label]ReceiptDocument{}
	for _, d := range v.receipt.Documents {
		texts[d.Reading] = d
	}
	explained := map[graph.ID]bool{} // documents
	authority := false
	of := func(layer graph.Layer) []ReceiptLabel {
		return slices.DeleteFunc(slices.Clone(v.receipt.Labels), func(l ReceiptLabel) bool {
			_, held := v.held[l.Label]
			return held || l.Layer != layer
		})
	}
	for _, l := range of(graph.LayerReading) {
		d, ok := texts[l.Label]
		if !ok || !slices.Equal(l.Documents, []graph.ID{d.ID}) {
			return fmt.Errorf("the receipt says nothing of the text of %s: %w", clip(string(l.Label)), graph.ErrInvalid)
		}
		explained[d.ID] = true
		if err := v.reading(ctx, d); err != nil {
			return err
		}
	}
	for _, l := range of(graph.LayerAuthority) {
		authority = true
		v.differ("", "the authority file %s, which says who is who, is not held here", clip(graph.ID(l.Label).Short()))
	}
	for _, l := range of(graph.LayerResolution) {
		for _, document := range l.Documents {
			if explained[document] {
				continue
			}
			explained[document] = true
			why := "who is meant in it was found by another build of the resolver"
			if authority {
				why = "who is meant in it was found with another authority file"
			}
			v.differ(document, "%s (there %s)", why, orUnknown(v.receipt.Software.Resolver))
		}
	}
	for _, l := range of(graph.LayerLink) {
		if !slices.ContainsFunc(l.Documents, func(d graph.ID) bool { return explained[d] }) {
			for _, document := range l.Documents {
				v.differ(document, "what links it to other documents was found by another build of the matcher (there %s)", orUnknown(strings.Join(v.receipt.Software.Matchers, ", ")))
			}
		}
	}
	decisions := map[graph.Label]ReceiptDecision{}
	for _, d := range v.receipt.Decisions {
		decisions[graph.Label(d.ID)] = d
	}
	for _, l := range of(graph.LayerDecision) {
		d := decisions[l.Label]
		v.differ("", "the %s %s, by %s on %s, is not held here", clip(graph.ID(l.Label).Short()), clip(string(d.Act)), orUnknown(d.By), d.At.UTC().Format(time.DateOnly))
	}
	for _, l := range v.receipt.Labels {
		if _, held := v.held[l.Label]; !held && !slices.Contains([]graph.Layer{graph.LayerReading, graph.LayerAuthority, graph.LayerResolution, graph.LayerLink, graph.LayerDecision}, l.Layer) {
			return fmt.Errorf("the receipt's %s is of no layer: %w", clip(string(l.Label)), graph.ErrInvalid)
		}
	}
	return nil
}

func orUnknown(s string) string {
	if s == "" {
		return "not known"
	}
	return clip(s)
}

// reading says how a text in the receipt differs from what is held of its document.
func (v *verification) reading(ctx context.Context, d ReceiptDocument) error {
	here := v.readings[d.ID]
	slices.Sort(here)
	if len(here) == 0 {
		for _, c := range v.ledger {
			for _, t := range c.Erased {
				if t.Document == d.ID {
					v.differ(d.ID, "it was erased here on %s", t.At.UTC().Format(time.DateOnly))
					return nil
				}
			}
		}
		v.differ(d.ID, "it is not held here")
		return nil
	}
	content, err := v.store.Content(ctx, here...)
	if err != nil {
		return err
	}
	same := slices.DeleteFunc(slices.Clone(content.Readings), func(r graph.Captured) bool { return r.Version.TextHash != string(d.Text) })
	if len(same) == 0 {
		var hashes []string
		for _, r := range content.Readings {
			hashes = append(hashes, r.Version.TextHash)
		}
		slices.Sort(hashes)
		v.differ(d.ID, "its text differs: SHA-256 %s there, %s here", clip(string(d.Text)), strings.Join(slices.Compact(hashes), ", "))
		return nil
	}
	for _, r := range same {
		switch {
		case r.Extractor != string(d.Extractor):
			v.differ(d.ID, "the same text was read by another build of the extractor: %s there, %s here", orUnknown(string(d.Extractor)), r.Extractor)
		case r.Version.BytesHash != string(d.Bytes):
			v.differ(d.ID, "the same text was read from other bytes: SHA-256 %s there, %s here", clip(string(d.Bytes)), r.Version.BytesHash)
		default:
			v.differ(d.ID, "the same text was read with another title, publisher, author, date, address, kind or language")
		}
	}
	return nil
}

// pin shows what the receipt names, all of which is held.
func (v *verification) pin(compares bool) (*pin, error) {
	p := &pin{indexed: index(v.store), selection: graph.Selection{Live: map[graph.Label]graph.LabelInfo{}, Warnings: v.receipt.Warnings}, compares: compares}
	if compares {
		p.aside = map[graph.Label]graph.LabelInfo{}
	}
	named := map[graph.Label]ReceiptLabel{}
	for _, l := range v.receipt.Labels {
		named[l.Label] = l
	}
	texts := map[graph.Label]ReceiptDocument{}
	for _, d := range v.receipt.Documents {
		texts[d.Reading] = d
	}
	for label, l := range named {
		info := v.held[label]
		for _, in := range info.Inputs {
			if from, ok := named[in]; in != "" && (!ok || from.Aside && !l.Aside) {
				return nil, fmt.Errorf("the receipt names %s, but not what it rests on: %w", clip(string(label)), graph.ErrInvalid)
			}
		}
		if l.Aside && !compares {
			return nil, fmt.Errorf("the receipt leaves %s aside, which its answer does not look at: %w", clip(string(label)), graph.ErrInvalid)
		}
		info.Capture.Retrieved, info.Recorded = time.Time{}, time.Time{}
		for _, t := range []struct {
			text known
			to   *time.Time
		}{{texts[label].Retrieved, &info.Capture.Retrieved}, {texts[label].Recorded, &info.Recorded}} {
			if t.text == "" {
				continue
			}
			at, err := time.Parse(time.RFC3339Nano, string(t.text))
			if err != nil {
				return nil, fmt.Errorf("the receipt's time %q is none: %w", clip(string(t.text)), graph.ErrInvalid)
			}
			*t.to = at.UTC()
		}
		if l.Aside {
			p.aside[label] = info
		} else {
			p.selection.Live[label] = info
		}
	}
	return p, nil
}

// compare compares the receipt with the one made again.
func (v *verification) compare(again *Receipt) {
	here := map[graph.Label]ReceiptDocument{}
	for _, d := range again.Documents {
		here[d.Reading] = d
	}
	for _, d := range v.receipt.Documents {
		h, ok := here[d.Reading]
		delete(here, d.Reading)
		switch {
		case !ok:
			v.differ(d.ID, "the receipt does not name the label of its reading")
		case h.Text != d.Text:
			v.differ(d.ID, "its text differs: SHA-256 %s there, %s here", clip(string(d.Text)), h.Text)
		case h.Bytes != d.Bytes:
			v.differ(d.ID, "the same text was read from other bytes: SHA-256 %s there, %s here", clip(string(d.Bytes)), h.Bytes)
		case h.ID != d.ID || h.Version != d.Version:
			v.differ(d.ID, "its version differs: %s there, %s of %s here", clip(d.Version.Short()), h.Version.Short(), h.ID)
		}
	}
	for _, h := range again.Documents {
		if _, left := here[h.Reading]; left {
			v.differ(h.ID, "the receipt says nothing of its text")
		}
	}
	if !slices.Equal(v.receipt.Graph, again.Graph) {
		v.lines(again.Graph)
	}
	if v.receipt.Result != again.Result || v.receipt.Media != again.Media {
		why := ""
		switch a, b := v.receipt.Software, again.Software; {
		case a.Version != b.Version:
			why = fmt.Sprintf("; it was made by version %s, this is %s", orUnknown(a.Version), orUnknown(b.Version))
		case a.Resolver != b.Resolver:
			why = fmt.Sprintf("; it was made with %s, this is %s", orUnknown(a.Resolver), orUnknown(b.Resolver))
		}
		v.differ("", "the answer differs: SHA-256 %s there, %s here%s", clip(v.receipt.Result), again.Result, why)
	}
}

// lines says which documents the quads are of that only one of the two graphs has.
func (v *verification) lines(here []string) {
	about := map[string][]graph.ID{}
	for _, l := range v.receipt.Labels {
		about["<"+string(l.Label)+"> ."] = l.Documents
	}
	count := func(lines, without []string) (n int) {
		has := make(map[string]bool, len(without))
		for _, line := range without {
			has[line] = true
		}
		for _, line := range lines {
			if has[line] {
				continue
			}
			n++
			if i := strings.LastIndexByte(line, '<'); i >= 0 {
				for _, document := range about[line[i:]] {
					v.differ(document, "the graph of the answer has other quads of it")
				}
			}
		}
		return n
	}
	there := count(v.receipt.Graph, here)
	v.differ("", "the graph of the answer differs: %d of its quads only there, %d only here", there, count(here, v.receipt.Graph))
}

// texts reads every text anew, and compares it with its hash.
func (v *verification) texts(ctx context.Context, p *pin) error {
	return p.indexed.View(ctx, graph.At{Only: &p.selection}, func(r graph.Reader) error {
		for _, d := range v.receipt.Documents {
			if _, seen := p.selection.Live[d.Reading]; !seen {
				continue
			}
			text, err := r.Text(ctx, string(d.Text))
			switch {
			case ctx.Err() != nil:
				return ctx.Err()
			case err != nil:
				v.differ(d.ID, "its text cannot be read here: %v", err)
			case graph.TextHash(text) != string(d.Text):
				v.differ(d.ID, "its text differs: SHA-256 %s there, %s here", clip(string(d.Text)), graph.TextHash(text))
			}
		}
		return nil
	})
}
