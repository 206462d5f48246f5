package source

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"whence/graph"
)

// maxYAML bounds front matter and sidecars, in bytes.
const maxYAML = 16 << 10

// A lineError is trouble at a line, counted from 1.
type lineError struct {
	line int
	err  error
}

func (e *lineError) Error() string { return e.err.Error() }
func (e *lineError) Unwrap() error { return e.err }

var fieldLine = regexp.MustCompile(`^[A-Za-z_][\w -]*:(?:\s|$)`)

// splitFrontMatter cuts the YAML between two lines of "---" off the top of a text.
// The body begins after the second one. Text that merely opens with a rule is left
// whole: front matter begins with a field.
func splitFrontMatter(text string) (m metadata, body string, notes []string, err error) {
	first, rest, _ := strings.Cut(text, "\n")
	if strings.TrimRight(first, " \t\r") != "---" {
		return m, text, nil, nil
	}
	header, body, closed := cutFence(rest)
	if !opensWithField(header) {
		return m, text, nil, nil
	}
	if !closed {
		return m, "", nil, &lineError{1, fmt.Errorf("front matter is opened by --- and never closed: %w", graph.ErrInvalid)}
	}
	m, notes, err = parseYAML(header, 1)
	return m, body, notes, err
}

// cutFence finds the line that closes front matter, inside [maxYAML].
func cutFence(rest string) (header, body string, closed bool) {
	for at := 0; at < len(rest) && at <= maxYAML; {
		line, _, found := strings.Cut(rest[at:], "\n")
		next := at + len(line)
		if found {
			next++
		}
		if l := strings.TrimRight(line, " \t\r"); l == "---" || l == "..." {
			return rest[:at], rest[next:], true
		}
		at = next
	}
	return rest[:min(len(rest), maxYAML)], "", false
}

func opensWithField(header string) bool {
	for line := range strings.Lines(header) {
		line = strings.TrimRight(line, " \t\r\n")
		if line != "" && !strings.HasPrefix(line, "#") {
			return fieldLine.MatchString(line)
		}
	}
	return false
}

// parseYAML reads a mapping of fields to strings or lists of strings. Values keep the
// words in which they are written. above is how many lines stand before it in the file.
func parseYAML(text string, above int) (m metadata, notes []string, err error) {
	fail := func(line int, err error) error {
		return &lineError{line + above, fmt.Errorf("%w: %w", err, graph.ErrInvalid)}
	}
	defer func() {
		if r := recover(); r != nil { // The parser is not ours, and the input is not trusted.
			m, notes, err = metadata{}, nil, fail(1, errors.New("not YAML"))
		}
	}()
	if len(text) > maxYAML {
		return metadata{}, nil, fail(1, fmt.Errorf("more than %d bytes", maxYAML))
	}
	file, perr := parser.ParseBytes([]byte(text), 0)
	if perr != nil {
		line, msg := 1, "not YAML"
		if e := (*yaml.SyntaxError)(nil); errors.As(perr, &e) {
			msg = "not YAML: " + e.GetMessage()
			if t := e.GetToken(); t != nil && t.Position != nil {
				line = t.Position.Line
			}
		}
		return metadata{}, nil, fail(line, errors.New(msg))
	}
	var fields []*ast.MappingValueNode
	for _, doc := range file.Docs {
		switch body := doc.Body.(type) {
		case nil:
		case *ast.MappingNode:
			fields = append(fields, body.Values...)
		case *ast.MappingValueNode:
			fields = append(fields, body)
		default:
			return metadata{}, nil, fail(lineOf(body), errors.New("want lines of the form \"field: value\""))
		}
	}
	seen := map[string]bool{}
	for _, f := range fields {
		key := strings.ToLower(f.Key.GetToken().Value)
		if seen[key] {
			return metadata{}, nil, fail(lineOf(f), fmt.Errorf("field %q stands twice", key))
		}
		seen[key] = true
		values, verr := yamlValues(f.Value)
		if verr != nil {
			if !knownField(key) {
				notes = append(notes, fmt.Sprintf("unknown field %q left aside", key))
				continue
			}
			return metadata{}, nil, fail(lineOf(f), fmt.Errorf("%s: %w", key, verr))
		}
		note, serr := m.set(key, values)
		if serr != nil {
			return metadata{}, nil, &lineError{lineOf(f) + above, serr}
		}
		if note != "" {
			notes = append(notes, note)
		}
	}
	return m, notes, nil
}

func knownField(key string) bool {
	switch key {
	case "title", "publisher", "author", "authors", "published", "date", "retrieved", "url", "uri", "kind", "language":
		return true
	}
	return false
}

// yamlValues returns a scalar, or the scalars of a list, as written.
func yamlValues(n ast.Node) ([]string, error) {
	switch n := n.(type) {
	case nil, *ast.NullNode:
		return nil, nil
	case *ast.StringNode:
		return []string{n.Value}, nil
	case *ast.LiteralNode:
		return []string{n.Value.Value}, nil
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		return []string{n.GetToken().Value}, nil
	case *ast.SequenceNode:
		var out []string
		for _, v := range n.Values {
			if _, nested := v.(*ast.SequenceNode); nested {
				return nil, errors.New("want a value, not a list of lists")
			}
			vs, err := yamlValues(v)
			if err != nil {
				return nil, err
			}
			out = append(out, vs...)
		}
		return out, nil
	}
	return nil, errors.New("want a value or a list of values")
}

func lineOf(n ast.Node) int {
	if t := n.GetToken(); t != nil && t.Position != nil {
		return t.Position.Line
	}
	return 1
}
