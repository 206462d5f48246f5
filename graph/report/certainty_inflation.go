package report

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"whence/graph"
)

// certaintyInflation lists claims that are surer than what they retell.
//
// A claim is compared with those that it takes its content from, else with the
// first of its family. The hedges of the earlier one are counted ("may", "could",
// "alleged", "suggests", "if", "up to", "about"; also in what says that it is
// reported: "estimates that"), but only those whose words the later one retells:
// who leaves out the uncertain half of a sentence has inflated nothing. From these
// the hedges of the later one are taken. Any other word of doubt or plan in it
// ("hopes", "proposed", "is thought to") is a hedge told in other words, and no
// finding; so is a negation that only one of the two has: that is another claim. Of claims that
// are not said to be taken from one another three fifths of the words must be one's as the other's.
// When it agrees with any claim that it is taken from, it inflated nothing itself.
//
// The types: hedge-lost; approximation-lost, when only words about a number are
// gone ("about", "up to"); and correlation-to-cause, when what was "linked to" or
// "associated with" now "causes" or "leads to" it.
//
// Severity: 900 correlation-to-cause; 300 and 150 for each hedge lost, to 900; 100
// and 50 for each when all are about numbers.
func certaintyInflation(s *graph.Survey, _ Filter) Report {
	surenesses := map[graph.ID]*sureness{}
	of := func(c *graph.TracedClaim) *sureness {
		x := surenesses[c.Claim.ID]
		if x == nil {
			x = surenessOf(c)
			surenesses[c.Claim.ID] = x
		}
		return x
	}
	pairs, undated := retellings(s, func(*graph.TracedClaim) bool { return true })
	r := Report{Unseen: []string{"Doubt that is told in other words than those of the list is not seen."}}
	for _, id := range undated {
		if len(of(s.Claim(id)).hedges) == 0 {
			r.Undated = append(r.Undated, id)
		}
	}
	for i := 0; i < len(pairs); {
		var least *Finding
		agrees := false
		later := pairs[i].later
		for ; i < len(pairs) && pairs[i].later == later; i++ {
			there := of(pairs[i].earlier)
			if len(there.hedges) == 0 && there.link == "" {
				agrees = true
				continue
			}
			f, ok := inflated(s, pairs[i], of(later), there)
			switch {
			case !ok:
				agrees = true
			case least == nil || f.Severity < least.Severity:
				least = &f
			}
		}
		if !agrees && least != nil {
			r.Findings = append(r.Findings, *least)
		}
	}
	return r
}

// The types of inflation.
const (
	hedgeLost          = "hedge-lost"
	approximationLost  = "approximation-lost"
	correlationToCause = "correlation-to-cause"
)

// hedgeWords weaken a statement, after the definition and Hyland's list
// (Hedging in Scientific Research Articles, 1998).
var hedgeWords = set(`may might could possibly perhaps probably likely apparently reportedly allegedly alleged potentially presumably supposedly seemingly
	arguably maybe suggest suggests suggested suggesting seem seems seemed appear appears appeared estimated believed if`)

// approximations weaken the number after them.
var approximations = set("about around approximately roughly nearly almost some circa estimated")

// hedgingCues are verbs of reporting by which the speaker is not sure.
var hedgingCues = set("suggest suggested suggesting alleg alleged allege estimat estimate believ believe think fear hope anticipat anticipate predict speculat speculate expect guess assume assum")

// doubts are other words by which a text says that something need not be so.
var doubts = set(`would should can thought understood considering consider plan plans planned planning proposed proposal proposals propose hope hopes hoped expected
	potential possible possibility chance risk want wants whether predicted forecast projected aim aims intend intends trial pilot claim claims claimed rumoured
	said unproven uncertain unclear question doubt concern concerns fears feared view opinion argue argues argued believe believes think thinks`)

var (
	linkPhrases = []string{
		"linked to", "linked with", "link between", "associated with", "association between", "correlated with", "correlates with",
		"correlation between", "connected to", "connected with", "connection between", "tied to", "relationship between",
	}
	causePhrases = []string{
		"cause", "causes", "caused", "causing", "leads to", "lead to", "led to", "leading to", "results in", "result in", "resulted in",
		"due to", "because of", "triggers", "triggered", "is responsible for", "are responsible for", "makes people", "is to blame for", "are to blame for",
	}
)

// A sureness is what a claim says of how sure it is.
type sureness struct {
	hedges   []hedge
	doubtful bool // it has other words of doubt
	negated  int
	words    string // for its stems, when they are asked for
	stemmed  []string
	folded   string // its words, with one space around each
	link     string // how it says that things go together, "" when it does not
	numbers  map[string]bool
}

// A hedge is one word that weakens a claim.
type hedge struct {
	word   string
	number bool     // it weakens only a number
	of     []string // the stems, or the number, right after it: what it weakens; none for what weakens all
}

