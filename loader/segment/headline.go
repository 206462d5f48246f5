package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"whence/graph"
	"whence/loader/source"
)

// headBlocks bounds how many blocks may stand above the first sentence of an article.
const headBlocks = 60

// A role is what a block above or between the text is, by its own words.
type role int

const (
	roleText   role = iota
	roleMeta        // byline or dateline
	roleMenu        // one of a run of very short lines, or a trail of breadcrumbs
	rolePhrase      // a stock phrase
)

// readHead gives every block up to the first sentence its role, and finds the headline.
// It returns the headline's index, -1 if the text has none.
func (d *divider) readHead(end int) int {
	d.prose = end
	first := true
	for i := 0; i < end; i++ {
		b := d.blocks[i]
		if d.furniture(i) {
			continue
		}
		if isSentence(b.text) && !(first && headline(b.text)) && !d.isMetaLine(i) { // a headline may end with a quoted sentence
			d.prose = i
			break
		}
		first = first && i < headBlocks && d.isMetaLine(i)
	}
	head := min(d.prose, headBlocks)
	d.roles = make([]role, head)
	for i := range d.roles {
		switch {
		case d.furniture(i):
			d.roles[i] = rolePhrase
		case d.isMetaLine(i):
			d.roles[i] = roleMeta
		case isTrail(d.blocks[i].text), d.inMenu(i, head):
			d.roles[i] = roleMenu
		}
	}
	title := d.headlineAmong(head)
	for i := range d.roles {
		if d.roles[i] == roleMeta {
			d.readMeta(i)
		}
	}
	d.bareByline(title, head)
	return title
}

// headlineAmong chooses the headline among the first blocks.
func (d *divider) headlineAmong(head int) int {
	for i := 0; i < len(d.blocks) && i < headBlocks; i++ {
		if m := d.blocks[i].mark; m >= 0 && d.item.Marks[m].Kind == source.MarkTitle {
			return i
		}
	}
	if d.marked {
		return -1
	}
	best := -1
	for i := 0; i < head; i++ {
		b := d.blocks[i]
		if d.roles[i] == roleMeta && best >= 0 {
			break // a date or byline stands under its headline
		}
		if d.roles[i] != roleText {
			continue
		}
		if b.marker != "" || !headline(b.text) {
			if best < 0 {
				continue
			}
			break
		}
		if best >= 0 {
			if len(strings.Fields(b.text)) <= 2 {
				continue // of a menu
			}
			if len(strings.Fields(b.text)) < len(strings.Fields(d.blocks[best].text)) {
				break
			}
			d.layout.SiteName = d.blocks[best].text
		}
		if best = i; !siteName(b.text) {
			break
		}
	}
	if best < 0 || best+1 >= len(d.blocks) {
		d.layout.SiteName = ""
		return -1 // a lone line is the text itself
	}
	d.layout.Title = d.blocks[best].text
	return best
}

// isSentence reports whether a block is running text.
func isSentence(s string) bool {
	n := utf8.RuneCountInString(s)
	return n > maxHeadline || endsSentence(s) && n >= 60 && len(strings.Fields(s)) >= 9 && !strings.HasSuffix(s, "?") && !strings.HasSuffix(s, "!") ||
		endsSentence(s) && strings.HasSuffix(s, ".") && len(strings.Fields(s)) >= 5
}

const maxHeadline = 160

