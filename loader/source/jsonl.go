package source

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"whence/graph"
)

// readJSONL reads one document a line. Text is taken as it stands. A bad line is one
// error, and the rest goes on.
func readJSONL(in input, yield func(Item, error) bool) bool {
	return in.records(bytes.NewReader(in.bytes), yield)
}

// streamed reports whether a file is read line by line, and so may be larger than one document.
func (w *walker) streamed(name string) bool {
	f, ok := formatByExtension(name)
	return w.o.Format == "jsonl" || w.o.Format == "" && ok && f.name == "jsonl"
}

// document reads a file or a member of an archive of size bytes, all of it unless it is JSONL.
func (w *walker) document(name string, r io.Reader, size int64, g given, yield func(Item, error) bool) bool {
	fail := func(err error) bool {
		return yield(Item{}, &Error{Path: name, Stage: StageOpen, Offset: -1, Hint: openHint(err), Err: plainCause(err)})
	}
	packed := uncompressed(name) != name
	if packed {
		var err error
		if r, err = w.o.inflate(r, size); err != nil {
			return yield(Item{}, &Error{Path: name, Stage: StageOpen, Offset: -1, Hint: damage(err), Err: err})
		}
	}
	if w.streamed(name) {
		if err := g.setOptions(name, w.o); err != nil {
			return yield(Item{}, err)
		}
		return input{path: name, o: w.o, given: g}.records(r, yield)
	}
	b, err := io.ReadAll(io.LimitReader(r, w.o.maxBytes()+1))
	switch {
	case err != nil && packed:
		return yield(Item{}, &Error{Path: name, Stage: StageOpen, Offset: -1, Hint: damage(err), Err: err})
	case err != nil:
		return fail(err)
	case int64(len(b)) > w.o.maxBytes(): // It grew since, or was compressed.
		return yield(Item{}, tooLarge(name, int64(len(b)), w.o))
	}
	return read(name, b, w.o, g, yield)
}

// records reads JSONL as it comes.
func (in input) records(r io.Reader, yield func(Item, error) bool) bool {
	lines, err := in.lines(r)
	if err != nil {
		return yield(Item{}, err)
	}
	for first := true; ; first = false {
		l := lines.next()
		fail := func(err error, hint string) bool {
			return yield(Item{}, &Error{Path: in.path, Stage: StageParse, Line: l.number, Offset: l.at, Err: err, Hint: hint})
		}
		if first && (l.err == nil || errors.Is(l.err, errLong)) {
			if err := in.onlyOne(lines); err != nil {
				return yield(Item{}, err)
			}
		}
		switch {
		case errors.Is(l.err, io.EOF):
			return !first || yield(Item{}, &Skip{Path: in.path, Reason: ReasonEmpty})
		case errors.Is(l.err, errLong):
			if !fail(l.err, "split it, or raise the size limit") {
				return false
			}
			continue
		case l.err != nil:
			return fail(plainCause(l.err), damage(l.err))
		}
		item, err := in.record(l.text, l.number)
		var skip *Skip
		switch {
		case err == nil || errors.As(err, &skip):
			if !yield(item, err) {
				return false
			}
		case !fail(err, `want one object a line with at least "text"`):
			return false
		}
	}
}

// lines looks at the head of JSONL, and decodes it when a character takes several bytes throughout.
func (in input) lines(r io.Reader) (*lineReader, error) {
	b := bufio.NewReaderSize(r, sniffBytes)
	head, err := b.Peek(sniffBytes)
	if err != nil && !errors.Is(err, io.EOF) && len(head) == 0 {
		return nil, &Error{Path: in.path, Stage: StageOpen, Offset: -1, Hint: damage(err), Err: plainCause(err)}
	}
	if name, ok := isBinary(head); ok {
		return nil, &Skip{Path: in.path, Reason: ReasonBinary, Detail: name}
	}
	if text, _ := decode(head, false); garbled(text) {
		return nil, &Skip{Path: in.path, Reason: ReasonBinary, Detail: "control bytes"}
	}
	if _, ok := wideOf(head); ok {
		all, err := io.ReadAll(io.LimitReader(b, in.o.maxBytes()+1))
		if err != nil {
			return nil, &Error{Path: in.path, Stage: StageOpen, Offset: -1, Hint: damage(err), Err: plainCause(err)}
		}
		if int64(len(all)) > in.o.maxBytes() {
			return nil, tooLarge(in.path, int64(len(all)), in.o)
		}
		text, _ := decode(all, false)
		b = bufio.NewReader(strings.NewReader(text))
	} else if bytes.HasPrefix(head, []byte("\ufeff")) {
		_, _ = b.Discard(len("\ufeff")) // it is there
	}
	return &lineReader{r: b, limit: in.o.maxBytes()}, nil
}

// A line is one that is not blank, or why there is none.
type line struct {
	text   []byte
	number int // from 1
	at     int // where it begins, in bytes behind a byte order mark
	// err is io.EOF, one wrapping errLong, behind which reading goes on, or that of the reader.
	err error
}

var errLong = errors.New("too long a line")

// A lineReader reads lines of at most limit bytes.
type lineReader struct {
	r      *bufio.Reader
	limit  int64
	number int // of lines that were read
	at     int // where the next begins
	ahead  *line
}

func (l *lineReader) next() line {
	if l.ahead == nil {
		return l.read()
	}
	out := *l.ahead
	l.ahead = nil
	return out
}

// more reports whether anything follows.
func (l *lineReader) more() bool {
	if l.ahead == nil {
		next := l.read()
		l.ahead = &next
	}
	return !errors.Is(l.ahead.err, io.EOF)
}

func (l *lineReader) read() line {
	for {
		l.number++
		out := line{number: l.number, at: l.at}
		length, err := int64(0), bufio.ErrBufferFull
		for errors.Is(err, bufio.ErrBufferFull) {
			var part []byte
			part, err = l.r.ReadSlice('\n')
			if length += int64(len(part)); length <= l.limit {
				out.text = append(out.text, part...)
			}
		}
		l.at += int(length)
		switch {
		case err != nil && (length == 0 || !errors.Is(err, io.EOF)):
			out.text, out.err = nil, err // what stands before an error is no whole line
			return out
		case length > l.limit:
			out.text, out.err = nil, fmt.Errorf("%w: %d bytes, the limit is %d: %w", errLong, length, l.limit, graph.ErrInvalid)
			return out
		case len(bytes.TrimSpace(out.text)) > 0:
			return out
		}
	}
}

// onlyOne refuses an address given from outside for a file of several documents: it
// can be that of one only.
func (in *input) onlyOne(lines *lineReader) error {
	outside := in.o.URL != ""
	for _, m := range []metadata{in.given.sidecar, in.given.manifest} {
		outside = outside || m.url != "" || m.title != ""
	}
	if !outside || !lines.more() {
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
