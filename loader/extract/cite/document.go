package cite

import (
	"strings"

	"whence/graph"
)

// documentNouns are the sorts of documents that a text names.
var documentNouns = set(`article report survey poll study paper letter interview speech statement review inquiry analysis briefing
	consultation document memo memorandum dossier blog column editorial podcast documentary bulletin factsheet guidance
	manifesto submission judgment judgement ruling tweet post email essay pamphlet leaflet thesis dissertation testimony
	audit assessment release communiqué strategy`)

// printed are what publications bring out every day: naming the sort tells nothing apart.
var printed = set(`article story piece column editorial post coverage report`)

// papers are documents whose sort takes two words; the first belongs to it.
var papers = map[string]map[string]bool{
	"paper":      set(`green white working discussion policy research briefing position consultation command options academic scientific`),
	"document":   set(`research policy consultation strategy internal leaked planning guidance briefing official`),
	"release":    set(`press news media`),
	"speech":     set(`conference keynote budget party commons lords maiden parliamentary`),
	"report":     set(`research annual interim final inspection progress evaluation government`),
	"letter":     set(`open joint leaked cover`),
	"assessment": set(`impact equality risk needs`),
	"guidance":   set(`statutory official clinical government`),
	"strategy":   set(`national`),
	"statement":  set(`joint press autumn spring official written ministerial`),
	"interview":  set(`exclusive radio television tv recent`),
	"poll":       set(`opinion rolling exit`),
	"blog":       set(`official`),
}

// titleNouns may, with a capital, end the title of a document: "the Casey Review".
var titleNouns = set(`report review inquiry survey study consultation statement paper assessment audit poll`)

// eponymous are the sorts that people name after a person or a place: "the Chilcot report".
var eponymous = set(`report review inquiry study survey judgment judgement dossier memo memorandum audit`)

// reviewTitles stand before "Review" in the names of journals.
var reviewTitles = set(`national law business literary technology quarterly historical economic political medical london`)

// neverAlone need their first word to be a document at all.
var neverAlone = set(`release assessment strategy`)

// headLast are words after which the noun before them only describes another: "interview techniques", "survey respondents".
var headLast = set(`techniques technique respondents respondent card cards box boxes group groups tax money skills preparation panel
	questions process process writer writers stage stages room rooms trail clip bag plan plans procedure templates template head station stations
	board date dates deadline invitation practice period methods method round rounds`)

// partVerbs are participles that say who made or brought out a document.
var partVerbs = set(`published released issued commissioned written produced compiled conducted prepared launched carried done
	undertaken authored funded drafted signed sent addressed leaked given delivered made broadcast posted dated led chaired co-authored`)

var nounAdverbs = set(`out back in on only just recently earlier last first jointly for today yesterday late early online to`)

// documents finds documents named by their sort and by who made them, a title or
// a date (D1): "the Mental Health Taskforce report", "an article published on the
// 16th of October 2024", "a survey of 2,000 adults by YouGov", "a letter to X",
// "the recent UN report on the UK (April 2024)", "the Work and Health green
// paper". Not "the report", "X reports that", "interview techniques", "letter of the law".
func (r *reader) documents() {
	for i := range r.tokens {
		switch {
		case !r.free(i, i) || r.of(i+1, headLast):
		case r.capital(i) && !r.starts(i) && (!r.of(i, titleNouns) || r.is(i, "review") && r.of(i-1, reviewTitles) || r.capital(i+1) && !r.is(i+1, "on")):
		case r.of(i, documentNouns):
			r.document(i)
		}
		if r.of(i, planWords) && r.capital(i) && r.free(i, i) {
			r.plan(i)
		}
	}
}

// planWords end the title of a plan or programme that was published as a document.
var planWords = set(`view plan strategy framework charter code guidelines manifesto agenda roadmap blueprint`)

// planCues before a plan say that what it says counts.
var planCues = set(`outlined set described contained published stated promised pledged part according see cited laid detailed
	recommended recommendation recommendations launched unveiled commitments commitment`)

