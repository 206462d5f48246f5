package segment

import (
	"strings"
	"unicode/utf8"
)

// What heads the comments of readers. A counted heading says so by itself; a bare word such as
// "Responses" may as well head a part of a report, and needs comments below it.
var (
	commentsHeader = form(`(?i)^(?:(?:\d[\d,]*|one|two|three|four|five|six|seven|eight|nine|ten|no)\s+)?(?:(?:reader|user|your|latest|recent|all|top|public|facebook|disqus|archived|previous)s?['’]?\s+)?(?:comments?|responses|replies|feedback|discussion)(?:\s*(?:section|so far|on this (?:article|post|story)|\(\d[\d,]*\)|\[\d+\]|:|[-–—|·•]|\d[\d,]*))*$|^(?:what (?:our )?readers (?:say|think|are saying)|(?:from )?readers['’]? (?:views|letters|comments)|have your say|join the (?:conversation|discussion|debate)|your (?:views|thoughts|say)|add your comment|comments from (?:our )?readers)\s*:?$`)
	weakHeader     = form(`(?i)^(?:responses|replies|feedback|discussion)\W*$`)
	counted        = form(`(?i)^(?:\d|one\b|two\b|three\b|four\b|five\b|six\b|seven\b|eight\b|nine\b|ten\b).*|.*(?:\(\d[\d,]*\)|\[\d+\]|\s\d+)$`)
	thoughtsHeader = form(`(?i)^(?:\d[\d,]*|one|two|three|four|five|six|seven|eight|nine|ten)\s+(?:thoughts?|responses?|repl(?:y|ies)|comments?)\s+(?:on|to|for|about)\s+[“"‘'«:]?(.*)$`)
	urlForm        = form(`https?://\S+|www\.\S+`)
	talkForm       = form(`(?i)\b(?:I|I['’]m|I['’]ve|I['’]d|I['’]ll|my|me|you|your|you['’]re|thanks?|thank you|agree|disagree|dear|please|wow|lol|surely)\b`)
	// greetsForm is how readers begin who speak to the author of an article.
	greetsForm = form(`(?i)^(?:(?:a |an |what a |another |really |very |such a |this is a(?:n)? )*(?:great|excellent|brilliant|superb|wonderful|fantastic|good|interesting|thoughtful|informative|fascinating|lovely|powerful|important|nice|well[- ]written)(?:,? \w+){0,2} (?:article|post|piece|blog|read|analysis|summary|write[- ]?up|information|stuff)\b|(?:many )?(?:thanks|thank you)(?: (?:so|very) much)?(?:,? \p{Lu}\w+,?)? (?:for (?:this|the|your|posting|sharing|writing|highlighting|publishing|raising)\b|[-–—!.,])|well said\b|spot on\b)`)
)

const (
	maxHeader = 240 // characters of a heading that repeats the title
	longText  = 120 // characters of sentences that can only be the article's
)

func isCommentsHeader(s string) bool {
	s = strings.Trim(s, " *_#")
	return utf8.RuneCountInString(s) <= 60 && commentsHeader().MatchString(s) || isThoughtsHeader(s)
}

func isThoughtsHeader(s string) bool {
	return len(s) < 4*maxHeader && utf8.RuneCountInString(s) < maxHeader && thoughtsHeader().MatchString(s) && !(endsSentence(s) && len(strings.Fields(s)) > 12 && !strings.ContainsAny(s, "“\"‘«"))
}

// commentsFrom returns the index of the first block that belongs to the readers,
// len(blocks) when none does.
func (d *divider) commentsFrom() int {
	e := d.evidence()
	long, size, text := false, 0, 0
	for i, b := range d.blocks {
		if d.commentMarks[i] >= 0 {
			return i
		}
		if long && (b.mark < 0 || b.heading) && isCommentsHeader(b.text) && d.headsComments(i, size, e) {
			return i
		}
		if long && d.threadStarts(i, e) {
			return i
		}
		if isSentence(b.text) {
			text += utf8.RuneCountInString(b.text)
		}
		long = text > longText
		size += b.span.Len()
	}
	if d.marked {
		return len(d.blocks)
	}
	// A note on the author ends an article; what follows it and talks back is its readers'.
	for i := len(d.blocks) / 3; i < len(d.blocks)-2; i++ {
		s := d.blocks[i].text
		if biography(s) != "" && !strings.ContainsAny(s, "“\"") && e.talksBack(i+1, 2) && !isQuestion(d.blocks[i+1].text) {
			return i + 1
		}
	}
	// So is what begins by speaking to the author, when the rest goes on so.
	for i := len(d.blocks) / 3; i < len(d.blocks); i++ {
		if long && i > 2 && greetsForm().MatchString(cutText(d.blocks[i].text, 120)) && e.talksBack(i, 2) {
			return i
		}
	}
	return len(d.blocks)
}

