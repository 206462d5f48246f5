package segment

import (
	"strings"
	"unicode/utf8"

	"whence/graph"
	"whence/loader/source"
)

// A divider gives every block its segment.
type divider struct {
	item   source.Item
	blocks []block
	layout *Layout
	marked bool // blocks come from markup
	end    int  // of the article: the index of its readers' first block
	prose  int  // index of the first sentence
	roles  []role
	// open is the segment that the next block of the article joins, -1 for none.
	open     int
	openLang string // of its last paragraph; "" if that is too short to tell
	updating updating
	noteEnd  int // see bodyEnd
	lastOf   int // index of the last block that the open update can hold
	updated  bool
	// quoteOpen is the mark of the open block quote.
	quoteOpen                int
	commentMarks, quoteMarks []int // of each block: the innermost such mark, -1 for none
}

func (d *divider) run() {
	d.open = -1
	d.marked = hasMarks(d.blocks)
	d.commentMarks = d.enclosing(source.MarkComment)
	d.quoteMarks = d.enclosing(source.MarkBlockquote)
	for i := range d.blocks {
		b := &d.blocks[i]
		b.furniture = isFurniture(b.text)
		b.stamp, b.isStamp = readStamp(b.text)
	}
	if from := d.lettersFrom(); from >= 0 {
		d.end = from
		d.article(d.readHead(from))
		d.letters(from)
		return
	}
	d.end = d.commentsFrom()
	d.article(d.readHead(d.end))
	d.comments(d.end)
}

func (d *divider) furniture(i int) bool { return d.blocks[i].furniture }

func (d *divider) stamp(i int) (stamp, bool) { return d.blocks[i].stamp, d.blocks[i].isStamp }

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

// setAside makes a block furniture. What follows joins no segment before it, so that segments never interleave.
func (d *divider) setAside(i int) {
	d.add(i, Segment{Type: graph.SegmentFurniture, Parent: -1})
}

// article divides the blocks before the comments.
func (d *divider) article(title int) {
	inBox := false
	quoted := d.indentMeansQuote()
	for i := 0; i < d.end; i++ {
		b := &d.blocks[i]
		if b.mark >= 0 && d.markedSegment(i) {
			continue
		}
		if i == title {
			d.add(i, Segment{Type: graph.SegmentTitle, Parent: -1})
			d.open = -1
			continue
		}
		inBox = d.furniture(i) && isBox(b.text) || inBox && d.inBox(i)
		switch {
		case inBox, d.furniture(i), d.isMeta(i, title):
			d.setAside(i)
			if d.open >= 0 && d.layout.Segments[d.open].Type != graph.SegmentUpdate {
				d.open = -1
			}
		case d.startsUpdate(i):
			d.update(i)
		case strings.HasPrefix(b.text, ">") && b.mark < 0, quoted && b.indented && b.marker == "":
			d.extend(i, Segment{Type: graph.SegmentBlockquote, Parent: -1})
		default:
			if d.inUpdate() && d.leavesUpdate(i) {
				d.open = -1
			}
			if d.inUpdate() && d.updating.section && d.datedEntry(i) {
				continue
			}
			if !b.heading && b.mark < 0 {
				b.heading = looksHeading(b.text) && b.marker == "" || isRow(b.text)
			}
			d.extend(i, Segment{Type: graph.SegmentBody, Parent: -1})
		}
	}
	d.author(d.end)
}

func (d *divider) inUpdate() bool {
	return d.open >= 0 && d.layout.Segments[d.open].Type == graph.SegmentUpdate
}

// datedEntry begins another update with a block that opens with another date, under one heading.
func (d *divider) datedEntry(i int) bool {
	at := d.leadingDate(i, 24)
	if at == "" || at == d.layout.Segments[d.open].Date {
		return false
	}
	d.open = d.add(i, Segment{Type: graph.SegmentUpdate, Parent: -1, Date: at})
	d.updating.segment = d.open
	return true
}

// extend joins a block to the open segment of the same type and language, or opens one. An
// update stays open over what is set aside.
func (d *divider) extend(i int, s Segment) {
	lang := ""
	if d.blocks[i].span.Len() >= 40 && !d.blocks[i].heading {
		if code, sure := source.Language(cutText(d.blocks[i].text, 600)); sure {
			lang = code
		}
	}
	same := lang == "" || d.openLang == "" || lang == d.openLang
	if d.open >= 0 {
		o := d.layout.Segments[d.open]
		if kept := o.Type == s.Type || o.Type == graph.SegmentUpdate && s.Type == graph.SegmentBody; kept {
			if same && d.open == len(d.layout.Segments)-1 {
				d.join(i, d.open)
				if lang != "" {
					d.openLang = lang
				}
				return
			}
			if o.Type == graph.SegmentUpdate {
				s = o
			}
		}
	}
	d.open, d.openLang = d.add(i, s), lang
}

