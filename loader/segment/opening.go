package segment

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"whence/graph"
	"whence/loader/extract/date"
)

// An opening is what stands over a comment: who wrote it and when.
type opening struct {
	author, age, to string
	at              graph.Date
	says            bool // "Jane Smith says:", "Anonymous said..."
	blocks          int  // how many blocks it takes
}

var (
	saysForm = form(`^(.{1,60}?)[\s,]+(?i:says|said|wrote|writes|commented|replied|responded|posted)\b\s*(.*?)\s*(?::|\.\.\.|…|↑)+$`)
	// atForm is the BBC's and mail's way: "At 10:15 3 Mar 2020, jane wrote:".
	atForm     = form(`^(?:At|On|\d{1,3}\. At) (.{4,50}?)[,\s]+([\p{L}\p{N}_@][^,]{0,40}?) (?i:said|wrote|writes|says):$`)
	labelled   = form(`^(?i:(?:post|comment|posted|commented|submitted|written|reply|message) (?:by|from)|from|author|name|user)\s*:?\s+(.*)$`)
	partForm   = form(`\s*[•·|»]\s*|\s+[–—-]\s+|\s*//\s*`)
	numberForm = form(`^#?\d{1,4}[.:)]?\s+`)
	arrowForm  = form(`\s*(?:→|➝|↪|›|»|\s>\s|\x{a0}\s*|\s{2,}|\b(?i:in reply to|replying to|replied to|reply to)\b)\s*@?`)
	replyTo    = form(`^(?:@([\p{L}\p{N}_.'’-]+(?: [\p{Lu}][\p{L}]*)?)|(?i:in reply to|replying to|reply to|replied to):? @?([\p{L}\p{N}_.'’-]+(?: \p{Lu}[\p{L}.'’-]*)?))`)
	notNames   = form(`(?i)^(?:he|she|it|they|we|i|you|who|this|that|there|people|the (?:report|council|government|study|paper|bbc)|comments?|reply|anyone|someone)\b`)
	heldForm   = form(`(?i)\s*\((?:not verified|@[\w.]+|author|guest|moderator|staff|post author)\)\s*`)
)

// opening reads the line or lines over a comment, from block i on.
func (d *divider) opening(i int) (opening, bool) {
	b := &d.blocks[i]
	if !b.headerRead {
		b.opening, b.isOpening = d.readOpening(i)
		b.headerRead = true
	}
	return b.opening, b.isOpening
}

func (d *divider) readOpening(i int) (opening, bool) {
	b := d.blocks[i]
	if len(b.text) > 4*maxStamp || d.furniture(i) {
		return opening{}, false
	}
	s := strings.Trim(b.text, " *_#\t")
	if o, ok := openingLine(s); ok {
		o.blocks = 1
		if o.at == "" && o.age == "" {
			if st, n := d.stampBelow(i); n > 0 {
				o.at, o.age, o.blocks = st.at, st.age, 1+n
			}
		}
		return o, true
	}
	if i+1 >= len(d.blocks) || !mayStamp(d.blocks[i+1].text) && !(i+2 < len(d.blocks) && mayStamp(d.blocks[i+2].text)) {
		return opening{}, false
	}
	st, n := d.stampBelow(i)
	if n == 0 || st.author != "" {
		return opening{}, false
	}
	name, to := addressee(s)
	if !isName(name) || notNames().MatchString(name) {
		return opening{}, false
	}
	return opening{author: name, to: to, at: st.at, age: st.age, blocks: 1 + n}, true
}

// stampBelow reads the date or age that stands under a name, at most one line of the page's own
// between them. It returns how many blocks that takes, 0 for none.
func (d *divider) stampBelow(i int) (stamp, int) {
	for n := 1; n <= 2 && i+n < len(d.blocks); n++ {
		if st, ok := d.stamp(i + n); ok && (st.at != "" || st.age != "" || n == 1) && d.blocks[i+n].marker == "" && !isControl(d.blocks[i+n].text) {
			return st, n
		}
		if !d.furniture(i+n) && !isCount(d.blocks[i+n].text) || isControl(d.blocks[i+n].text) {
			break
		}
	}
	return stamp{}, 0
}

// openingLine reads a line that names a comment's author and says "says", or when.
func openingLine(s string) (opening, bool) {
	if utf8.RuneCountInString(s) > maxStamp {
		return opening{}, false
	}
	said := strings.ContainsRune(":.…↑", lastRune(s))
	if m := submatch(atForm(), s, said); m != nil {
		if st, ok := readStamp(m[1]); ok && (st.at != "" || st.age != "") {
			return opening{author: m[2], at: st.at, age: st.age, says: true}, true
		}
	}
	if m := submatch(saysForm(), s, said); m != nil {
		name, st, ok := m[1], stamp{}, m[2] == "" || strings.EqualFold(m[2], "this") || strings.EqualFold(m[2], "on")
		if !ok {
			st, ok = readStamp(m[2])
		}
		if o, is := openingLine(name); is && ok { // "Jane Smith on 3 May 2020 at 10:15 said:"
			o.says = true
			return o, true
		}
		name, to := addressee(heldForm().ReplaceAllString(numberForm().ReplaceAllString(name, ""), ""))
		if ok && isName(name) && !notNames().MatchString(name) {
			return opening{author: name, to: to, at: st.at, age: st.age, says: true}, true
		}
	}
	if !mayStamp(s) {
		return opening{}, false
	}
	return namedStamp(s)
}

