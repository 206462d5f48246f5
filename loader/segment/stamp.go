package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"whence/graph"
	"whence/loader/extract/date"
)

// A stamp is what a line says of when something was written, and says nothing else.
type stamp struct {
	at      graph.Date // a day, or of a dateline a month; "" if the line has a clock or an age only
	age     string     // "3 years ago", as written
	author  string     // "by Jane Smith" beside the date
	updated bool       // the date of a change, not of publication
}

// maxStamp bounds a stamp, a byline and the header of a comment, in characters.
const maxStamp = 140

const ageWords = `(?:(?:about|over|almost|around|nearly) )?(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) (?:second|sec|minute|min|hour|hr|day|week|wk|month|mo|year|yr)s?\.? ago|just now|yesterday(?: at)?|\d{1,3}\s?(?:s|m|min|h|hr|d|w|wk|mo|y|yr)s?\.?(?: ago)?`

var (
	ageForm   = form(`(?i)(?:^|[\s·•|,(–—-])(` + ageWords + `)(?:$|[\s·•|,)–—-])`)
	clockForm = form(`(?i)\b\d{1,2}[:.]\d\d(?:[:.]\d\d)?\s?(?:(?:am|pm|a\.m\.|p\.m\.)\b)?|\b\d{1,2}\s?(?:am|pm)\b|\b(?:midnight|noon|midday)\b`)
	// What stands beside dates on pages, and what pages count there.
	stampWords = form(`(?i)\b(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|first|last|published|posted|submitted|updated|modified|amended|edited|created|added|written|uploaded|issued|released|release|press|news|date|for immediate|embargoed?|until|on|at|of|the|this|article|story|post|was|is|bst|gmt|utc|est|edt|cet|pst|pdt|\d{1,4} min(?:ute)?s?(?: read)?|(?:min(?:ute)?s? )?read(?:ing)?(?: time)?|(?:\d[\d,]*|no|leave a) (?:comments?|repl(?:y|ies)|responses?|shares?|views?|likes?|points?|votes?)|(?:not verified)|t|z)\b`)
	byWords    = form(`\b(?i:by|author:?)\s+(\p{L}[\p{L}\p{N}.'’_-]*(?: \p{Lu}[\p{L}\p{N}.'’-]*){0,3})`)
	inWords    = form(`\b(?i:in|under)\s+\p{Lu}[\p{L}&,' ]*$`)
	changed    = form(`(?i)\b(?:updated|modified|amended|edited)\b`)
	posted     = form(`(?i)^\W*(?:first |last )?(?:published|posted|submitted|written|uploaded|issued|updated|modified)\b`)
)

// mayStamp reports, quickly, whether a line can hold a date, a time or an age.
func mayStamp(s string) bool {
	return strings.ContainsAny(s, "0123456789") || strings.Contains(s, "ago") || strings.Contains(s, "now") || strings.Contains(s, "esterday")
}