// inBox reports whether a block goes on the list of other pages above it.
func (d *divider) inBox(i int) bool {
	b := d.blocks[i]
	if d.furniture(i) {
		return true
	}
	if endsSentence(b.text) && !strings.HasSuffix(b.text, "?") || utf8.RuneCountInString(b.text) > maxHeadline || b.heading {
		return false
	}
	if d.blocks[i-1].marker != "" && b.marker == "" {
		return false
	}
	// A line right above running text is that text's heading, once the list has begun.
	return b.marker != "" || isBox(d.blocks[i-1].text) || i+1 >= d.end || d.furniture(i+1) || !isSentence(d.blocks[i+1].text)
}

// isMeta reports whether a block is a byline or dateline, or stands above the headline.
func (d *divider) isMeta(i, title int) bool {
	if i < len(d.roles) {
		return d.roles[i] == roleMeta || d.roles[i] == roleMenu || i < title
	}
	if i <= min(d.prose, headBlocks)+3 && d.blocks[i].mark < 0 && d.isMetaLine(i) && d.blocks[i].marker == "" {
		d.readMeta(i)
		return true
	}
	s := d.blocks[i].text
	if utf8.RuneCountInString(s) > maxStamp {
		return false
	}
	if st, ok := d.stamp(i); ok && (posted().MatchString(s) || st.author != "" || st.at == "" && st.age == "" && strings.Contains(s, " ")) {
		d.readMeta(i)
		return true
	}
	return false
}

// isRow reports whether a line is a row of a table, which has cells and no sentence.
func isRow(s string) bool {
	return !endsSentence(s) && (strings.Count(s, "\t") >= 2 || strings.Count(s, " | ") >= 2 || len(cellGap().FindAllString(cutText(s, 400), 3)) >= 2)
}

var cellGap = form(`\S\s{3,}\S`)

// indentMeansQuote reports whether a text sets quotations in: most of it stands at the left.
func (d *divider) indentMeansQuote() bool {
	in, all := 0, 0
	for _, b := range d.blocks[:d.end] {
		if b.mark < 0 && isSentence(b.text) {
			all++
			if b.indented {
				in++
			}
		}
	}
	return in > 0 && in*5 <= all*2
}

var bioForm = form(`^(?:(?:The )?(?:author|writer),? )?(` + fullName + `)(?: (?:MP|MSP|MS|OBE|MBE|CBE|PhD))?(?:,? (?:\(@\w+\) )?)(?: ?)(?:is|was|works|writes|has been|teaches|blogs|edits|lives|reports|covers) (?:an? |the |currently |also |as |at |for |about |on |in )`)

// author looks for a note on the author at the end of the article.
func (d *divider) author(end int) {
	if d.layout.Author != "" {
		return
	}
	for i := end - 1; i >= 1 && i >= end-12; i-- {
		s := d.blocks[i].text
		if utf8.RuneCountInString(s) > 700 {
			continue
		}
		under := aboutAuthor().MatchString(strings.Trim(d.blocks[i-1].text, " *_#:"))
		if name := biography(s); name != "" && (under || i >= end-3 && i*10 >= end*6) {
			d.layout.Author = name
			return
		}
		if under && personForm().MatchString(s) {
			d.layout.Author = s
			return
		}
	}
}

// biography reads a note on a person ("Jane Smith is a lecturer at …") and returns whom it is
// about; "" if it is about a body or is no such note.
func biography(s string) string {
	m := bioForm().FindStringSubmatchIndex(cutText(s, 300))
	if m == nil {
		return ""
	}
	name := s[m[2]:m[3]]
	if strings.HasPrefix(name, "The ") || bodyNoun().MatchString(name) {
		return ""
	}
	head := "" // "a registered [charity] that …"
	for _, w := range strings.Fields(cutText(s[m[1]:], 80)) {
		if phraseEnd().MatchString(w) {
			break
		}
		head = strings.TrimRight(w, ",.;:")
		if head != w {
			break
		}
	}
	if noPersonNoun().MatchString(head) {
		return ""
	}
	return name
}

var (
	phraseEnd    = form(`^(?i:at|of|for|in|with|from|who|that|which|and|based|working|on|to|\p{P}+)$`)
	noPersonNoun = form(`^(?i:charity|charities|organi[sz]ation|company|firm|network|alliance|coalition|body|trust|foundation|group|tank|union|association|society|magazine|newspaper|website|site|programme|project|campaign|service|provider|town|village|city|district|parish|area|enterprise|publisher|agency|school|college|university|hospital|business|not-for-profit|non-profit|movement|community|condition|scheme|plan|law|act)$`)
)

var aboutAuthor = form(`(?i)^(?:about (?:the )?(?:author|writer|me)|the author|author)$`)

func hasMarks(blocks []block) bool {
	for _, b := range blocks {
		if b.mark >= 0 {
			return true
		}
	}
	return false
}
