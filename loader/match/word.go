package match

import (
	"hash/fnv"
	"slices"
	"strings"

	"github.com/kljensen/snowball/english"

	"whence/graph"
)

// A word is the hash of a folded word.
type word uint32

func wordOf(folded string) word { return word(hash(folded)) }

func hash(s string) uint32 {
	h := fnv.New32a()
	h.Write([]byte(s))
	return h.Sum32()
}

// A concept is what words are about: the hash of a stem, or of the name of a group
// of stems that say the same. Its last bit is set when all news is full of the word.
// The zero concept is that of a stop word.
type concept uint32

// conceptOf returns the concept of a stem or of a group.
func conceptOf(name string) concept {
	c := concept(hash(name)) &^ 1
	if common[name] {
		return c | 1
	}
	return c
}

// heavy reports whether it tells much that two texts share the concept.
func (c concept) heavy() bool { return c&1 == 0 }

// weight says how much it tells that two texts share the concept.
func (c concept) weight() int {
	if c.heavy() {
		return 3
	}
	return 1
}

// A lexicon turns words into concepts and remembers them for one side.
type lexicon map[string]concept

// concept returns what a folded word stands for, 0 for a stop word.
func (l lexicon) concept(word string) concept {
	c, ok := l[word]
	if !ok {
		if name := stemOf(word); name != "" {
			c = conceptOf(name)
		}
		l[word] = c
	}
	return c
}

// stemOf returns the stem of a folded word or the name of its group, "" for a stop word.
func stemOf(word string) string {
	if stop[word] || len(word) < 2 || len(word) >= 40 {
		return ""
	}
	stem := english.Stem(word, false)
	if group, ok := groups[stem]; ok {
		return group
	}
	return stem
}

// concepts returns the first concepts of a text, at most limit, sorted, each once.
func (l lexicon) concepts(words []string, limit int) []concept {
	var out []concept
	seen := map[concept]bool{}
	for _, w := range words {
		if len(out) == limit {
			break
		}
		if c := l.concept(w); c != 0 && !seen[c] {
			seen[c] = true
			out = append(out, c)
		}
	}
	slices.Sort(out)
	return slices.Clip(out)
}

func weigh(cs []concept) int {
	sum := 0
	for _, c := range cs {
		sum += c.weight()
	}
	return sum
}

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// stop are words that say nothing of what a claim is about, and the verbs of saying.
var stop = set(`a about above after again against all also although always am among an and another any anybody anyone anything are
as at away be because been before behind being below between both but by came can come could d did do does doing done down during each
either else enough etc even ever every everybody everyone everything few first for from get gets getting give given go goes going gone got
had has have having he her here hers herself him himself his how however i if in indeed instead into is it its itself just ll made make makes
making many may maybe me might mine more most much must my myself neither no nobody none nor not nothing now of off often on once one
only onto or other others ought our ours ourselves out over own per perhaps quite rather re really s same say says said saying see seem
seems seen shall she should since so some somebody someone something sometimes still such t take taken than that the their theirs them
themselves then there therefore these they thing things this those though through thus to together too toward towards two under until up
upon us use used using ve very via was way we well went were what whatever when where whether which while who whoever whole whom whose why
will with within without would yes yet you your yours yourself told tell tells telling asked ask claim claims claimed according added
warned urged argued believe believes believed think thinks thought know known like want wants wanted need needs let lot put able mr mrs ms
dr sir lord lady dame kind kinds sort sorts type types`)

// common are the stems that news of any kind is full of.
var common = func() map[string]bool {
	m := map[string]bool{}
	for w := range set(`people person year month week day time time new old good bad better best worst big small high low long short great large
number part place case point fact group work worker job life world country nation national state government minister secretary party public
private policy plan system service support help care health money cost pay price business company firm market economy economic social local
community family child children man woman men women home house school student university law court police right report news media article
statement story issue problem question answer result change increase rise fall reduce growth need important different possible likely
show find found start begin end stop keep hold bring turn lead leave move run call mean set look feel become happen live lives million
billion thousand hundred percent cent per half third quarter rate level figure data evidence research study survey last next late early today
yesterday tomorrow current recent future past uk britain british england english scotland wales ireland london american america us president
prime office department member mp leader labour conservative voter election vote political politics force power use try hope concern
access available provide include including offer open close full hard real clear sure far near home team programme project staff
act action effort deal decision way area centre center city town street county council council spokesperson spokesman spokeswoman chief
director executive head officer professor expert university interview speech bbc said`) {
		m[stemOf(w)] = true
	}
	return m
}()