// plan reads a document known by its title alone, which a word for a plan at token
// i ends: "NHS England's Five Year Forward View for Mental Health" (D2). It
// needs two more words with a capital, and words that send the reader to it.
func (r *reader) plan(i int) {
	first, last := r.titleBefore(i), i
	if r.is(i+1, "for", "on", "of") && r.capital(i+2) {
		last = r.titleEnd(i+2) - 1
		for k := i + 2; k < last; k++ {
			if r.is(k, "and", "to", "in") && (!r.capital(k+1) || r.is(k+2, "the")) {
				last = k - 1 // the link leads on to something else
			}
		}
	} else if r.capital(i + 1) {
		return
	}
	caps := 0
	for k := first; k < i; k++ {
		if r.capital(k) {
			caps++
		}
	}
	cued := false
	for k := first - 1; r.same(k, first) && first-k <= 7 && !cued; k-- {
		cued = r.of(k, planCues)
	}
	if caps < 2 || !cued || !r.same(first, last) || !r.free(first, last) {
		return
	}
	m := mention{noun: r.low(i), definite: true, Citation: Citation{Kind: graph.SourceDocument, Title: r.words(first, last), Rule: "D2", Confidence: 600}}
	start := first
	if r.is(first-1, "'s", "'") {
		if r.owner(&m, first-2); m.Publisher != "" {
			start = r.tokenAt(m.PublisherSpan.Start)
		}
	}
	if r.free(start, last) {
		r.add(m, start, last)
	}
}

// document reads the phrase around the noun at token i.
func (r *reader) document(i int) {
	noun := r.low(i)
	m := mention{noun: noun, Citation: Citation{Kind: graph.SourceDocument, Title: noun, Rule: "D1", Confidence: 800}}
	p := r.premodifiers(i)
	if !p.ok || neverAlone[noun] && p.sort == i {
		return
	}
	if p.sort < i {
		m.Title = strings.ToLower(r.words(p.sort, i))
		for k := p.sort; k <= i; k++ {
			if !r.of(k, sortAdjectives) {
				m.Title = strings.ToLower(r.words(k, i))
				break
			}
		}
	}
	m.definite = p.definite
	titled := false
	if p.name != nil {
		switch n := *p.name; {
		case p.possessive:
			if n = r.writer(n, noun); n.kind == graph.Person && r.is(i, "judgment", "judgement", "guidance", "strategy", "assessment", "analysis") {
				return // what a person has in mind, not on paper
			}
			r.credit(&m.Citation, n)
		case r.capital(i) || p.sort < i && r.is(p.sort, "green", "white"):
			// "the Casey Review", "the Health, Work and Disability green paper".
			first := min(r.titleBefore(p.sort), n.first)
			m.Title, titled = r.words(first, i), true
			p.first = min(p.first, first)
			if r.is(first-1, "'s", "'") {
				r.owner(&m, first-2)
			}
		case n.kind != graph.Publication && n.kind != graph.Organisation && n.kind != graph.Government:
			if r.is(i, "poll", "survey") && r.is(n.first-1, "a", "an") && n.kind == "" && !places[r.low(n.last)] && !adjectival(r.low(n.last)) {
				r.credit(&m.Citation, n) // "a Zogby poll"
				break
			}
			if !r.of(i, eponymous) || r.starts(n.first) {
				return
			}
			m.Title, titled = r.words(n.first, i), true // "the Chilcot report"
		default:
			r.credit(&m.Citation, n)
		}
	} else if p.body >= 0 {
		m.Publisher, m.PublisherSpan = r.words(p.body, p.body), r.span(p.body, p.body)
	}
	if p.date != "" {
		m.Date = p.date
	}
	last, dated := r.complements(&m, i, &titled)
	if !credited(&m.Citation) && !titled && (dated || m.Date != "") {
		// "comments were made to the BBC, in an article published on …".
		if n, ok := r.toldBefore(p.first); ok {
			r.credit(&m.Citation, n)
		}
	}
	if !credited(&m.Citation) && noun == "interview" && !(dated && len(m.Date) == 10) {
		return
	}
	switch {
	case p.body >= 0 && !p.definite && !titled && !dated:
		return // "an official government document"
	case credited(&m.Citation) || titled:
	case m.Date != "" && (dated || p.date != ""):
		m.Confidence = 600
	case noun == "letter" && last > i:
		m.Confidence = 500
	default:
		return
	}
	if printed[noun] && m.Publisher != "" && !titled && m.Title == noun && (noun != "report" || r.isPublication(m.PublisherSpan)) {
		m.Title = ""
	}
	if !r.free(p.first, last) {
		return
	}
	r.add(m, p.first, last)
}

