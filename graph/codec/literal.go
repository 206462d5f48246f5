package codec

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"

	"github.com/cayleygraph/quad"

	"whence/graph"
	"whence/graph/vocab"
)

// passage is the form of a [graph.Passage] in a literal: code points, not bytes.
type passage struct {
	Start  int    `json:"start"`
	End    int    `json:"end"`
	Exact  string `json:"exact"`
	Prefix string `json:"prefix,omitempty"`
	Suffix string `json:"suffix,omitempty"`
}

// office is the form of a [graph.Office] in a literal.
type office struct {
	Title string     `json:"title"`
	Body  string     `json:"body,omitempty"`
	From  graph.Date `json:"from,omitempty"`
	Until graph.Date `json:"until,omitempty"`
}

// jsonLiteral writes a structure with its keys in the order of its fields.
func jsonLiteral(x any) (quad.Value, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(x); err != nil {
		return nil, fmt.Errorf("%w: %w", err, graph.ErrInvalid)
	}
	return quad.TypedString{Value: quad.String(bytes.TrimSuffix(b.Bytes(), []byte("\n"))), Type: vocab.JSON}, nil
}

// jsonOf returns the text of a JSON literal, "" of any other value.
func jsonOf(v quad.Value) string {
	if t, ok := v.(quad.TypedString); ok && t.Type == vocab.JSON {
		return string(t.Value)
	}
	return ""
}

func parseJSON(v quad.Value, x any) error {
	t, ok := v.(quad.TypedString)
	if !ok || t.Type != vocab.JSON {
		return damaged(v, "JSON")
	}
	if err := json.Unmarshal([]byte(t.Value), x); err != nil {
		return fmt.Errorf("%w: %w", err, damaged(v, "JSON"))
	}
	return nil
}

// dateLiteral types a date by its precision. What is no date stays a string, so
// that nothing is lost.
func dateLiteral(d graph.Date) quad.Value {
	if _, err := graph.ParseDate(string(d)); err == nil {
		switch len(d) {
		case 4:
			return quad.TypedString{Value: quad.String(d), Type: vocab.Year}
		case 7:
			return quad.TypedString{Value: quad.String(d), Type: vocab.Month}
		case 10:
			return quad.TypedString{Value: quad.String(d), Type: vocab.Day}
		}
	}
	return quad.String(d)
}

// instantLiteral writes a time to the nanosecond: quad.Time would cut it to seconds.
func instantLiteral(t time.Time) (quad.Value, error) {
	t = t.UTC()
	if y := t.Year(); y < 0 || y > 9999 {
		return nil, fmt.Errorf("year %d: %w", y, graph.ErrInvalid)
	}
	return quad.TypedString{Value: quad.String(t.Format(time.RFC3339Nano)), Type: vocab.Instant}, nil
}

func parseInstant(v quad.Value) (time.Time, error) {
	if t, ok := v.(quad.TypedString); ok && t.Type == vocab.Instant {
		if at, err := time.Parse(time.RFC3339Nano, string(t.Value)); err == nil {
			return at.UTC(), nil
		}
	}
	return time.Time{}, damaged(v, "a time")
}

func parseString(v quad.Value) (string, error) {
	switch t := v.(type) {
	case quad.String:
		return string(t), nil
	case quad.TypedString:
		return string(t.Value), nil
	}
	return "", damaged(v, "a string")
}

func parseID(v quad.Value) (graph.ID, error) {
	iri, ok := v.(quad.IRI)
	if !ok {
		return "", damaged(v, "an IRI")
	}
	return IDOf(iri), nil
}

func damaged(v quad.Value, want string) error {
	s := quad.StringOf(v)
	if len(s) > 80 {
		s = s[:80] + "…"
	}
	return fmt.Errorf("%q, want %s: %w", s, want, graph.ErrDamaged)
}
