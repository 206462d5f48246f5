package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"whence/graph"
	"whence/loader/extract/date"
	"whence/loader/source"
)

// A divider gives every block its segment.
type divider struct {
	item   source.Item
	blocks []block
	layout *Layout
	// open is the segment that the next block of the article joins, -1 for none.
	open int
	// quoteOpen is the mark of the open block quote.
	quoteOpen                int
	commentMarks, quoteMarks []int // indexes into item.Marks, in order of start
}

func (d *divider) run() {
	d.open = -1
	d.markup()
	end := d.commentsFrom()
	d.article(end)
	d.comments(end)
}

// add starts a segment with a block.
func (d *divider) add(i int, s Segment) int {
	s.Span = d.blocks[i].span
	d.layout.Segments = append(d.layout.Segments, s)
	d.blocks[i].segment = len(d.layout.Segments) - 1
	return d.blocks[i].segment
}

// join puts a block at the end of a segment, which must be the last one.
func (d *divider) join(i, segment int) {
	d.layout.Segments[segment].Span.End = d.blocks[i].span.End
	d.blocks[i].segment = segment
}

// article divides the blocks before the comments.
func (d *divider) article(end int) {
	title := d.title(end)
	for i := 0; i < end; i++ {
		b := &d.blocks[i]
		if b.mark >= 0 && d.markedSegment(i) {
			continue
		}
		switch {
		case i == title:
			d.add(i, Segment{Type: graph.SegmentTitle, Parent: -1})
			d.open = -1
		case i < title, isFurniture(b.text), d.isMeta(i):
			d.add(i, Segment{Type: graph.SegmentFurniture, Parent: -1})
			d.open = -1
		case strings.HasPrefix(b.text, ">") && b.mark < 0:
			d.extend(i, Segment{Type: graph.SegmentBlockquote, Parent: -1})
		case updateForm.MatchString(b.text) && d.startsUpdate(i):
			d.open = d.add(i, Segment{Type: graph.SegmentUpdate, Parent: -1, Date: d.updateDate(i)})
			if i*2 < end && !d.headingOnly(i) { // a note near the top is one paragraph
				d.open = -1
			}
		default:
			if !b.heading && b.mark < 0 {
				b.heading = looksHeading(b.text) && b.marker == ""
			}
			d.extend(i, Segment{Type: graph.SegmentBody, Parent: -1})
		}
	}
	d.author(end)
}

// extend joins a block to the open segment of the same type, or opens one. An
// update stays open to the end of the article.
func (d *divider) extend(i int, s Segment) {
	if d.open >= 0 {
		if t := d.layout.Segments[d.open].Type; d.open == len(d.layout.Segments)-1 && (t == s.Type || (t == graph.SegmentUpdate && s.Type == graph.SegmentBody)) {
			d.join(i, d.open)
			return
		}
		if d.layout.Segments[d.open].Type == graph.SegmentUpdate && s.Type == graph.SegmentBody {
			u := d.layout.Segments[d.open]
			u.Span = graph.Span{}
			d.open = d.add(i, u)
			return
		}
	}
	d.open = d.add(i, s)
}

// title returns the index of the headline's block, -1 if the text has none.
func (d *divider) title(end int) int {
	for i := 0; i < end && i < 12; i++ {
		if m := d.blocks[i].mark; m >= 0 && d.item.Marks[m].Kind == source.MarkTitle {
			return i
		}
	}
	if len(d.item.Marks) > 0 && hasBlocks(d.blocks) {
		return -1
	}
	last := -1
	for i := 0; i < end && i < 12; i++ {
		b := d.blocks[i]
		if isFurniture(b.text) || d.isMeta(i) {
			continue
		}
		if !headline(b.text) || b.marker != "" {
			break
		}
		if last >= 0 {
			if !siteName(d.blocks[last].text) || utf8.RuneCountInString(b.text) < utf8.RuneCountInString(d.blocks[last].text) {
				break
			}
			d.layout.SiteName = d.blocks[last].text
		}
		last = i
		if !siteName(b.text) {
			break
		}
	}
	if last < 0 || last+1 >= len(d.blocks) {
		return -1 // a lone line is the text itself
	}
	d.layout.Title = d.blocks[last].text
	return last
}

func hasBlocks(blocks []block) bool {
	for _, b := range blocks {
		if b.mark >= 0 {
			return true
		}
	}
	return false
}

// headline reports whether a line can be the title of a plain text: one short
// line that does not end as a sentence does, but for a quotation at its end.
func headline(s string) bool {
	n := utf8.RuneCountInString(s)
	if n < 3 || n > 160 || len(strings.Fields(s)) > 25 {
		return false
	}
	r := lastRune(s)
	if strings.ContainsRune("“\"‘", firstRune(s)) && endsSentence(s) {
		return false // a quotation that stands alone
	}
	if strings.ContainsRune("”\"’'", r) || r == '?' || r == '!' {
		return n <= 140 && !strings.Contains(strings.TrimRight(s, "”\"’'.?!"), ". ")
	}
	return !strings.ContainsRune(".,;:", r)
}

