package graph

// A MatchQuery asks which of the claims and fact-checks that are held cover what somebody says.
type MatchQuery struct {
	Words      string // what is said, in any words
	Speaker    string // the name of who says it; "" if not known
	FactChecks bool   // fact-checks only
	Commenters bool   // also the claims of readers in comments
	After      ID     // the cursor: what comes after this claim or document
	Limit      int    // 0 is all
}

// A Match is a claim, or a fact-check as a whole, that may cover what was asked. A fact-check is one match, by
// the claim in it that comes nearest.
type Match struct {
	Document  ID
	Claim     ID // "" when the title of a fact-check comes nearer than any claim in it
	FactCheck bool
	Score     Confidence // puts matches in order; see Shared, Words and Meaning for what it is made of
	Words     Confidence // how much of the weight of the words asked for stands in it
	Meaning   Confidence // how close it comes in meaning; 0 where meaning does not count
	Shared    []string   // words asked for that stand in it, folded, the rarest first
	Named     bool       // the speaker asked for makes the claim or stands in the title
}

// ID is what a list of matches calls the match by.
func (m Match) ID() ID {
	if m.FactCheck {
		return m.Document
	}
	return m.Claim
}
