package extract

import "strings"

// A frame is what a reporting word can govern.
type frame uint16

const (
	// says governs a clause or a quotation: "said that …", "said: “…”".
	says frame = 1 << iota
	// tells governs a hearer before the clause: "told the BBC that …".
	tells
	// orders governs an infinitive: "urged employers to …", "promised to …".
	orders
	// treats governs a noun: "announced plans", "denied the allegation".
	treats
	// names governs "as": "described it as …".
	names
	// doubtful can be a noun as well: "claims", "reports", "plans". It counts
	// only with a subject before it and a clause after it.
	doubtful
	// against sets the speaker against the content: "denied that …".
	against
	// thinks is belief and wish, not speech: weaker evidence that something was said.
	thinks
	// finds is what studies and figures do: "shows that", "suggests that".
	finds
)

// A verb is one reporting verb with its inflected forms.
type verb struct {
	lemma string
	frame frame
}

// reportingVerbs lists the verbs by what they govern. The classes follow Levin's
// verbs of communication (English Verb Classes and Alternations, 1993, ch. 37).
var reportingVerbs = buildVerbs(map[string]frame{
	`say point put add state argue explain claim insist acknowledge admit concede reply respond answer continue recall assert conclude reveal disclose stress emphasize emphasise remark observe complain allege maintain contend joke quip muse lament boast brag declare opine counter retort clarify specify reiterate underline underscore imply hint caution testify confide proclaim protest confess affirm exclaim sigh snap shout whisper cry interject elaborate posit theorize theorise speculate reason pronounce profess intimate venture`: says,
	// Manner of speaking, Levin 37.3.
	`yell scream chant bark gush fume wonder demur scoff sneer thunder roar mutter murmur mumble plead intone crow gripe grumble groan moan rant gloat enthuse marvel growl hiss howl holler bellow drawl shriek stammer wail whine blurt deadpan jest email text`: says,
	`write tweet post blog mention note report comment announce confirm repeat echo read`:                                            says | treats,
	`predict forecast estimate calculate reckon project foresee anticipate`:                                                          says | finds,
	`suggest propose recommend indicate signal show demonstrate prove find discover establish document highlight illustrate reflect`: says | finds | treats,
	`tell inform remind assure reassure notify advise warn convince persuade teach brief`:                                            says | tells | orders,
	`ask urge beg order instruct command encourage invite challenge press lobby implore exhort direct`:                               tells | orders,
	`promise pledge vow threaten agree swear guarantee`:                                                                              says | orders,
	`refuse decline`:         orders | against,
	`demand request require`: says | orders | treats,
	`deny dispute doubt`:     says | treats | against,
	`reject dismiss refute rebut condemn denounce criticise criticize slam blast attack oppose decry deplore question rubbish fault ridicule mock lambast castigate`: treats | against,
	`praise welcome applaud hail defend endorse laud commend celebrate back support champion tout`:                                                                   treats,
	`describe characterise characterize portray dub label brand depict hail dismiss denounce condemn`:                                                                treats | names,
	`accuse blame`:                 treats,
	`present regard view deem see`: names,
	`hold`:                         thinks,
	`call term`:                    treats | names,
	`believe think feel fear hope wish suspect assume worry know understand realise realize doubt regret recognise recognize accept consider expect hear learn remember`: says | thinks,
	`want plan intend seek aim prefer need`: orders | thinks,
	`invoke evoke commit`:                   treats,
	`cite quote discuss express voice raise unveil recount berate chide deride advocate appeal apologise apologize object`: treats,
	`concur disagree`: says,
})

// nounForms can be nouns; as verbs they need a subject and what they govern.
var nounForms = set(`claims reports notes states comments questions fears hopes demands requests promises plans estimates shows finds posts answers remarks attacks replies forecasts projects charges challenges doubts offers orders pledges vows threats signals highlights documents blogs tweets reasons regrets needs wants wishes commands press reflects details addresses voices issues releases presents terms calls labels brands claim report note state comment question fear hope demand request promise plan estimate show find post answer remark attack reply forecast project challenge doubt offer order pledge vow signal highlight document blog tweet reason regret need want wish command detail address voice issue release present term call label brand read email emails text texts rant roar chant back support supports backs feel feels challenge welcome`)

