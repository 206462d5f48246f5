package evaluate

import "strings"

// The types of attributions.
const (
	direct   = "direct"
	indirect = "indirect"
	mixed    = "mixed"
	voice    = "voice"
)

// reportingVerbs are the verbs that tell of speech or writing, without what tells of wishes,
// plans or feelings.
const reportingVerbs = `
accuse acknowledge add address admit advise agree allege announce answer apologise apologize argue ask assert
attack blame blast blog boast brag call caution challenge characterise characterize charge chide cite claim
clarify comment communicate complain concede conclude condemn confirm contend continue counter criticise
criticize declare decline defend demand denounce deny describe disclose discuss dismiss dub echo elaborate
emphasise emphasize estimate exclaim explain express guarantee guess highlight hint imply indicate inform insist
instruct interject joke label lament maintain mention muse note observe opine order pledge point portray post
praise predict proclaim profess promise pronounce propose protest question quip quote read rebut recall reckon
recommend recount refer refuse reiterate reject relate remark remind repeat reply report request respond retort
reveal rule say shout signal slam speak specify speculate state stress suggest summarize swear talk tease tell
testify thank threaten tout tweet underscore urge volunteer vow warn whisper wonder write yell`

// reportingForms are the forms of these verbs that no rule makes, and the other words that tell of speech.
const reportingForms = `
admitted admitting bragged bragging clarified clarifies denied denies dubbed dubbing implied implies labelled
quipped quipping rebutted referred referring replied replies said signalled signalling slammed slamming spoke
spoken specified specifies swore sworn told testified testifies wrote written
accusation accusations according allegation allegations allegedly announcement comments criticism interview
remarks reportedly statement statements testimony tweets words`

var reporting = func() map[string]bool {
	words := map[string]bool{}
	for _, verb := range strings.Fields(reportingVerbs) {
		for _, ending := range []string{"", "s", "es", "ed", "ing"} {
			words[verb+ending] = true
		}
		if stem, ok := strings.CutSuffix(verb, "e"); ok {
			words[verb+"d"] = true
			words[stem+"ing"] = true
		}
	}
	for _, form := range strings.Fields(reportingForms) {
		words[form] = true
	}
	return words
}()

// isSpeech reports whether somebody speaks or writes: words in quotation marks, a colon, or a cue with a
// reporting word.
func (p *page) isSpeech(typ string, cue []Span) bool {
	if typ == direct || typ == mixed {
		return true
	}
	words := strings.ToLower(p.at(cue))
	if strings.Contains(words, ":") {
		return true
	}
	for _, w := range strings.FieldsFunc(words, func(r rune) bool { return r < 'a' || r > 'z' }) {
		if reporting[w] {
			return true
		}
	}
	return false
}
