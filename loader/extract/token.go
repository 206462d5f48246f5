package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"whence/graph"
)

// A token is a word, a number or a punctuation mark.
type token struct {
	span  graph.Span
	lower string // folded to lower case, apostrophes straight
	word  bool   // letters or digits
	cap   bool   // begins with a capital
	quote int    // index of the quote it lies in, marks included; -1 outside
}

// tokenize cuts a span into tokens. A possessive 's is a token of its own, other
// apostrophes and hyphens stay inside their word.
func tokenize(text string, s graph.Span, quotes []quote) []token {
	var out []token
	qi := 0
	for i := s.Start; i < s.End; {
		r, n := utf8.DecodeRuneInString(text[i:s.End])
		if unicode.IsSpace(r) {
			i += n
			continue
		}
		end := i + n
		word := isWordRune(r)
		if word {
			end = wordEnd(text, i, s.End)
			if end < s.End && text[end] == '.' && unicode.IsUpper(r) && (titles[fold(text[i:end])] || end == i+n && end+2 < s.End && text[end+1] == ' ' && isUpperAt(text, end+2)) {
				end++ // "Mr." and "J." are words
			} else if end+1 < s.End && text[end] == '.' && end-i >= 3 && text[end-2] == '.' {
				end++ // "U.S."
			}
		}
		for qi < len(quotes) && quotes[qi].span.End <= i {
			qi++
		}
		q := -1
		if qi < len(quotes) && quotes[qi].span.Start <= i {
			q = qi
		}
		if word {
			w := fold(text[i:end])
			if cut := possessive(w); cut > 0 {
				at := i + len(text[i:end]) - suffixLen(text[i:end], cut)
				out = append(out, token{span: graph.Span{Start: i, End: at}, lower: fold(text[i:at]), word: true, cap: unicode.IsUpper(r), quote: q})
				out = append(out, token{span: graph.Span{Start: at, End: end}, lower: "'s", quote: q})
				i = end
				continue
			}
			out = append(out, token{span: graph.Span{Start: i, End: end}, lower: w, word: true, cap: unicode.IsUpper(r), quote: q})
		} else {
			out = append(out, token{span: graph.Span{Start: i, End: end}, lower: text[i:end], quote: q})
		}
		i = end
	}
	return out
}

func wordEnd(text string, i, end int) int {
	for i < end {
		r, n := utf8.DecodeRuneInString(text[i:end])
		switch {
		case isWordRune(r) || unicode.IsMark(r):
			i += n
			continue
		case (r == '\'' || r == '’' || r == '-' || r == '‑' || r == '.' || r == ',' || r == '&' || r == '@') && i+n < end:
			next, _ := utf8.DecodeRuneInString(text[i+n : end])
			before, _ := utf8.DecodeLastRuneInString(text[:i])
			inside := isWordRune(next) && isWordRune(before)
			if r == '.' || r == ',' { // inside numbers and initials only
				inside = inside && (unicode.IsDigit(before) && unicode.IsDigit(next) || r == '.' && unicode.IsUpper(before) && unicode.IsUpper(next))
			}
			if inside {
				i += n
				continue
			}
		}
		return i
	}
	return i
}

// fold lowers a word and straightens its apostrophes.
func fold(s string) string {
	return strings.ToLower(strings.ReplaceAll(s, "’", "'"))
}

// possessive returns the length, in folded bytes, of a possessive 's, or 0.
func possessive(w string) int {
	if !strings.HasSuffix(w, "'s") || len(w) < 3 {
		return 0
	}
	switch w {
	case "it's", "he's", "she's", "that's", "there's", "here's", "what's", "who's", "where's", "how's", "let's":
		return 0
	}
	return 2
}

// suffixLen is the length in bytes of the last cut runes of s.
func suffixLen(s string, cut int) int {
	n := 0
	for ; cut > 0; cut-- {
		_, size := utf8.DecodeLastRuneInString(s[:len(s)-n])
		n += size
	}
	return n
}

func isUpperAt(text string, i int) bool { return unicode.IsUpper(firstRune(text[i:])) }

// titles are abbreviations before a name: their full stop ends no sentence.
var titles = set(`mr mrs ms dr prof rev sen rep gov gen lt col sgt capt hon pres sens reps supt st cllr messrs`)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// Closed classes of English words, as far as clause boundaries need them.
var (
	determiners  = set(`a an the this that these those his her its their our my your some any no every each all both many several most few another one two three four five six seven eight nine ten more other such which whose`)
	pronouns     = set(`he she they it i we you who everyone someone anyone nobody everybody somebody`)
	objectPron   = set(`him her them it me us you`)
	subjectStart = set(`he she they it i we you there this that these those who what nobody everyone everybody someone anyone something nothing people`)
	auxiliaries  = set(`is are was were be been being am 's has have had having do does did will would shall should can could may might must cannot can't won't wouldn't couldn't shouldn't isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't it's he's she's that's there's they're we're i'm you're they've we've i've you've he'd she'd they'd i'd we'd he'll she'll they'll i'll we'll it'll you'll`)
	beForms      = set(`is are was were be been being am isn't aren't wasn't weren't`)
	haveForms    = set(`has have had having hasn't haven't hadn't`)
	adverbs      = set(`also later once never often already still just even now then again recently earlier yesterday today previously famously reportedly not n't only simply twice always soon first further rightly previously privately publicly initially eventually finally otherwise explicitly separately subsequently since long ever so instead too very too quite rather thus therefore however though nevertheless meanwhile moreover furthermore somewhat perhaps maybe indeed almost fairly`)
	conjunctions = set(`and or but nor yet so plus`)
	subordinates = set(`that when while as because if although though since until unless whereas before after whether where why how what which who whom whose once than lest despite`)
	prepositions = set(`of for at from in on with to by about against between into over under after before during through without within among amid via per since toward towards upon despite around across off out up down like near behind beyond except regarding following including`)
	timeWords    = set(`monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december yesterday today tonight tomorrow week month year morning afternoon evening night`)
	nounPreps    = set(`of for at from in on with to against behind between within`)
)

func isAdverb(w string) bool {
	return adverbs[w] || len(w) > 4 && strings.HasSuffix(w, "ly") && !notAdverbs[w]
}

var notAdverbs = set(`family italy july reply supply apply rely ally bully assembly anomaly daily weekly monthly early only kelly emily sally billy holly molly reilly connolly polly elderly friendly lovely likely butterfly`)

// finiteVerb guesses, from the word alone, whether a token can be the verb of a
// clause: auxiliaries surely, past and third-person forms by their ending.
func finiteVerb(w string) bool {
	if auxiliaries[w] || irregularPast[w] {
		return true
	}
	return len(w) > 3 && strings.HasSuffix(w, "ed") || commonVerbs[w]
}

var irregularPast = set(`said told made went came took gave got found thought knew saw left felt kept began brought bought held wrote stood heard let meant set met ran paid sat spoke led grew lost fell sent built understood drew broke spent cut rose drove put won lay chose hit struck became shot sold saw threw taught fought read hurt caught shook wore bore sought swore hid rode`)

var commonVerbs = set(`says tells claims makes goes comes takes gives gets finds thinks knows sees wants needs means remains shows keeps lets begins seems helps talks turns starts runs moves likes lives believes holds brings happens provides includes continues sets learns changes leads understands follows stops creates speaks reads allows adds spends grows opens walks wins offers remembers loves considers appears buys waits serves dies sends expects builds stays falls cuts reaches kills raises looks uses works calls tries asks feels becomes leaves puts need want think know believe make take get see give find feel hope like seem remain support agree help work`)