// groups are words that reporters put for one another. Each line is one group,
// named by its first word.
var groups = func() map[string]string {
	m := map[string]string{}
	for _, line := range []string{
		"rise increase grow grew growth risen rose climb climbed soar soared surge surged jump jumped",
		"fall fell fallen drop dropped decline declined decrease decreased plunge plunged shrink shrank shrunk",
		"cut reduce reduction slash slashed",
		"death die died dead dying killed kill deaths",
		"wage salary earnings",
		"company firm business corporation",
		"pupil schoolchild schoolchildren",
		"doctor gp physician",
		"hospital ward inpatient inpatients wards",
		"employment employ employed employee employees job jobs work working worker workers",
		"coach coaches coaching adviser advisers advisor advisors",
		"trial trials pilot pilots piloted trialled",
		"illness ill sick sickness disease diseases",
		"begin start launch began begun",
		"halt stop scrap scrapped axe axed abolish abolished",
		"plan plans planned planning proposal proposals propose proposed intend intends",
		"ban bans banned prohibit prohibited prohibition outlaw outlawed",
		"person people individual individuals",
		"child children kid kids",
		"house housing home homes",
		"welfare benefit benefits",
		"road roads motorway highway",
		"flood floods flooded flooding",
		"buy bought purchase purchased",
		"build built building construct constructed construction",
		"police policing constabulary",
		"student students undergraduate undergraduates",
		"migrant migrants immigrant immigrants",
		"emission emissions emit emits emitted",
		"teenager teenagers adolescent adolescents",
		"participant participants attendee attendees",
		"prisoner prisoners inmate inmates",
		"car cars vehicle vehicles automobile",
		"food meal meals",
		"purchase purchases procure procurement",
		"shop shops store stores",
		"minister ministers secretary",
		"shut shuts closed closure close closes",
		"area areas region regions district districts",
		"kidney kidneys renal",
		"cancer tumour tumours tumor tumors",
		"lawyer lawyers solicitor solicitors barrister attorney attorneys",
		"error errors mistake mistakes",
		"film films movie movies",
		"money funding funds cash",
		"poll polls survey surveys",
		"remain remains remained stay stays stayed",
		"assist assistance help helps helped aid",
		"obtain obtains obtained receive receives received",
		"require requires required oblige obliged",
		"reveal reveals revealed disclose disclosed",
		"sack sacked dismiss dismissed",
		"vaccine vaccines vaccination vaccinated jab jabs",
	} {
		words := strings.Fields(line)
		name := "=" + words[0]
		for _, w := range words {
			m[english.Stem(w, false)] = name
		}
	}
	return m
}()

// opposites are concepts that cannot both be told of one thing.
var opposites = func() (out [][2]concept) {
	for _, pair := range strings.Split(`rise fall|rise cut|begin halt|succeed fail|support oppose|accept reject|widen narrow|lengthen shorten|
strengthen weaken|improve worsen|better worse|fast slow|early late|high low|win lose|gain lose|open close|import export|buy sell|
approve refuse|confirm deny|include exclude|safe dangerous|safe unsafe|guilty innocent|legal illegal|hire sack|arrive leave|male female|
man woman|boy girl|urban rural|public private|adult child|young old|rich poor|north south|east west|employer employee|landlord tenant|
defend attack|agree disagree|likely unlikely|possible impossible|minimum maximum|summer winter|success failure|profit loss|add cut|grow shrink|
long short|strong weak|warm cold|thick thin|heavy light|full empty|true false|right wrong|majority minority|highest lowest|largest smallest|biggest smallest|oldest youngest|older younger|higher lower|faster slower|earlier later|longer shorter|richer poorer|safer dangerous|increase reduce|enter leave|lend borrow|parent child|teacher pupil|import domestic|day night|morning evening|indoor outdoor|inside outside|double halve|surplus deficit|expand contract|deteriorate improve|accelerate slow|hot cold|wet dry|cheap expensive|cheaper dearer|join leave|appoint dismiss|promote demote|encourage discourage|advance retreat|upgrade downgrade|overestimate underestimate|tighten loosen|tighten relax|raise lower|easy hard|easy difficult|easier harder|recruit dismiss|praise criticise|praise criticize|welcome condemn|friend enemy|optimistic pessimistic|victory defeat|dearer cheaper|shallow deep|allow ban|permit ban|legalise ban|lift impose|recover worsen|ahead behind|upper lower|single married|mother father|husband wife|son daughter`, "|") {
		words := strings.Fields(pair)
		out = append(out, [2]concept{conceptOf(stemOf(words[0])), conceptOf(stemOf(words[1]))})
	}
	return out
}()

func fold(s string) []string { return graph.FoldWords(s) }