func (r *reader) isPublication(s graph.Span) bool {
	if s == (graph.Span{}) {
		return false
	}
	_, ok := r.publicationAt(r.tokenAt(s.Start))
	return ok
}

// premodified is what stands before the noun of a document.
type premodified struct {
	ok         bool
	first      int    // first token of the phrase
	sort       int    // first token of the sort: "press release", "green paper"
	name       *named // the name in it
	possessive bool   // "X's report"
	body       int    // a body without a capital, "the government's report"; -1 if none
	date       graph.Date
	definite   bool
}

// premodifiers reads the phrase that ends with the noun at token i, backwards:
// article, adjectives, name, adjectives.
func (r *reader) premodifiers(i int) premodified {
	p := premodified{first: i, sort: i, body: -1}
	j := i - 1
	if first, ok := papers[r.low(i)]; ok && first[r.low(j)] && r.same(j, i) {
		p.sort, p.first = j, j
		j--
	}
	det := false
	for n := 0; r.same(j, i) && n < 9; n++ {
		switch {
		case p.name == nil && r.is(j, "'s", "'"):
			if name, ok := r.nameBefore(j - 1); ok {
				name = r.afterOffice(name)
				p.name, p.possessive, p.first, p.definite = &name, true, name.first, true
				if r.of(name.first-1, determiners) {
					p.first = name.first - 1
				}
				p.ok = true
				return p
			}
			if r.of(j-1, bodyNouns) {
				p.body, p.first, p.definite, p.ok = j-1, j-1, true, true
				if r.of(j-2, determiners) {
					p.first = j - 2
				}
			}
			return p
		case r.of(j, determiners):
			det = true
			p.first = j
			p.definite = r.is(j, "the", "this", "that", "its", "his", "her", "their")
		case p.name == nil && r.namePart(j):
			name, ok := r.nameBefore(j)
			if !ok {
				return p
			}
			name = r.afterOffice(name)
			p.name, p.first = &name, name.first
			if r.is(name.first-1, "'s", "'") {
				p.first, p.definite, p.ok = name.first, true, true
				return p
			}
			j = name.first - 1
			continue
		case r.year(j) != "":
			p.date, p.first = graph.Date(r.year(j)), j
			j--
			continue
		case r.tokens[j].kind == wordToken && !r.of(j, functionWords) || r.is(j, "new", "recent", "first", "second", "third", "final", "last"):
			if !r.lower(j) {
				return p
			}
			if p.name == nil && r.of(j, bodyNouns) && p.body < 0 {
				p.body = j
			}
			p.first = j
			j--
			continue
		case r.number(j) && !r.is(j-1, "article", "section"):
			p.first = j
			j--
			continue
		}
		break
	}
	// A noun without an article is a noun only after a name: "BBC report", not "to report".
	if !det {
		p.body = -1
		if p.name == nil {
			p.first = p.sort
			p.ok = p.sort < i && r.is(p.sort, "green", "white", "press", "news", "media")
			return p
		}
		p.first = p.name.first
	}
	p.ok = true
	return p
}

// bodyNouns are bodies that are named without a capital.
var bodyNouns = set(`government ministry department council regulator watchdog ombudsman treasury charity union committee company police hospital trust university`)

// owner credits the possessor that ends at token i, a name or a body without a capital.
func (r *reader) owner(m *mention, i int) {
	if n, ok := r.nameBefore(i); ok {
		r.credit(&m.Citation, r.afterOffice(n))
	} else if r.of(i, bodyNouns) {
		m.Publisher, m.PublisherSpan = r.words(i, i), r.span(i, i)
	}
}