// headline reports whether a line can be the title of a plain text: one short
// line that does not end as a sentence does, but for a quotation at its end.
func headline(s string) bool {
	n := utf8.RuneCountInString(s)
	if n < 3 || n > maxHeadline || len(strings.Fields(s)) > 25 {
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

// bodyNoun ends or begins the name of what runs a website.
var bodyNoun = form(`(?i)\b(?:council|news|times|trust|charity|association|society|blog|foundation|university|college|department|ministry|nhs|journal|gazette|herald|post|mail|guardian|chronicle|express|echo|mercury|observer|telegraph|standard|argus|network|institute|committee|parliament|hansard|office|agency|alliance|federation|union|group|centre|center|coalition|commission|authority|party|press|media|review|magazine|today|online|watch|voice|campaign|partnership|board|service|services|hospital|school|academy|church|forum|project|fund|unit|weekly|daily|live|reporter|advertiser|independent|ltd|plc|uk|gov|england|scotland|wales)\b|^[\w.-]+\.(?:com|org|net|uk|co|info)\b`)

// siteName reports whether a line reads as the name of a body or its site: up to eight
// words, all capitalised but the small ones, with a word for a body when there are more than three.
func siteName(s string) bool {
	words := strings.Fields(s)
	if len(words) == 0 || len(words) > 8 || strings.ContainsAny(s, "?!:") {
		return false
	}
	for _, w := range words {
		switch w {
		case "of", "for", "the", "and", "in", "on", "&", "at", "to", "|", "-", "–":
			continue
		}
		if !unicode.IsUpper(firstRune(w)) && len(words) > 1 {
			return false
		}
	}
	return len(words) <= 3 || bodyNoun().MatchString(s)
}

// inMenu reports whether a block stands in a run of at least three very short lines that are
// set alike: all with a blank line between, or all without.
func (d *divider) inMenu(i, head int) bool {
	short := func(j int) bool {
		if j < 0 || j >= head {
			return false
		}
		s := d.blocks[j].text
		return d.blocks[j].mark < 0 && len(strings.Fields(s)) <= 3 && utf8.RuneCountInString(s) <= 28 && !endsSentence(s) && !d.isMetaLine(j)
	}
	if !short(i) {
		return false
	}
	for _, gap := range []bool{false, true} {
		n := 1
		for j := i; n < 3 && short(j-1) && d.blocks[j].gap == gap; j-- {
			n++
		}
		for j := i + 1; n < 3 && short(j) && d.blocks[j].gap == gap; j++ {
			n++
		}
		if n >= 3 {
			return true
		}
	}
	return false
}

var trailForm = form(`\s(?:>|»|›|/|\||→|::|·|•)\s`)

// isTrail reports whether a line is a menu or a trail of breadcrumbs on one line.
func isTrail(s string) bool {
	if utf8.RuneCountInString(s) > 200 || endsSentence(s) {
		return false
	}
	parts := trailForm().Split(s, -1)
	if len(parts) < 2 || len(parts) == 2 && !strings.EqualFold(strings.TrimSpace(parts[0]), "home") {
		return false
	}
	for _, p := range parts[:len(parts)-1] {
		if len(strings.Fields(p)) > 6 {
			return false
		}
	}
	return true
}

// isMetaLine reports whether a block is a byline or dateline.
func (d *divider) isMetaLine(i int) bool {
	s := d.blocks[i].text
	if utf8.RuneCountInString(s) > maxStamp {
		return false
	}
	if _, ok := d.stamp(i); ok {
		return true
	}
	if _, ok := readByline(s); ok {
		return true
	}
	_, _, ok := d.bylineStamp(s)
	return ok
}

// readMeta takes in what a byline or dateline says.
func (d *divider) readMeta(i int) {
	s := d.blocks[i].text
	author, st, ok := d.bylineStamp(s)
	if !ok {
		var isStamp bool
		if st, isStamp = d.stamp(i); isStamp {
			author = st.author
		} else {
			author, _ = readByline(s)
			st = stamp{at: d.dateIn(d.blocks[i].span)}
		}
	}
	if author != "" && !noPerson().MatchString(author) && strings.Contains(author, " ") && d.layout.Author == "" {
		d.layout.Author = author
	}
	if st.at != "" && (d.layout.Published == "" || d.updated && !st.updated) {
		d.layout.Published, d.updated = st.at, st.updated
	}
}

var metaParts = form(`\s*[|·•–—]\s*|,\s+|\s+-\s+|\s{2,}`)

// bylineStamp reads a line that holds a byline and a date, divided by bars or commas, beside
// short parts such as the section: "By Jane Smith | 3 May 2023 | Health | 2 comments".
func (d *divider) bylineStamp(s string) (author string, st stamp, ok bool) {
	parts := metaParts().Split(s, -1)
	if len(parts) < 2 || len(parts) > 8 || endsSentence(s) && !strings.HasSuffix(s, ".") {
		return "", st, false
	}
	dated, named, other := false, false, 0
	for _, p := range parts {
		if t, is := readStamp(p); is {
			if dated = true; t.at != "" && st.at == "" {
				st = t
			}
		} else if a, is := readByline(p); is {
			if named = true; author == "" {
				author = a
			}
		} else if other++; len(strings.Fields(p)) > 6 {
			return "", stamp{}, false
		} else if personForm().MatchString(p) && author == "" {
			author = p
		}
	}
	if st.at == "" { // the parts of "May 3, 2023" stand apart
		if t := d.wholeDate(s); t != "" {
			st.at, dated = t, true
		}
	}
	if named && (dated || other <= 1) {
		return author, st, true
	}
	return author, st, dated && author != "" && other == 1
}

// wholeDate is the day that a line names; "" if none.
func (d *divider) wholeDate(s string) graph.Date {
	if len(s) > 4*maxStamp {
		return ""
	}
	return dayIn(s)
}

var personForm = form(`^` + fullName + `$`)

// bareByline finds a name that stands alone under the headline, beside a dateline.
func (d *divider) bareByline(title, head int) {
	if d.layout.Author != "" {
		return
	}
	meta := func(i int) bool { return i >= 0 && i < head && d.roles[i] == roleMeta }
	for i := title + 1; i < head; i++ {
		b := d.blocks[i]
		if d.roles[i] == roleText && b.mark < 0 && personForm().MatchString(b.text) && !bodyNoun().MatchString(b.text) && len(strings.Fields(b.text)) <= 4 && (meta(i+1) || meta(i-1)) {
			d.layout.Author = b.text
			d.roles[i] = roleMeta
			return
		}
	}
}
