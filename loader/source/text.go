package source

import (
	"errors"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"whence/graph"
)

// readText reads plain text: evidence is never touched.
func readText(in input, yield func(Item, error) bool) bool {
	own, body, notes, err := splitFrontMatter(in.text)
	if err != nil {
		return yield(Item{}, in.metadataError(err))
	}
	if strings.TrimSpace(body) == "" {
		return yield(Item{}, &Skip{Path: in.path, Reason: ReasonEmpty})
	}
	if looksHTML(body[:min(len(body), sniffBytes)]) {
		notes = append(notes, "looks like HTML, read as plain text")
	}
	return yield(in.finish(body, "text/plain", nil, own, metadata{title: headline(body)}, notes), nil)
}

// metadataError says where front matter or a record is wrong.
func (in input) metadataError(err error) *Error {
	out := &Error{Path: in.path, Stage: StageMetadata, Offset: -1, Hint: "correct the front matter there; a value that holds a colon stands in quotation marks, a date is YYYY, YYYY-MM or YYYY-MM-DD", Err: err}
	if at := (*lineError)(nil); errors.As(err, &at) {
		out.Line = at.line
	}
	return out
}

const (
	headlineRunes  = 150 // longer lines are paragraphs
	headlineBlocks = 6   // what may stand above the body: name of the site, menu, date, headline
)

// headline returns the line of a plain text that looks like its title, or "". A title
// stands alone on one short line, among the first, with no full stop at its end. The
// first such line is it, unless one that follows has at least twice its words: the
// name of a site stands above its headlines, and is shorter.
func headline(text string) string {
	best, words := "", 0
	blocks := 0
	for rest := text; rest != "" && blocks < headlineBlocks; {
		var block string
		block, rest = cutBlock(rest)
		if block = strings.TrimSpace(block); block == "" {
			continue
		}
		blocks++
		if utf8.RuneCountInString(block) > headlineRunes || (strings.Contains(block, "\n") && rest == "") {
			break
		}
		if rest == "" || strings.Contains(block, "\n") || endsSentence(block) {
			break
		}
		if !wordy(block) || isByline(block) || isDateLine(block) {
			continue
		}
		if n := len(strings.Fields(block)); words == 0 || n >= 2*words {
			best, words = graph.FoldSpace(block), n
		}
	}
	return best
}

// cutBlock returns text up to the next blank line, and what follows it. The block is
// cut when it is far longer than a headline, so that one long line costs nothing.
func cutBlock(text string) (block, rest string) {
	at := 0
	for at < len(text) {
		line, _, found := strings.Cut(text[at:], "\n")
		if strings.TrimSpace(line) == "" && at > 0 {
			return text[:at], text[at+len(line):]
		}
		at += len(line)
		if found {
			at++
		}
		if at > 8*headlineRunes && strings.TrimSpace(text[:at]) != "" {
			return text[:at], text[at:]
		}
	}
	return text, ""
}

// endsSentence reports whether a line ends as a sentence of running text does. A full
// stop inside closing quotation marks ends the sentence, except where the quotation
// begins in lower case: then it is a phrase, and the stop belongs to it.
func endsSentence(line string) bool {
	bare := strings.TrimRight(line, "\"'”’)] ")
	if bare == "" {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(bare)
	if !strings.ContainsRune(".,;:…", last) {
		return false
	}
	if open := strings.LastIndexAny(bare, "\"“‘"); len(bare) < len(strings.TrimRight(line, " ")) && open > 0 {
		_, size := utf8.DecodeRuneInString(bare[open:])
		first, _ := utf8.DecodeRuneInString(bare[open+size:])
		before := strings.TrimRight(bare[:open], " ")
		return !unicode.IsLower(first) || strings.HasSuffix(before, ",") || strings.HasSuffix(before, ":")
	}
	return true
}

// wordy reports whether a line holds more letters than anything else and is no list item.
func wordy(line string) bool {
	if strings.IndexAny(line, "•*-·|>#=_") == 0 || strings.Contains(line, "://") {
		return false
	}
	letters, others := 0, 0
	for _, r := range line {
		switch {
		case unicode.IsLetter(r):
			letters++
		case !unicode.IsSpace(r):
			others++
		}
	}
	return letters > 2*others && letters >= 3
}

var byline = regexp.MustCompile(`^(?i:by|posted by|written by|author:|words by|published by)\s+\p{Lu}[\p{L}\p{M}'’.\-]*(?:\s+(?:\p{Lu}[\p{L}\p{M}'’.\-]*|and|de|van|von|&|,|\|))*`)

// isByline reports whether a line says who wrote the document, and nothing else but
// perhaps when.
func isByline(line string) bool {
	m := byline.FindString(line)
	if m == "" {
		return false
	}
	rest := strings.TrimLeft(line[len(m):], " ,|·–—-")
	return rest == "" || isDateLine(rest) || len(strings.Fields(rest)) <= 4 && !endsSentence(line)
}

// isDateLine reports whether a line is a date, perhaps with a word before it
// ("Published") and a time of day.
func isDateLine(line string) bool {
	if utf8.RuneCountInString(line) > 60 {
		return false
	}
	d, at := findDate(line)
	return d != "" && len(strings.Fields(line[:at[0]])) <= 3 && isTimeOfDay(line[at[1]:])
}
