package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"whence/graph"
	"whence/loader/extract/date"
)

// A note that was added to a text later begins with a word that says so, or says itself that the text was changed.
var (
	updateForm  = form(`^[*_\[(#\s]*(?i:((?:latest |further |important )?updates?|updated|(?:a )?correction|corrected|corrections? and clarifications?|clarification|apology|editor['’]?s['’]? note|note from the editor|note added|postscript|addendum|edit|edited to add|eta))\b[*_]*`)
	amendedForm = form(`(?i)^[*_\[(•\s]*(?:(?:an earlier|a previous|the original|this) (?:version|edition|headline)(?: of this .{1,40}?)? .{0,80}\b(?:said|stated|incorrectly|wrongly|misstated|was (?:amended|changed|corrected|updated))|(?:this|the) (?:article|story|post|piece|page|statement|report|blog|headline|release|item|interview|column|letter|text)(?: above| below)? (?:was|has been|is) (?:further |since |later |last )*(?:amended|updated|corrected|edited|changed|revised|modified)\b)`)
	oneNote     = form(`(?i)^(?:edit|correct|clarif|apology|note)`)
	originalWay = form(`(?i)^(?:(?:the |our )?(?:original|earlier|previous) (?:story|post|article|report|statement|version|text)(?: (?:follows|below|is below|continues|began|begins))?(?: (?:here|below))?|earlier|previously)\W*$`)
	// endsUpdate heads what follows an article and is not news of it.
	afterBody  = form(`(?i)^\W*(?:notes? (?:to|for) editors?|(?:press |media )?contacts?(?: (?:details|information))?\W*$|for (?:more|further) information|media enquiries|about (?:the author|us|\p{L}.{1,60}$)|ends\W*$)`)
	endsUpdate = form(`(?i)^\W*(?:notes? (?:to|for) editors?|(?:press |media )?contacts?(?: (?:details|information))?|for (?:more|further) information|media enquiries|about (?:the author|us|\p{L}.{1,60})|background|references|footnotes|sources|further reading|ends)\b`)
)

// An updating says how far the update reaches that was opened last.
type updating struct {
	segment int
	section bool // it stands under a heading of its own: every dated block begins another
}

// startsUpdate tells a note that was added later from a sentence that happens to begin with the word.
func (d *divider) startsUpdate(i int) bool {
	s := d.blocks[i].text
	if amendedForm().MatchString(s) {
		return !startsList(s)
	}
	head := updateForm().FindString(s)
	if head == "" {
		return false
	}
	rest := strings.TrimLeft(s[len(head):], " *_)]")
	if rest == "" {
		return i+1 < len(d.blocks) && (i <= d.prose || d.endsNear(i) || d.dateAhead(i))
	}
	if r := firstRune(rest); strings.ContainsRune(":,(", r) || strings.ContainsRune("–—-", r) {
		return strings.TrimFunc(rest, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) != ""
	}
	h := d.head(i, len(s)-len(rest)+40)
	h.Start = d.blocks[i].span.Start + len(s) - len(rest)
	for _, e := range date.Find(d.item.Text, h, "") {
		before := strings.TrimSpace(d.item.Text[h.Start:e.Span.Start])
		if e.Kind == date.Day && (before == "" || strings.EqualFold(before, "on") || strings.EqualFold(before, "added")) {
			after := strings.TrimSpace(d.item.Text[e.Span.End:d.blocks[i].span.End])
			return after == "" || strings.ContainsRune(":–—-.,)]*", firstRune(after)) || clockForm().MatchString(cutText(after, 12))
		}
	}
	return timedUpdate().MatchString(rest)
}

// timedUpdate follows "Updated": "at 14:05: The council …".
var timedUpdate = form(`(?i)^(?:at )?\d{1,2}(?:[:.]\d\d)?\s?(?:am|pm|[a-z]{3})?\s*[:–—-]\s*\S`)

func startsList(s string) bool { return strings.HasSuffix(s, ":") && len(s) < 60 }

