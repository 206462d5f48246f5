package evaluate

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

// ReadGold reads hand-marked documents, one JSON object a line; empty lines are passed over.
// Errors begin with name and line: a line that is no record, an id missing or met
// twice, a span outside the text.
func ReadGold(name string, r io.Reader) ([]Gold, error) {
	var gold []Gold
	seen := map[string]bool{}
	err := eachLine(name, r, func(line []byte) error {
		var record struct {
			Gold
			Text *string `json:"text"`
		}
		if err := json.Unmarshal(line, &record); err != nil {
			return err
		}
		g := record.Gold
		if record.Text == nil {
			return errors.New(`no "text"`)
		}
		g.Text = *record.Text
		if err := fresh(g.ID, seen); err != nil {
			return err
		}
		n := utf8.RuneCountInString(g.Text)
		if err := inside(g.Ignore, n); err != nil {
			return fmt.Errorf("ignore: %w", err)
		}
		if err := check(g.Attributions, n); err != nil {
			return err
		}
		gold = append(gold, g)
		return nil
	})
	return gold, err
}

// ReadPredictions reads what a program found, one JSON object a line with "id" and
// "attributions", by id. Spans of documents that are in gold must lie inside their text.
// Errors are as those of [ReadGold].
func ReadPredictions(name string, r io.Reader, gold []Gold) (map[string][]Attribution, error) {
	length := make(map[string]int, len(gold))
	for _, g := range gold {
		length[g.ID] = utf8.RuneCountInString(g.Text)
	}
	found := map[string][]Attribution{}
	seen := map[string]bool{}
	err := eachLine(name, r, func(line []byte) error {
		var record struct {
			ID           string        `json:"id"`
			Attributions []Attribution `json:"attributions"`
		}
		if err := json.Unmarshal(line, &record); err != nil {
			return err
		}
		if err := fresh(record.ID, seen); err != nil {
			return err
		}
		if n, ok := length[record.ID]; ok {
			if err := check(record.Attributions, n); err != nil {
				return err
			}
		}
		found[record.ID] = record.Attributions
		return nil
	})
	return found, err
}

// eachLine hands over the lines that hold something, and puts name and number before an error.
func eachLine(name string, r io.Reader, take func([]byte) error) error {
	b, err := io.ReadAll(r)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	b = bytes.TrimPrefix(b, []byte("\ufeff"))
	number := 0
	for line := range bytes.Lines(b) {
		number++
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		err := errors.New("not UTF-8")
		if utf8.Valid(line) {
			err = take(line)
		}
		if err != nil {
			return fmt.Errorf("%s:%d: %w", name, number, err)
		}
	}
	return nil
}

func fresh(id string, seen map[string]bool) error {
	switch {
	case id == "":
		return errors.New(`no "id"`)
	case seen[id]:
		return fmt.Errorf("id %q for the second time", id)
	}
	seen[id] = true
	return nil
}

// check reports the first confidence that is no share, or span that does not lie inside a text of n characters.
func check(as []Attribution, n int) error {
	for i, a := range as {
		if len(a.Content) == 0 {
			return fmt.Errorf("attribution %d: no content", i)
		}
		if a.Confidence < 0 || a.Confidence > 1 {
			return fmt.Errorf("attribution %d: confidence %g: want 0 to 1", i, a.Confidence)
		}
		for _, part := range []struct {
			name  string
			spans []Span
		}{{"content", a.Content}, {"source", a.Source}, {"cue", a.Cue}} {
			if err := inside(part.spans, n); err != nil {
				return fmt.Errorf("attribution %d: %s: %w", i, part.name, err)
			}
		}
	}
	return nil
}

func inside(spans []Span, n int) error {
	for _, s := range spans {
		if s[0] < 0 || s[0] >= s[1] || s[1] > n {
			return fmt.Errorf("span [%d,%d) of a text of %d characters", s[0], s[1], n)
		}
	}
	return nil
}
