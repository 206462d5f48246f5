package source

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"whence/graph"
)

// metadata is what one place says about a document. Empty fields say nothing.
type metadata struct {
	title, publisher string
	authors          []string
	published        graph.Date
	retrieved        time.Time
	url              string // normalised
	kind             graph.DocumentKind
	language         string
}

// fill takes from m what is not known yet.
func (known *metadata) fill(m metadata) {
	first := func(a *string, b string) {
		if *a == "" {
			*a = b
		}
	}
	first(&known.title, m.title)
	first(&known.publisher, m.publisher)
	first((*string)(&known.published), string(m.published))
	first(&known.url, m.url)
	first((*string)(&known.kind), string(m.kind))
	first(&known.language, m.language)
	if len(known.authors) == 0 {
		known.authors = m.authors
	}
	if known.retrieved.IsZero() {
		known.retrieved = m.retrieved
	}
}

// given is what is known of a document from outside its file.
type given struct {
	sidecar, manifest, options metadata
	notes                      []string
}

// setOptions checks what the caller said.
func (g *given) setOptions(path string, o Options) error {
	fail := func(err error, hint string) error {
		return &Error{Path: path, Stage: StageOptions, Offset: -1, Hint: hint, Err: err}
	}
	g.options = metadata{publisher: o.Publisher, published: o.Published, retrieved: o.Retrieved}
	if _, err := graph.ParseDate(string(o.Published)); err != nil {
		return fail(err, "")
	}
	if o.Kind != "" {
		kind, err := parseKind(o.Kind)
		if err != nil {
			return fail(err, "")
		}
		g.options.kind = kind
	}
	if o.URL != "" {
		u, err := normalURL(o.URL)
		if err != nil {
			return fail(fmt.Errorf("url %q: %w: %w", o.URL, err, graph.ErrInvalid), "give the address the document was published under")
		}
		g.options.url = u
	}
	return nil
}

// merge lays what is known in order of trust. trusted reports whether somebody
// outside the file gives the document's URI.
func (g given) merge(own, page metadata) (known metadata, trusted bool, notes []string) {
	known = own
	known.authors = slices.Clone(own.authors)
	notes = slices.Clone(g.notes)
	for _, m := range []metadata{g.sidecar, g.manifest, g.options} {
		if m.url != "" {
			if known.url != "" && known.url != m.url {
				notes = append(notes, "address "+m.url+" given from outside gives way to "+known.url)
			}
			trusted = trusted || known.url == "" || known.url == m.url
		}
		known.fill(m)
	}
	known.fill(page)
	return known, trusted, notes
}

// parseKind checks a kind of document.
func parseKind(s string) (graph.DocumentKind, error) {
	kind := graph.DocumentKind(strings.ReplaceAll(strings.ToLower(strings.TrimSpace(s)), " ", "-"))
	if slices.Contains(graph.DocumentKinds, kind) {
		return kind, nil
	}
	var names []string
	for _, k := range graph.DocumentKinds {
		names = append(names, string(k))
	}
	return "", fmt.Errorf("kind %q: want one of %s: %w", s, strings.Join(names, ", "), graph.ErrInvalid)
}

// set reads one field by name. values holds more than one only for a list. A field
// that is not known, or an address that cannot be one, is a note and not an error.
func (m *metadata) set(key string, values []string) (note string, err error) {
	for i := range values {
		values[i] = graph.FoldSpace(strings.ToValidUTF8(values[i], replacement))
	}
	values = slices.DeleteFunc(values, func(v string) bool { return v == "" })
	if len(values) == 0 {
		return "", nil
	}
	key = strings.ToLower(key)
	if len(values) > 1 && key != "author" && key != "authors" {
		return "", fmt.Errorf("%s: one value is wanted, not a list: %w", key, graph.ErrInvalid)
	}
	v := values[0]
	switch key {
	case "title":
		m.title = v
	case "publisher":
		m.publisher = v
	case "author", "authors":
		m.authors = append(m.authors, splitAuthors(values)...)
	case "published", "date":
		m.published, err = parseDate(v)
	case "retrieved":
		m.retrieved, err = parseTime(v)
	case "url", "uri":
		u, bad := normalURL(v)
		if bad != nil {
			return fmt.Sprintf("%s %q left aside: %v", key, v, bad), nil
		}
		m.url = u
	case "kind":
		m.kind, err = parseKind(v)
	case "language":
		m.language = strings.ToLower(v)
	default:
		return fmt.Sprintf("unknown field %q left aside", key), nil
	}
	if err != nil {
		err = fmt.Errorf("%s: %w", key, err)
	}
	return "", err
}

// splitAuthors splits one string that lists several people. A comma alone does not:
// it stands in names of bodies and before "PhD".
func splitAuthors(values []string) []string {
	if len(values) != 1 || !strings.Contains(values[0], ";") {
		return values
	}
	var out []string
	for _, a := range strings.Split(values[0], ";") {
		if a = strings.TrimSpace(a); a != "" {
			out = append(out, a)
		}
	}
	return out
}