func cutText(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// endsNear reports whether a block stands in the last third of the article, where updates are put.
func (d *divider) endsNear(i int) bool { return i*3 >= d.bodyEnd()*2 || d.bodyEnd()-i <= 4 }

// bodyEnd is where the article ends and notes for the press, a contact or a note on its author begin.
func (d *divider) bodyEnd() int {
	if d.noteEnd == 0 {
		d.noteEnd = d.end
		for i := d.prose; i < d.end; i++ {
			if s := d.blocks[i].text; len(s) < 120 && afterBody().MatchString(s) {
				d.noteEnd = i
				break
			}
		}
	}
	return d.noteEnd
}

func (d *divider) dateAhead(i int) bool { return d.leadingDate(i+1, 24) != "" }

func (d *divider) headingOnly(i int) bool {
	s := d.blocks[i].text
	rest := strings.Trim(s[len(updateForm().FindString(s)):], " :*_)].–—-")
	if rest == "" {
		return true
	}
	if endsSentence(s) && len(strings.Fields(rest)) > 4 {
		return false
	}
	_, ok := readStamp(rest)
	return ok
}

// update opens an update with block i, and says how far it reaches.
func (d *divider) update(i int) {
	s := d.blocks[i].text
	d.open = d.add(i, Segment{Type: graph.SegmentUpdate, Parent: -1, Date: d.updateDate(i)})
	d.updating = updating{segment: d.open}
	name, headed := updateForm().FindStringSubmatch(s), d.headingOnly(i)
	switch above := i <= d.prose; {
	case name != nil && headed:
		d.blocks[i].heading = true
		d.updating.section = true
		if d.lastOf = d.end; above && !d.originalAhead(i) {
			d.lastOf = i + 1 // a note above the text is one paragraph
		}
	case name != nil && above && d.originalAhead(i):
		d.lastOf = d.end
	case name == nil, oneNote().MatchString(name[1]), closesBracket(s), !d.endsNear(i):
		d.open = -1
	default:
		d.lastOf = d.end
	}
}

// closesBracket reports whether a note is enclosed as a whole.
func closesBracket(s string) bool {
	s = strings.TrimSpace(s)
	switch firstRune(s) {
	case '[', '(', '*', '_':
		return strings.ContainsRune("])*_", lastRune(s))
	}
	return false
}

// originalAhead reports whether a line further down says that the original text begins there.
func (d *divider) originalAhead(i int) bool {
	for j := i + 1; j < d.end && j < i+headBlocks; j++ {
		if s := d.blocks[j].text; len(s) < 80 && originalWay().MatchString(s) {
			return true
		}
	}
	return false
}

// leavesUpdate reports whether a block no longer belongs to the open update.
func (d *divider) leavesUpdate(i int) bool {
	s := d.blocks[i].text
	return i > d.lastOf || d.blocks[i].heading || len(s) < 120 && (endsUpdate().MatchString(s) || originalWay().MatchString(s)) || biography(s) != "" ||
		!d.updating.section && d.blocks[i].marker == "" && d.blocks[i].mark < 0 && looksHeading(s)
}

// updateDate finds the date that an update gives itself: in its first words, or
// at the start of the block under its heading.
func (d *divider) updateDate(i int) graph.Date {
	within := 60
	if amendedForm().MatchString(d.blocks[i].text) {
		within = 120
	}
	if at := d.leadingDate(i, within); at != "" {
		return at
	}
	if d.headingOnly(i) && i+1 < len(d.blocks) {
		return d.leadingDate(i+1, 40)
	}
	return ""
}

// leadingDate is the day that stands within the first bytes of a block. A day without its
// year is the first such day from the document's publication on.
func (d *divider) leadingDate(i, within int) graph.Date {
	if i >= len(d.blocks) {
		return ""
	}
	for _, e := range date.Find(d.item.Text, d.head(i, within), "") {
		if len(e.Date) == len("2006-01-02") {
			return e.Date
		}
		if e.Kind == date.Day && e.Relative {
			if at := d.firstSince(e.Span.Of(d.item.Text)); at != "" {
				return at
			}
		}
	}
	return ""
}

// firstSince is the first day of the name given ("5 May") that is not before publication; "" if
// the name needs more than a year to be a date, or publication is not known.
func (d *divider) firstSince(day string) graph.Date {
	published := d.published()
	if published == "" {
		return ""
	}
	for y := published.Start().Year(); y <= published.Start().Year()+1; y++ {
		if at := dayIn(day + " " + published.Start().AddDate(y-published.Start().Year(), 0, 0).Format("2006")); at != "" && !published.After(at) {
			return at
		}
	}
	return ""
}

func (d *divider) published() graph.Date {
	if d.item.Document.Published != "" {
		return d.item.Document.Published
	}
	return d.layout.Published
}

// dayIn is the first day that a text names; "" if none.
func dayIn(s string) graph.Date {
	for _, e := range date.Find(s, graph.Span{Start: 0, End: len(s)}, "") {
		if len(e.Date) == len("2006-01-02") {
			return e.Date
		}
	}
	return ""
}

func (d *divider) head(i, within int) graph.Span {
	s := d.blocks[i].span
	if s.Len() > within {
		s.End = s.Start + within
		for !utf8.RuneStart(d.item.Text[s.End]) {
			s.End--
		}
	}
	return s
}

func (d *divider) dateIn(s graph.Span) graph.Date {
	if s.Len() > 400 {
		return ""
	}
	return dayIn(s.Of(d.item.Text))
}