// whoseOf are the sorts whose maker may stand after "of": "the report of X". Of others it is what they are about.
var whoseOf = set(`report inquiry speech letter judgment judgement statement testimony evidence`)

// writer takes a name of which the words do not tell what it is, and which stands
// without an article, for a person, unless it made a survey.
func (r *reader) writer(n named, noun string) named {
	if n.kind == "" && n.last-n.first < 3 && noun != "survey" && noun != "poll" && !r.is(n.first-1, "the") {
		n.kind = graph.Person
	}
	return n
}

// complements reads what follows the noun at token i: who made it, when, its
// title. It returns the last token that belongs to the citation, and whether a date was given.
func (r *reader) complements(m *mention, i int, titled *bool) (last int, dated bool) {
	last = i
	noun := r.low(i)
	participle, topic := false, false
	for j, steps := i+1, 0; r.same(i, j) && steps < 30; steps++ {
		if r.tokens[j].taken {
			return last, dated
		}
		// Title.
		if !*titled {
			if r.is(j, "called", "titled", "entitled", "headed", "headlined") || r.is(j, ":", ",", "–", "-", "—") {
				if t, next, ok := r.title(j + 1); ok && (r.lower(j) || r.opens(j+1) && !r.is(j, ":") && r.titled(j+2, next-2) || !r.opens(j+1) && r.is(j, "–", "-", "—", ":") && (credited(&m.Citation) || noun == "speech" || m.Date != "")) {
					m.Title, *titled = t, true
					last, j = next-1, next
					continue
				}
			} else if r.opens(j) {
				if t, next, ok := r.title(j); ok && r.titled(j+1, next-2) {
					m.Title, *titled = t, true
					last, j = next-1, next
					continue
				}
			}
		}
		switch {
		case r.is(j, "by", "from") || r.is(j, "of") && r.of(i, whoseOf):
			if n, ok := r.creditAt(j + 1); ok && r.same(i, n.last) && !credited(&m.Citation) && (r.is(j, "by") || n.kind != graph.Place && (n.kind != "" || !topic)) {
				if d, _, isDay := r.day(j + 1); isDay && d != "" {
					break
				}
				if n.kind == graph.Publication && r.is(j, "of") {
					break
				}
				r.credit(&m.Citation, r.writer(n, noun))
				last, j = n.last, n.last+1
				continue
			}
		case r.is(j, "with", "on", "in", "for", "at", "to"):
			if d, next, ok := r.day(j + 1); ok && r.is(j, "on", "in", "at") && r.same(i, next-1) && (participle || !topic || len(d) == 10) {
				if d != "" {
					m.Date, dated = d, dated || participle || len(d) > 4
				}
				last, j = next-1, next
				continue
			}
			if r.placed(m, noun, j, participle) {
				n := r.tokenAt(m.PublisherSpan.End - 1)
				last, j = n, n+1
				continue
			}
			if noun == "letter" && r.is(j, "to") {
				if n, ok := r.creditAt(j + 1); ok {
					m.Title = "letter to " + r.words(n.first, n.last)
					last, j = n.last, n.last+1
					continue
				}
				if r.of(j+1, determiners) && !r.is(j+1, "my", "your", "our") && r.lower(j+2) {
					last, j = j+2, j+3
					continue
				}
			}
			topic = true
		case r.is(j, "(") || r.is(j, ",", "of", "dated", "–"):
			if d, next, ok := r.day(j + 1); ok && r.same(i, next-1) && (!r.is(j, "(") || r.is(next, ")")) && (!r.is(j, ",") || len(d) != 4 || r.is(next, ",", ".", ")", ";")) {
				if d != "" {
					m.Date, dated = d, true
				}
				if last = next - 1; r.is(next, ")") {
					last = next
				}
				j = last + 1
				continue
			}
			if r.is(j, "(", "–") || r.is(j, ",") && !r.of(j+1, partVerbs) {
				if n, ok := r.creditAt(j + 1); ok && r.is(j, "(") && n.first == j+1 && r.is(n.last+1, ")", ",") && !credited(&m.Citation) && n.kind != graph.Person && n.kind != "" {
					r.credit(&m.Citation, n)
					last, j = n.last, n.last+1
					continue
				}
				return last, dated
			}
		case r.of(j, partVerbs):
			participle = true
			topic = false
			if d, next, ok := r.day(j + 1); ok && d != "" && r.same(i, next-1) {
				m.Date, dated = d, true
				last, j = next-1, next
				continue
			}
			j++
			continue
		case r.of(j, nounAdverbs):
		case r.is(j, "into", "about", "regarding", "examining", "looking", "concerning", "covering"):
			topic = true
		case r.is(j, ")") && !topic:
		case topic && (r.tokens[j].kind == wordToken && !r.is(j, "that", "which", "who", "is", "was", "has", "had", "said", "says", "and") || r.number(j) || r.is(j, "'s", "'", "and")):
			// Words of the topic: "report ON THE UK (April 2024)".
		case r.is(j, "of") || (r.is(j-1, "of") || r.number(j-1)) && (noun == "survey" || noun == "poll" || noun == "study") && r.tokens[j].kind != markToken:
			topic = true
		default:
			return last, dated
		}
		if r.is(j, "of") {
			topic = true
		}
		j++
	}
	return last, dated
}