// siteName reports whether a line reads as the name of a body: up to eight words, all
// capitalised but the small ones.
func siteName(s string) bool {
	words := strings.Fields(s)
	if len(words) == 0 || len(words) > 8 {
		return false
	}
	for _, w := range words {
		switch w {
		case "of", "for", "the", "and", "in", "on", "&", "at", "to", "|", "-", "–":
			continue
		}
		if !unicode.IsUpper(firstRune(w)) {
			return false
		}
	}
	return true
}

// isMeta takes in a byline or dateline near the top, and says that the block is one.
func (d *divider) isMeta(i int) bool {
	if i > 10 {
		return false
	}
	s := d.blocks[i].text
	if m := datelineForm.FindStringSubmatch(s); m != nil {
		if at := d.dateIn(d.blocks[i].span); at != "" {
			if d.layout.Published == "" {
				d.layout.Published = at
			}
			return true
		}
	}
	if m := bylineForm.FindStringSubmatch(s); m != nil && utf8.RuneCountInString(s) <= 120 {
		if d.layout.Author == "" {
			d.layout.Author = strings.TrimRight(m[1], ".")
		}
		if at := d.dateIn(d.blocks[i].span); at != "" && d.layout.Published == "" {
			d.layout.Published = at
		}
		return true
	}
	return false
}

// startsUpdate tells a note that was added later from a sentence that happens to begin with the word.
func (d *divider) startsUpdate(i int) bool {
	s := d.blocks[i].text
	rest := strings.TrimLeft(s[len(updateForm.FindString(s)):], " *_)]")
	if rest == "" {
		return i+1 < len(d.blocks)
	}
	if strings.ContainsRune(":–—-(,", firstRune(rest)) {
		return true
	}
	at := d.dateIn(d.blocks[i].span)
	return at != "" && unicode.IsDigit(firstRune(rest)) || strings.HasPrefix(strings.ToLower(rest), "on ")
}

func (d *divider) headingOnly(i int) bool {
	s := d.blocks[i].text
	return strings.Trim(s[len(updateForm.FindString(s)):], " :*_)].–—-") == ""
}

// updateDate finds the date that an update gives itself: in its first words, or
// at the start of the block under its heading.
func (d *divider) updateDate(i int) graph.Date {
	if at := d.leadingDate(i, 60); at != "" {
		return at
	}
	if d.headingOnly(i) && i+1 < len(d.blocks) {
		return d.leadingDate(i+1, 40)
	}
	return ""
}

// leadingDate is the date that stands within the first characters of a block.
func (d *divider) leadingDate(i, within int) graph.Date {
	for _, e := range date.Find(d.item.Text, d.head(i, within), "") {
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
	for _, e := range date.Find(d.item.Text, s, "") {
		if len(e.Date) == len("2006-01-02") {
			return e.Date
		}
	}
	return ""
}

// author looks for a note on the author at the end of the article.
func (d *divider) author(end int) {
	if d.layout.Author != "" {
		return
	}
	for i := end - 1; i >= 0 && i >= end-3; i-- {
		if m := bioForm.FindStringSubmatch(d.blocks[i].text); m != nil && i*10 >= end*6 && i > 0 {
			d.layout.Author = m[1]
			return
		}
	}
}

// commentsFrom returns the index of the first block that belongs to the readers,
// len(blocks) when none does.
func (d *divider) commentsFrom() int {
	long := false
	for i, b := range d.blocks {
		if b.mark >= 0 && d.comment(b) >= 0 {
			return i
		}
		if long && b.mark < 0 || long && b.heading {
			if m := thoughtsHeader.FindStringSubmatch(b.text); m != nil && utf8.RuneCountInString(b.text) < 240 {
				return i
			}
			if utf8.RuneCountInString(b.text) <= 60 && commentsHeader.MatchString(strings.Trim(b.text, " *_#")) {
				return i
			}
		}
		if utf8.RuneCountInString(b.text) > 120 {
			long = true
		}
	}
	if len(d.item.Marks) > 0 && hasBlocks(d.blocks) {
		return len(d.blocks)
	}
	// A note on the author ends an article; what follows it and talks back is its readers'.
	for i := len(d.blocks) / 3; i < len(d.blocks)-2; i++ {
		if bioForm.MatchString(d.blocks[i].text) && !strings.ContainsAny(d.blocks[i].text, "“\"") && d.talksBack(i+1) {
			return i + 1
		}
	}
	return len(d.blocks)
}

// talksBack reports whether at least half of the blocks from i read as conversation.
func (d *divider) talksBack(i int) bool {
	talk, all := 0, 0
	for _, b := range d.blocks[i:] {
		if b.heading || isFurniture(b.text) {
			continue
		}
		all++
		if len(talkForm.FindAllString(b.text, 3)) >= 2 || urlForm.MatchString(b.text) || strings.Contains(b.text, "!") {
			talk++
		}
	}
	return all >= 2 && talk*2 >= all
}