func submatch(re *regexp.Regexp, s string, may bool) []string {
	if !may {
		return nil
	}
	return re.FindStringSubmatch(s)
}

// namedStamp reads "Jane Smith • 3 years ago", "Jane, Leeds, United Kingdom, 3 years ago",
// "Posted by Jane on 3 May 2020 at 10:15" and "Jane Smith3 May 2020 at 10:15".
func namedStamp(s string) (opening, bool) {
	if m := labelled().FindStringSubmatch(s); m != nil {
		s = m[1]
	}
	at := stampAt(s)
	if at <= 0 {
		return opening{}, false
	}
	st, ok := readStamp(s[at:])
	if !ok || st.at == "" && st.age == "" || st.author != "" {
		return opening{}, false
	}
	who := strings.TrimSpace(heldForm().ReplaceAllString(strings.TrimSpace(s[:at]), " "))
	cut := strings.TrimRight(who, " \u00a0•·|,–—-(/»")
	barred := cut != who
	if rest, is := cutWord(cut, "on", "at", "posted", "•"); is {
		cut, barred = strings.TrimRight(rest, " •·|,–—-(/»"), true
	}
	name, to := addressee(numberForm().ReplaceAllString(cut, ""))
	if parts := strings.Split(name, ", "); len(parts) > 1 && len(parts) <= 4 { // with where they live
		for _, p := range parts[1:] {
			if !isHandle(p) {
				return opening{}, false
			}
		}
		name = parts[0]
	}
	if parts := partForm().Split(name, -1); len(parts) > 1 {
		if to == "" && len(parts) == 2 && isName(parts[1]) && strings.Contains(name, "»") {
			to = parts[1]
		}
		name = parts[0]
	}
	loose := barred && st.age != "" && len(strings.Fields(name)) <= handleSize && !endsSentence(name)
	if name == "" || notNames().MatchString(name) || !isName(name) && !(loose && utf8.RuneCountInString(name) <= maxHandle && !strings.ContainsAny(name, "?!:;")) {
		return opening{}, false
	}
	return opening{author: name, to: to, at: st.at, age: st.age}, true
}

func cutWord(s string, words ...string) (string, bool) {
	for _, w := range words {
		if rest, ok := strings.CutSuffix(s, " "+w); ok {
			return strings.TrimSpace(rest), true
		}
	}
	return s, false
}

var weekdayBefore = form(`(?i)(?:\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?[,\s]+|\b\d{1,2}[:.]\d\d(?:\s?[ap]m)?[,\s]+(?:on )?)$`)

// stampAt returns where in a line its date or age begins, -1 for nowhere.
func stampAt(s string) int {
	at := -1
	if m := ageForm().FindStringSubmatchIndex(s); m != nil {
		at = m[2]
	}
	for _, e := range date.Find(s, graph.Span{Start: 0, End: len(s)}, "") {
		if e.Kind == date.Day && (at < 0 || e.Span.Start < at) {
			at = e.Span.Start
			break
		}
	}
	if at < 0 { // "Smith12 March 2020": the name runs into the date
		if m := gluedDate().FindStringSubmatchIndex(s); m != nil {
			at = m[2]
		}
	}
	for at > 0 {
		m := weekdayBefore().FindStringIndex(s[:at])
		if m == nil {
			break
		}
		at = m[0]
	}
	return at
}

var gluedDate = form(`\p{L}(\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* (?:19|20)\d\d)`)

// addressee cuts off whom a comment answers: "Bob → Alice".
func addressee(s string) (name, to string) {
	s = strings.TrimSpace(s)
	if m := arrowForm().FindStringIndex(s); m != nil && m[0] > 0 && m[1] < len(s) {
		if rest := strings.TrimSpace(s[m[1]:]); isName(rest) {
			return cleanName(s[:m[0]]), rest
		}
	}
	return cleanName(s), ""
}

// cleanName takes off what pages put around a reader's name.
func cleanName(s string) string {
	s = heldForm().ReplaceAllString(s, "")
	s = strings.TrimPrefix(strings.TrimSpace(s), "u/")
	return strings.Trim(s, " \t\u00a0@[]–•·|*_:")
}

// isName is isHandle for lines that a page's own words are not.
func isName(s string) bool {
	return isHandle(s) && !isFurniture(s) && !isCommentsHeader(s) && !isCount(s)
}