// placed reads where a piece stood or a talk was held, at the preposition j.
func (r *reader) placed(m *mention, noun string, j int, participle bool) bool {
	if credited(&m.Citation) && m.Publisher != "" || !r.same(j, j+1) {
		return false
	}
	n, ok := r.publicationAt(j + 1)
	if !ok {
		n, ok = r.nameAt(j + 1)
		ok = ok && (noun == "interview" && r.is(j, "with") && n.kind != graph.Person && n.kind != graph.Place && r.of(j+1, determiners) ||
			(noun == "speech" || noun == "paper") && r.is(j, "to", "at") && n.kind == graph.Organisation)
	}
	if !ok {
		return false
	}
	switch {
	case noun == "interview" && r.is(j, "with", "on", "in", "for", "to"),
		r.is(j, "in", "for", "on") && n.kind == graph.Publication && (participle || printed[noun] || noun == "letter" || noun == "interview" || noun == "study" || noun == "paper" || noun == "research" || noun == "analysis"),
		r.is(j, "to", "at") && noun == "speech":
		m.Publisher, m.PublisherSpan = r.words(n.first, n.last), r.span(n.first, n.last)
		return true
	}
	return false
}

// title reads a title at token i: words in quotation marks, between dashes, or a run of capitals of two words or more.
func (r *reader) title(i int) (t string, next int, ok bool) {
	if a, b, next, ok := r.quoted(i, maxTitle); ok && r.capital(a) {
		if r.is(b, ",", ".") {
			b--
		}
		return r.words(a, b), next, b >= a
	}
	if i > 0 && i < len(r.tokens) && strings.Contains(r.in.Text[r.tokens[i-1].End:r.tokens[i].Start], "\n") {
		return "", 0, false // "the report of X:" and a list
	}
	if r.is(i-1, "–", "—") && r.capital(i) {
		for k := i + 1; r.same(i, k) && k-i <= maxTitle; k++ {
			if r.is(k, "–", "—") && r.titled(i, k-1) {
				return r.words(i, k-1), k + 1, true
			}
		}
	}
	end := r.titleEnd(i)
	if end-i < 2 {
		return "", 0, false
	}
	if _, _, isDay := r.day(i); isDay {
		return "", 0, false
	}
	if n, ok := r.nameAt(i); ok && n.last == end-1 && (n.kind == graph.Person || n.kind == graph.Publication || r.is(i-1, ",")) {
		return "", 0, false
	}
	if r.is(i-1, ",") && !r.is(end, ",", ".", "(", "–", ";") {
		return "", 0, false
	}
	return r.words(i, end-1), end, r.titled(i, end-1)
}

// sortAdjectives stand before a sort of document without being a part of it.
var sortAdjectives = set(`exclusive recent internal leaked official rolling final`)
