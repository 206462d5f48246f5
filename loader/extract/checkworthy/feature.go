package checkworthy

// A feature is one thing about a sentence that can be counted.
type feature int

// The features: first the classes of words, then what depends on more than one word.
const (
	first feature = iota
	we
	second
	third
	modal
	duty
	may
	believe
	judge
	stress
	negative
	asking
	condition
	command
	courtesy
	procedure
	kin
	have
	be
	been
	was
	past
	base
	change
	vote
	say
	cause
	subject
	body
	rival
	compare
	extreme
	part
	scale
	currency
	multiple
	ago
	now
	month
	clock
	every
	abstract
	intend
	act
	crowd
	work
	this
	determiner
	essay
	connective
	classes // how many classes of words there are
)

const (
	number    = classes + iota // a number, in digits or letters, that is no year
	bigNumber                  // of two digits or more
	percent
	money
	year
	boundedNumber  // "over 40"
	oneIn          // "one in ten"
	numberPast     // with a past or perfect verb in the sentence
	numberIntended // with what the speaker will do or thinks
	numberOnClock  // with times, or the talk of chairs
	numberSubject  // with what public life is about
	perfect        // "has closed", "have been"
	weDid          // "I signed", "we have built"
	weDidSubject   // the same, with what public life is about
	weWill         // "I would", "we must"
	weThink
	theyDid      // "he voted", "the court has ruled"
	theyAreDoing // "is closing", not of the speaker or the hearer
	isTo         // "is to close": what has been decided
	pastSubject
	timelessSubject // with what public life is about, but no past, no number and no comparison
	pastName
	neverPast
	isMore // "is higher", "has the most", with what public life is about
	willSubject
	ifYou
	name
	acronym
	asks         // ends with a question mark
	asksOutright // the same, and opens like a question
	exclaims
	opensI
	opensWe
	opensThis
	opensCommand
	opensAnd
	over4 // more than 4 words
	over9
	over16
	over25
	noVerb
	size // how many features there are
)

// counted says how each feature is called in the file of weights, and how many are counted at most.
var counted = [size]struct {
	name  string
	limit int
}{
	first:           {"I", 2},
	we:              {"we", 2},
	second:          {"you", 2},
	third:           {"he, she, they", 2},
	modal:           {"will, would", 2},
	duty:            {"must, should", 2},
	may:             {"may, perhaps", 1},
	believe:         {"think, hope", 2},
	judge:           {"good, absurd", 2},
	stress:          {"simply, honestly", 2},
	negative:        {"no, never", 2},
	asking:          {"who, how", 1},
	condition:       {"if", 1},
	command:         {"look, ask", 1},
	courtesy:        {"thank, welcome", 1},
	procedure:       {"order, clause", 2},
	kin:             {"wife, born", 1},
	have:            {"has, had", 2},
	be:              {"is, are", 2},
	been:            {"been", 1},
	was:             {"was, were", 2},
	past:            {"past", 3},
	base:            {"cut, put", 1},
	change:          {"rise, fall", 2},
	vote:            {"vote, law", 2},
	say:             {"said, promised", 2},
	cause:           {"because, led", 1},
	subject:         {"tax, crime", 3},
	body:            {"government, court", 3},
	rival:           {"opponent, president", 1},
	compare:         {"more, than", 3},
	extreme:         {"most, only", 2},
	part:            {"half, majority", 2},
	scale:           {"million", 1},
	currency:        {"dollars", 1},
	multiple:        {"twice, doubled", 1},
	ago:             {"since, years", 2},
	now:             {"today, still", 1},
	month:           {"March", 1},
	clock:           {"minutes, Monday", 1},
	every:           {"all, every", 1},
	abstract:        {"freedom, things", 2},
	intend:          {"going, plan", 2},
	act:             {"built, signed", 1},
	crowd:           {"people, families", 2},
	work:            {"program, policy", 1},
	this:            {"this, there", 2},
	determiner:      {"a, the", 3},
	essay:           {"concept, narrative", 2},
	connective:      {"however, rather", 1},
	number:          {"number", 3},
	bigNumber:       {"number of two digits", 2},
	percent:         {"percent", 1},
	money:           {"money", 1},
	year:            {"year", 1},
	boundedNumber:   {"over a number", 1},
	oneIn:           {"one in ten", 1},
	numberPast:      {"number and past", 1},
	numberIntended:  {"number and intention", 1},
	numberOnClock:   {"number and clock", 1},
	numberSubject:   {"number and tax, crime", 1},
	perfect:         {"has closed", 1},
	weDid:           {"I signed", 1},
	weDidSubject:    {"I signed and tax, crime", 1},
	weWill:          {"I will", 1},
	weThink:         {"I think", 1},
	theyDid:         {"he voted", 1},
	theyAreDoing:    {"they are closing", 1},
	isTo:            {"they are to close", 1},
	pastSubject:     {"past and tax, crime", 1},
	timelessSubject: {"always and tax, crime", 1},
	pastName:        {"past and name", 1},
	neverPast:       {"past and never", 1},
	isMore:          {"is more and tax, crime", 1},
	willSubject:     {"will and tax, crime", 1},
	ifYou:           {"if and you", 1},
	name:            {"name", 3},
	acronym:         {"acronym", 1},
	asks:            {"?", 1},
	asksOutright:    {"how many?", 1},
	exclaims:        {"!", 1},
	opensI:          {"opens with I", 1},
	opensWe:         {"opens with we", 1},
	opensThis:       {"opens with this", 1},
	opensCommand:    {"opens with look, ask", 1},
	opensAnd:        {"opens with and, but", 1},
	over4:           {"over 4 words", 1},
	over9:           {"over 9 words", 1},
	over16:          {"over 16 words", 1},
	over25:          {"over 25 words", 1},
	noVerb:          {"no verb", 1},
}