// readStamp reads a line that holds nothing but a date, a time or an age and the words that
// go with it ("Posted on May 3, 2023 by admin", "3 May 2023 · 4 min read"). A day
// without its year gives no date, but is a stamp.
func readStamp(s string) (stamp, bool) {
	var out stamp
	if len(s) > 4*maxStamp || utf8.RuneCountInString(s) > maxStamp || !mayStamp(s) {
		return out, false
	}
	rest, found := s, false
	if m := ageForm().FindStringSubmatchIndex(rest); m != nil {
		out.age, found = strings.TrimSpace(rest[m[2]:m[3]]), true
		rest = rest[:m[2]] + rest[m[3]:]
	}
	exprs := date.Find(rest, graph.Span{Start: 0, End: len(rest)}, "")
	for i := len(exprs) - 1; i >= 0; i-- {
		e := exprs[i]
		if e.Kind != date.Day && e.Kind != date.Month {
			continue
		}
		found = true
		if len(e.Date) >= len("2006-01") {
			out.updated = changed().MatchString(rest[:e.Span.Start])
			out.at = e.Date
		}
		rest = rest[:e.Span.Start] + " " + rest[e.Span.End:]
	}
	if out.age != "" && isControl(s) {
		return out, true
	}
	if !found && !clockForm().MatchString(rest) {
		return out, false
	}
	rest = clockForm().ReplaceAllString(rest, " ")
	if m := byWords().FindStringSubmatchIndex(rest); m != nil {
		out.author = rest[m[2]:m[3]]
		rest = rest[:m[0]] + rest[m[1]:]
	}
	if posted().MatchString(s) {
		rest = inWords().ReplaceAllString(strings.TrimSpace(rest), "")
	}
	rest = stampWords().ReplaceAllString(rest, " ")
	return out, !strings.ContainsFunc(rest, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

var (
	bylineForm = form(`^(?:(?i:by|written by|posted by|author|words(?: by)?|story by|report by|reporter|interview by|text)\s*:?\s)\s*(` + fullName + `)(?:(?:\s*[|,·•–—&(-]\s*|\s+(?i:and|for|in|at)\s+|\s{2,})(.*))?$`)
	bylineCaps = form(`^(?i:by) (\p{Lu}{2,}(?:[ -]\p{Lu}[\p{Lu}'’-]+){1,3})(?: (?:FOR|AND|IN)\b.*)?$`)
	// roleLine is a byline that does without "By".
	roleLine = form(`^(?:(` + fullName + `)(?:, *| *[|·–—-] *)|(` + honorific + nameWord + ` ` + nameWord + `) )(?:(?:[\p{L}&]+,? ){0,5}(?i:correspondent|reporter|editor|journalist|columnist|writer|staff writer|producer)(?: .{1,30})?)$`)
	// rolesBefore stand before a name: "By Political Correspondent Alan Reid".
	rolesBefore = form(`^(?:\p{L}+ )*(?i:correspondent|reporter|editor|journalist|columnist) `)
	// noPerson are words of bylines that name a desk.
	noPerson = form(`(?i)\b(?:admin|staff|team|reporters?|newsroom|news|desk|media|agency|press|editor|office|webmaster|council|guest)\b`)
)

const (
	honorific  = `(?:(?:Dr|Prof|Professor|Sir|Dame|Rev|Revd|Canon|Cllr|Councillor|Lord|Lady|Baroness|Mr|Mrs|Ms)\.? )?`
	nameWord   = `\p{Lu}[\p{L}'’-]+\.?`
	fullName   = honorific + nameWord + `(?: (?:\p{Lu}[\p{L}.'’-]*|de|van|von|der|den|al|bin|ap|ab|y)){1,4}`
	maxByline  = 120
	maxHandle  = 40
	handleSize = 5 // words
)

// readByline reads a line that names the author of an article and nothing but that, a post
// and a date. The author is "" when the line names only a desk.
func readByline(s string) (author string, ok bool) {
	if utf8.RuneCountInString(s) > maxByline || endsSentence(s) && !strings.HasSuffix(s, ".") {
		return "", false
	}
	m := bylineForm().FindStringSubmatch(s)
	switch {
	case m != nil && len(strings.Fields(m[2])) <= 10 && !endsSentence(m[2]):
		author = m[1]
	case m != nil:
		return "", false
	default:
		if m = bylineCaps().FindStringSubmatch(s); m != nil {
			author = m[1]
		} else if m = roleLine().FindStringSubmatch(s); m != nil && !endsSentence(s) {
			author = m[1] + m[2]
		} else {
			return "", false
		}
	}
	author = rolesBefore().ReplaceAllString(author, "")
	if author == strings.ToUpper(author) {
		author = capitalised(author)
	}
	if noPerson().MatchString(author) {
		return "", true
	}
	return strings.TrimRight(author, "."), true
}

// capitalised writes a name that stands in capitals as names are written.
func capitalised(s string) string {
	start := true
	return strings.Map(func(r rune) rune {
		out := r
		if !start {
			out = unicode.ToLower(r)
		}
		start = !unicode.IsLetter(r)
		return out
	}, s)
}

// isHandle reports whether a line can be what a reader signs with: few words, no sentence,
// and capitals when there are several.
func isHandle(s string) bool {
	words := strings.Fields(s)
	if len(words) == 0 || len(words) > handleSize || utf8.RuneCountInString(s) > maxHandle || strings.ContainsAny(s, ",;:?!\"“”/…>") {
		return false
	}
	if strings.HasSuffix(s, ".") && utf8.RuneCountInString(words[len(words)-1]) > 3 {
		return false
	}
	if !strings.ContainsFunc(s, unicode.IsLetter) {
		return false
	}
	if len(words) == 1 {
		return true
	}
	for _, w := range words {
		r := firstRune(strings.TrimLeft(w, "@('\"_"))
		switch {
		case unicode.IsUpper(r), unicode.IsDigit(r), unicode.IsLetter(r) && !unicode.IsLower(r):
		case w == "de" || w == "van" || w == "von" || w == "der" || w == "al" || w == "of" || w == "the" || w == "from" || w == "in" || w == "ap" || w == "and" || w == "&":
		default:
			return false
		}
	}
	return unicode.IsUpper(firstRune(words[0])) || firstRune(words[0]) == '@'
}