func surenessOf(c *graph.TracedClaim) *sureness {
	x := &sureness{words: c.Claim.Words(), numbers: map[string]bool{}}
	listed := map[string]bool{}
	for _, p := range c.Claim.Hedges {
		for _, w := range graph.FoldWords(p.Exact) {
			listed[w] = true
		}
	}
	var ws []string
	months := map[int]bool{} // places of "May"
	for _, f := range strings.Fields(c.Claim.Words()) {
		first, _ := utf8.DecodeRuneInString(strings.TrimLeft(f, "“‘\"'(["))
		for _, w := range graph.FoldWords(f) {
			if w == "may" && unicode.IsUpper(first) && len(ws) > 0 {
				months[len(ws)] = true
			}
			ws = append(ws, w)
		}
	}
	x.folded = " " + strings.Join(ws, " ") + " "
	x.link = x.has(linkPhrases)
	for i, w := range ws {
		if negations[w] || w == "cannot" || w == "t" && i > 0 && strings.HasSuffix(ws[i-1], "n") {
			x.negated++
		}
		if isNumber(w) {
			x.numbers[w] = true
		}
		next := ""
		if i+1 < len(ws) {
			next = ws[i+1]
		}
		switch {
		case months[i]:
		case approximations[w] && len(firstNumber(ws[i+1:])) > 0:
			x.hedges = append(x.hedges, hedge{word: w, number: true, of: firstNumber(ws[i+1:])})
		case w == "up" && next == "to" && len(firstNumber(ws[i+2:])) > 0:
			x.hedges = append(x.hedges, hedge{word: w, number: true, of: firstNumber(ws[i+2:])})
		case w == "up" || w == "to":
		case hedgeWords[w], listed[w] && !approximations[w]:
			x.hedges = append(x.hedges, hedge{word: w, of: weakened(ws[i+1:])})
		case doubts[w]:
			x.doubtful = true
		}
	}
	for _, p := range c.Claim.Cue {
		for _, w := range graph.FoldWords(p.Exact) {
			if hedgingCues[stem(w)] || hedgingCues[w] {
				x.hedges = append(x.hedges, hedge{word: w})
			}
		}
	}
	return x
}

// numberWords are shares and large numbers that are written out. Small ones stand in
// every text, and "about two" is hardly a hedge.
var numberWords = set("hundred hundreds thousand thousands million millions billion dozen dozens half third thirds quarter quarters fifth tenth")

func isNumber(w string) bool { return w != "" && w[0] >= '0' && w[0] <= '9' || numberWords[w] }

// firstNumber returns the number that is one of the next two words: "a third".
func firstNumber(ws []string) []string {
	for _, w := range ws[:min(len(ws), 2)] {
		if isNumber(w) {
			return []string{w}
		}
	}
	return nil
}

// weakened returns the stems of the next words that tell something.
func weakened(ws []string) []string {
	var out []string
	for _, w := range ws {
		if s := stems(w); len(s) == 1 && len(out) < 3 {
			out = append(out, s[0])
		}
	}
	return out
}

// retells reports whether a claim has the words that a hedge weakens: the number,
// or most of the next words. What weakens nothing that follows weakens all.
func (x *sureness) retells(h hedge) bool {
	if h.number {
		return len(h.of) == 1 && x.numbers[h.of[0]]
	}
	n := 0
	for _, w := range h.of {
		if slices.Contains(x.stems(), w) {
			n++
		}
	}
	return 3*n >= 2*len(h.of)
}

// stems returns what the claim is about.
func (x *sureness) stems() []string {
	if x.stemmed == nil {
		x.stemmed = stems(x.words)
	}
	return x.stemmed
}

func (x *sureness) has(phrases []string) string {
	for _, p := range phrases {
		if contains(x.folded, " "+p+" ") {
			return p
		}
	}
	return ""
}

// inflated compares two claims; ok is false when the later is no surer.
func inflated(s *graph.Survey, p pair, here, there *sureness) (Finding, bool) {
	if (here.negated > 0) != (there.negated > 0) || p.later.Claim.Polarity != p.earlier.Claim.Polarity {
		return Finding{}, false
	}
	if n := common(here.stems(), there.stems()); n < 2 || !p.taken && 5*n < 3*min(len(here.stems()), len(there.stems())) {
		return Finding{}, false
	}
	f := Finding{Subject: p.later.Claim.ID, Date: p.later.Claim.StatedOn}
	why := ""
	if link, cause := there.link, here.has(causePhrases); link != "" && cause != "" && there.has(causePhrases) == "" && here.link == "" {
		f.Type, f.Severity = correlationToCause, 900
		f.Values = []Value{{"here", cause}, {"there", link}}
		why = fmt.Sprintf("“%s” there is “%s” here", link, cause)
	} else {
		var lost []hedge
		for _, h := range there.hedges {
			if here.retells(h) && !slices.ContainsFunc(here.hedges, func(x hedge) bool { return x.word == h.word }) {
				lost = append(lost, h)
			}
		}
		kept := 0 // hedges here that stand for others there
		for _, h := range here.hedges {
			if !slices.ContainsFunc(there.hedges, func(x hedge) bool { return x.word == h.word }) {
				kept++
			}
		}
		if here.doubtful && !there.doubtful || kept >= len(lost) {
			return Finding{}, false
		}
		numbers := !slices.ContainsFunc(lost, func(h hedge) bool { return !h.number })
		n := len(lost) - kept
		f.Type, f.Severity = hedgeLost, Severity(min(300+150*n, 900))
		if numbers {
			f.Type, f.Severity = approximationLost, Severity(min(100+50*n, 250))
		}
		var names []string
		for _, h := range lost {
			if h.word == "up" {
				h.word = "up to"
			}
			names = append(names, "“"+h.word+"”")
		}
		f.Values = []Value{{"score", fmt.Sprint(n)}, {"lost", strings.Join(names, ", ")}}
		why = strings.Join(names, ", ") + map[bool]string{true: " is", false: " are"}[len(names) == 1] + " gone"
	}
	verb := "takes from"
	if !p.taken {
		verb = "says later than"
	}
	f.Why = fmt.Sprintf("%s%s %s %s%s: %s.", title(p.later.ClaimView.Document), on(p.later.Claim.StatedOn), verb,
		title(p.earlier.ClaimView.Document), on(p.earlier.Claim.StatedOn), why)
	f.Hops = p.hops(s, p.later.Claim.Content, slices.Concat(p.earlier.Claim.Hedges, p.earlier.Claim.Content))
	return f, true
}