// isQuestion reports whether a line is an interviewer's.
func isQuestion(s string) bool { return strings.HasPrefix(s, "Q:") || strings.HasPrefix(s, "Q.") }

// headsComments tells a heading over comments from a link to them above the article, and
// from a heading inside it.
func (d *divider) headsComments(i, size int, e *evidence) bool {
	s := strings.Trim(d.blocks[i].text, " *_#")
	shown := e.openings[i+1] > 0 || e.controls[i+1] > 0 || e.talksBack(i+1, 1)
	if size*4 < d.allBytes() && e.openings[i+1] == 0 && e.controls[i+1] == 0 && !e.talksBack(i+1, 3) {
		return false
	}
	for j := i + 1; j < len(d.blocks) && j <= i+2; j++ { // a form, or a notice that comments are closed
		if d.furniture(j) && strings.Contains(strings.ToLower(d.blocks[j].text), "comment") {
			shown = true
		}
	}
	if weakHeader().MatchString(s) {
		return e.openings[i+1] > 1 || e.controls[i+1] > 0
	}
	return shown || counted().MatchString(s) || isThoughtsHeader(s) || e.text[i+1] == 0
}

func (d *divider) allBytes() int {
	n := len(d.blocks)
	if n == 0 {
		return 0
	}
	return d.blocks[n-1].span.End - d.blocks[0].span.Start
}

// threadStarts reports whether comments begin at a block with no heading over them: it opens a
// comment with its author and date, and more such follow with the buttons of comments, or "says:".
func (d *divider) threadStarts(i int, e *evidence) bool {
	if e.openings[i] == e.openings[i+1] {
		return false
	}
	o, ok := d.opening(i)
	if !ok || !(o.at != "" || o.age != "") || i+o.blocks >= len(d.blocks) {
		return false
	}
	return o.says && e.openings[i] >= 1 || e.openings[i] >= 2 && e.controls[i] >= 2
}

// evidence counts, from each block to the end, what shows that readers are speaking.
type evidence struct {
	blocks             []block
	openings, controls []int // lines that name a comment's author and date; rows of buttons
	text               []int // blocks that say something
	talk               []int // of these, those that read as conversation; counted when first asked
}

func (d *divider) evidence() *evidence {
	n := len(d.blocks) + 2
	e := &evidence{blocks: d.blocks, openings: make([]int, n), controls: make([]int, n), text: make([]int, n)}
	for i := len(d.blocks) - 1; i >= 0; i-- {
		e.openings[i], e.controls[i], e.text[i] = e.openings[i+1], e.controls[i+1], e.text[i+1]
		b := d.blocks[i]
		if o, ok := d.opening(i); ok && (o.at != "" || o.age != "" || o.says) {
			e.openings[i]++
			continue
		}
		if st, ok := d.stamp(i); ok && st.age != "" {
			e.openings[i]++
			continue
		}
		if d.furniture(i) {
			if isControl(b.text) && !strings.Contains(strings.ToLower(b.text), "share") || strings.Contains(strings.ToLower(b.text), "reply") {
				e.controls[i]++
			}
			continue
		}
		if !b.heading && !looksHeading(b.text) {
			e.text[i]++
		}
	}
	return e
}

// talksBack reports whether at least half of the blocks from i read as conversation, and at
// least so many.
func (e *evidence) talksBack(i, least int) bool {
	if e.talk == nil {
		e.talk = make([]int, len(e.text))
		for k := len(e.blocks) - 1; k >= 0; k-- {
			e.talk[k] = e.talk[k+1]
			if e.text[k] > e.text[k+1] && isTalk(e.blocks[k].text) {
				e.talk[k]++
			}
		}
	}
	return e.text[i] >= least && e.talk[i] >= 1 && e.talk[i]*2 >= e.text[i]
}

// isTalk reports whether a block reads as conversation.
func isTalk(s string) bool {
	s = cutText(s, 4000)
	return strings.Contains(s, "!") || len(talkForm().FindAllString(s, 2)) >= 2 || urlForm().MatchString(s)
}

// comments divides the blocks from i on among their readers, by the first of these that
// the page shows: markup, markers of a list or lines that name an author or an age, or paragraphs.
func (d *divider) comments(i int) {
	for ; i < len(d.blocks); i++ {
		if d.commentMarks[i] >= 0 || !(isCommentsHeader(d.blocks[i].text) || d.furniture(i)) {
			break
		}
		if _, ok := d.opening(i); ok && !d.furniture(i) {
			break
		}
		d.setAside(i)
	}
	if i >= len(d.blocks) {
		return
	}
	t := thread{divider: d, current: -1, named: map[string]int{}}
	switch {
	case d.commentMarks[i] >= 0:
		t.byMarkup(i)
	case d.blocks[i].marker != "" || t.openings(i):
		t.read(i)
	default:
		t.byParagraph(i)
	}
}
