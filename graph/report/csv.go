package report

import (
	"encoding/csv"
	"fmt"
	"io"
	"strings"
	"unicode"

	"whence/graph"
)

// CSV writes the findings of a report as a table with a header (RFC 4180), one
// line for each. Controls and marks that turn the direction of writing become
// U+FFFD, for a table may be shown on a terminal. A cell that a spreadsheet would take for a formula begins with an
// apostrophe: what documents say is never executed.
func CSV(w io.Writer, s *graph.Survey, r *Report) error {
	out := csv.NewWriter(w)
	out.UseCRLF = true
	rows := [][]string{{"report", "type", "severity", "date", "speaker", "publisher", "document", "words", "why", "values", "evidence", "id"}}
	for _, x := range r.Findings {
		speaker, words := "", ""
		document := s.Document(x.Subject)
		if c := s.Claim(x.Subject); c != nil {
			document, words = c.ClaimView.Document, c.Claim.Words()
			if c.Speaker != nil && c.Speaker.Type != graph.Anonymous {
				speaker = c.Speaker.Name
			}
		}
		publisher, uri := "", ""
		if document != nil {
			publisher, uri = document.Publisher, string(document.ID)
		}
		var values, evidence []string
		for _, v := range x.Values {
			values = append(values, v.Name+": "+v.Value)
		}
		for _, h := range x.Hops {
			evidence = append(evidence, fmt.Sprintf("%s <%s>: “%s”", h.Why, h.Document, graph.ExactOf(h.Evidence)))
		}
		row := []string{
			string(r.Kind), x.Type, fmt.Sprint(int(x.Severity)), string(x.Date), speaker, publisher, uri, words, x.Why,
			strings.Join(values, "; "), strings.Join(evidence, " | "), x.ID.Short(),
		}
		for i, cell := range row {
			row[i] = inert(strings.Map(still, cell))
		}
		rows = append(rows, row)
	}
	return out.WriteAll(rows)
}

// still replaces a rune that would run a terminal's commands or turn the line around.
func still(r rune) rune {
	if unicode.IsControl(r) && r != '\n' && r != '\t' || unicode.Is(unicode.Bidi_Control, r) {
		return unicode.ReplacementChar
	}
	return r
}

// inert keeps a spreadsheet from taking a cell for a formula, as OWASP's page on CSV injection advises.
func inert(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}
