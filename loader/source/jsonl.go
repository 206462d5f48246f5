package source

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"whence/graph"
)

// readJSONL reads one document a line. Text is taken as it stands. A bad line is one
// error, and the rest goes on.
func readJSONL(in input, yield func(Item, error) bool) bool {
	raw := in.bytes
	if _, ok := wideOf(raw); ok {
		raw = []byte(in.text)
	}
	raw = bytes.TrimPrefix(raw, []byte("\ufeff"))
	if err := in.onlyOne(raw); err != nil {
		return yield(Item{}, err)
	}
	line, offset := 0, 0
	for len(raw) > 0 {
		record, rest, found := bytes.Cut(raw, []byte("\n"))
		line++
		if len(bytes.TrimSpace(record)) > 0 {
			item, err := in.record(record, line)
			if err != nil {
				var skip *Skip
				if !errors.As(err, &skip) {
					err = &Error{
						Path: in.path, Stage: StageParse, Line: line, Offset: offset, Err: err,
						Hint: `want one object a line with at least "text"`,
					}
				}
			}
			if !yield(item, err) {
				return false
			}
		}
		offset += len(record)
		if found {
			offset++
		}
		raw = rest
	}
	return true
}

// onlyOne refuses an address given from outside for a file of several documents: it
// can be that of one only.
func (in *input) onlyOne(raw []byte) error {
	if bytes.Count(bytes.TrimSpace(raw), []byte("\n")) == 0 {
		return nil
	}
	if in.o.URL != "" {
		return &Error{
			Path: in.path, Stage: StageOptions, Offset: -1, Hint: `put "url" into each record`,
			Err: fmt.Errorf("one address for several documents: %w", graph.ErrInvalid),
		}
	}
	for _, m := range []*metadata{&in.given.sidecar, &in.given.manifest} {
		if m.url != "" {
			in.given.notes = append(in.given.notes, "address "+m.url+" left aside: it cannot be that of every record")
		}
		m.url, m.title = "", ""
	}
	return nil
}

// record reads one line.
func (in input) record(line []byte, number int) (Item, error) {
	decoded, notes := decode(line, false)
	notes = slices.Concat(in.given.notes, notes)
	in.given.notes = nil
	var fields map[string]json.RawMessage
	if err := json.Unmarshal([]byte(decoded), &fields); err != nil {
		return Item{}, fmt.Errorf("not JSON: %w: %w", err, graph.ErrInvalid)
	}
	var text *string
	if err := json.Unmarshal(fields["text"], &text); fields["text"] == nil || err != nil || text == nil {
		return Item{}, fmt.Errorf("no text: %w", graph.ErrInvalid)
	}
	body := *text
	if n := strings.Count(body, "\x00"); n > 0 {
		body = strings.ReplaceAll(body, "\x00", replacement)
		notes = append(notes, count(n, "NUL")+" replaced")
	}
	var own metadata
	id := ""
	for _, key := range sortedKeys(fields) {
		switch key {
		case "text", "id":
			continue
		}
		values, err := jsonValues(fields[key])
		if err != nil {
			if knownField(strings.ToLower(key)) {
				return Item{}, fmt.Errorf("%s: %w: %w", key, err, graph.ErrInvalid)
			}
			continue // Other fields of a record, such as hand-marked spans, are not ours.
		}
		if !knownField(strings.ToLower(key)) {
			continue
		}
		note, err := own.set(key, values)
		if err != nil {
			return Item{}, err
		}
		if note != "" {
			notes = append(notes, note)
		}
	}
	if values, err := jsonValues(fields["id"]); err == nil && len(values) == 1 {
		id = values[0]
	}
	place := fmt.Sprintf("%s:%d", in.path, number)
	if id != "" {
		place = in.path + "#" + id
	}
	if strings.TrimSpace(body) == "" {
		return Item{}, &Skip{Path: place, Reason: ReasonEmpty}
	}
	known, trusted, conflicts := in.given.merge(own, metadata{title: headline(body)})
	item := Item{
		Text: body, BytesHash: graph.TextHash(string(line)), MediaType: "application/json", RecordID: id, Notes: append(notes, conflicts...),
		Capture: graph.Capture{Path: place, Retrieved: known.retrieved, Trusted: trusted},
	}
	if id == "" {
		item.RecordID = fmt.Sprintf("%s:%d", in.fileName(), number)
	}
	item.identify(known)
	return item, nil
}

// jsonValues returns a string, number or list of these, as written.
func jsonValues(raw json.RawMessage) ([]string, error) {
	raw = bytes.TrimSpace(raw)
	switch {
	case len(raw) == 0 || string(raw) == "null":
		return nil, nil
	case raw[0] == '"':
		var s string
		err := json.Unmarshal(raw, &s)
		return []string{s}, err
	case raw[0] == '[':
		var list []json.RawMessage
		if err := json.Unmarshal(raw, &list); err != nil {
			return nil, err
		}
		var out []string
		for _, v := range list {
			if v = bytes.TrimSpace(v); len(v) > 0 && v[0] == '[' {
				return nil, errors.New("want a value, not a list of lists")
			}
			vs, err := jsonValues(v)
			if err != nil {
				return nil, err
			}
			out = append(out, vs...)
		}
		return out, nil
	case raw[0] == '{':
		return nil, errors.New("want a value or a list of values")
	}
	return []string{string(raw)}, nil
}

func sortedKeys(m map[string]json.RawMessage) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