var irregularVerbs = map[string]string{
	"see": "sees saw seen seeing", "say": "says said saying", "hold": "holds held holding", "tell": "tells told telling", "write": "writes wrote written writing", "find": "finds found finding", "show": "shows showed shown showing",
	"swear": "swears swore sworn swearing", "deny": "denies denied denying", "reply": "replies replied replying", "testify": "testifies testified testifying", "imply": "implies implied implying",
	"think": "thinks thought thinking", "feel": "feels felt feeling", "know": "knows knew known knowing", "understand": "understands understood understanding", "hear": "hears heard hearing", "teach": "teaches taught teaching",
	"read": "reads reading", "clarify": "clarifies clarified clarifying", "specify": "specifies specified specifying", "cry": "cries cried crying", "decry": "decries decried decrying", "worry": "worries worried worrying",
	"foresee": "foresees foresaw foreseeing", "forecast": "forecasts forecasted forecasting", "seek": "seeks sought seeking", "notify": "notifies notified notifying", "lobby": "lobbies lobbied lobbying", "learn": "learns learned learnt learning",
	"quip": "quips quipped quipping", "admit": "admits admitted admitting", "brag": "brags bragged bragging", "snap": "snaps snapped snapping", "slam": "slams slammed slamming", "rebut": "rebuts rebutted rebutting", "blog": "blogs blogged blogging",
	"put": "puts putting", "dub": "dubs dubbed dubbing", "plan": "plans planned planning", "signal": "signals signalled signaled signalling signaling", "label": "labels labelled labeled labelling labeling", "confer": "confers conferred conferring", "commit": "commits committed committing",
	"concur": "concurs concurred concurring", "beg": "begs begged begging", "undertake": "undertakes undertook undertaken undertaking", "agree": "agrees agreed agreeing", "disagree": "disagrees disagreed disagreeing", "press": "presses pressed pressing", "express": "expresses expressed expressing", "publish": "publishes published publishing", "stress": "stresses stressed stressing", "guess": "guesses guessed guessing", "confess": "confesses confessed confessing", "profess": "professes professed professing", "teachs": "", "address": "addresses addressed addressing", "discuss": "discusses discussed discussing", "wish": "wishes wished wishing", "establish": "establishes established establishing", "dismiss": "dismisses dismissed dismissing", "attack": "attacks attacked attacking", "tweet": "tweets tweeted tweeting",
	"rubbish": "rubbishes rubbished rubbishing", "rely": "relies relied relying",
}

func buildVerbs(classes map[string]frame) map[string]verb {
	out := map[string]verb{}
	for lemmas, f := range classes {
		for _, lemma := range strings.Fields(lemmas) {
			for _, form := range inflect(lemma) {
				v := out[form]
				v.lemma = lemma
				v.frame |= f
				if nounForms[form] {
					v.frame |= doubtful
				}
				out[form] = v
			}
		}
	}
	return out
}

// inflect returns the forms of a verb: itself, -s, -ed, -ing.
func inflect(lemma string) []string {
	if forms, ok := irregularVerbs[lemma]; ok {
		return append(strings.Fields(forms), lemma)
	}
	if stem, ok := strings.CutSuffix(lemma, "e"); ok {
		return []string{lemma, lemma + "s", lemma + "d", stem + "ing"}
	}
	return []string{lemma, lemma + "s", lemma + "ed", lemma + "ing"}
}

// negativeNouns are what one has about a thing one is against.
var negativeNouns = set(`concern concerns doubt doubts fear fears alarm reservations reservation criticism criticisms objection objections dismay anger outrage opposition scepticism skepticism worry worries disappointment frustration regret unease disquiet`)

// evidenceNouns are what can show or suggest something without speaking.
var evidenceNouns = set(`research study studies report reports data figure figures survey surveys poll polls polling analysis analyses evidence document documents review reviews finding findings statistics estimate estimates trial trials pilot pilots scheme schemes letter letters record records paper papers audit inquiry investigation census records e-mail emails email memo memos test tests results result test projection projections forecast forecasts model models modelling assessment documents file files minutes accounts briefing article story numbers count ruling judgment polling tally index history source sources statement interview footage photograph video`)

// speechNouns stand for what somebody said.
var speechNouns = set(`claim claims statement statements assertion assertions allegation allegations suggestion suggestions warning warnings admission announcement argument belief view opinion comment comments remark remarks insistence contention prediction promise pledge vow denial complaint complaints accusation accusations conclusion finding findings estimate estimates fear fears hope hopes revelation acknowledgement acknowledgment recommendation recommendations observation point call calls assessment words notion suspicion assumption theory myth perception rumour rumours rumor rumors premise conviction hypothesis thesis confirmation assurance reassurance`)
