package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"whence/graph"
)

var (
	signOff  = form(`(?i)^(?:all the best|best(?: wishes| regards)?|(?:kind(?:est)?|warm) regards|regards|yours(?: (?:sincerely|faithfully|truly|etc))?|sincerely|many thanks|thanks(?: again)?|cheers|love|x+)[,.!]?$`)
	nameLine = form(`^\p{Lu}[\p{L}'’.-]+(?: \p{Lu}[\p{L}'’.-]*){0,2}[.]?$`)
)

// byParagraph reads comments that nothing divides but paragraphs: each is taken for a
// comment, but for signatures and what plainly goes on.
func (t *thread) byParagraph(i int) {
	inBox := false
	for ; i < len(t.blocks); i++ {
		b := t.blocks[i]
		inBox = inBox && !isSentence(b.text) || t.furniture(i) && isBox(b.text)
		switch {
		case inBox, t.furniture(i) && !signOff().MatchString(b.text):
			t.setAside(i)
		case t.current >= 0 && signOff().MatchString(b.text):
			t.say(i)
			if i+1 < len(t.blocks) && nameLine().MatchString(t.blocks[i+1].text) && t.blocks[i+1].span.Len() <= maxHandle {
				i++
				t.say(i)
				t.sign(strings.TrimRight(t.blocks[i].text, "."))
			}
		case t.current >= 0 && goesOn(b):
			t.say(i)
		default:
			t.levels = nil
			t.openAt(i, 0, *t.start(0))
		}
	}
}

// sign names the author of the comment being read; the document's author, when the
// given name is that person's.
func (t *thread) sign(name string) {
	if a := t.layout.Author; a != "" && strings.HasPrefix(a+" ", name+" ") {
		name = a
	}
	t.layout.Segments[t.current].Author = name
	t.remember()
}

// goesOn reports whether a paragraph plainly belongs to the comment above it: it
// begins in lower case, or is a further link.
func goesOn(b block) bool {
	if unicode.IsLower(firstRune(b.text)) {
		return true
	}
	rest := strings.TrimSpace(urlForm().ReplaceAllString(b.text, ""))
	return rest != b.text && utf8.RuneCountInString(rest) <= 30
}

var (
	lettersHeader = form(`(?i)^(?:(?:your|readers['’]?|the) )?letters?(?: (?:page|to the editor|of the (?:day|week)))?(?:\s*[:–—|-].*)?$`)
	// signatureForm is a name with a place or a post after it.
	signatureForm = form(`^(` + fullName + `|Name (?:and address )?(?:supplied|withheld))(?:,? (?:MP|MSP|MS|OBE|MBE|CBE|PhD))?\s*(?:$|[,(–—-]\s*.{2,80}$)`)
)

// lettersFrom returns the index of the first letter of a page of letters to an editor, -1 for
// another text. Letters are signed below, two of them at least, under a heading that says so.
func (d *divider) lettersFrom() int {
	head := -1
	for i := 0; i < len(d.blocks) && i < 12; i++ {
		if d.commentMarks[i] >= 0 || isSentence(d.blocks[i].text) {
			break
		}
		if s := d.blocks[i].text; len(s) < 120 && lettersHeader().MatchString(strings.Trim(s, " *_#")) {
			head = i
		}
	}
	if head < 0 {
		return -1
	}
	signed := 0
	for i := head + 2; i < len(d.blocks); i++ {
		if d.signature(i) != "" {
			signed++
		}
	}
	if signed < 2 {
		return -1
	}
	for i := head + 1; i < len(d.blocks); i++ {
		if !d.furniture(i) && !d.isMetaLine(i) {
			return i
		}
	}
	return -1
}

// signature reads the line under a letter that names its writer; "" if it is none.
func (d *divider) signature(i int) string {
	b := d.blocks[i]
	if i == 0 || utf8.RuneCountInString(b.text) > 120 || endsSentence(b.text) || !endsSentence(d.blocks[i-1].text) && !signOff().MatchString(d.blocks[i-1].text) {
		return ""
	}
	m := signatureForm().FindStringSubmatch(strings.Trim(b.text, " *_"))
	if m == nil {
		return ""
	}
	return m[1]
}

// letters divides blocks between the writers of letters. The lines under a signature, such as a
// town, are the page's.
func (d *divider) letters(i int) {
	for i < len(d.blocks) {
		end := i
		for end < len(d.blocks) && d.signature(end) == "" {
			end++
		}
		if end == len(d.blocks) { // notes below the last letter
			for ; i < end; i++ {
				d.setAside(i)
			}
			return
		}
		author, open := d.signature(end), -1
		for ; i < end; i++ {
			b := &d.blocks[i]
			switch {
			case d.furniture(i):
				d.setAside(i)
			case open >= 0 && open == len(d.layout.Segments)-1:
				d.join(i, open)
			default:
				b.heading = looksHeading(b.text)
				open = d.add(i, Segment{Type: graph.SegmentComment, Author: author, Parent: -1})
			}
		}
		d.setAside(end)
		for i = end + 1; i < len(d.blocks) && d.blocks[i].marker == "" && !d.blocks[i].gap && utf8.RuneCountInString(d.blocks[i].text) <= 60 && !endsSentence(d.blocks[i].text); i++ {
			d.setAside(i)
		}
	}
}
