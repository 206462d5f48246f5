package segment

import (
	"regexp"
	"regexp/syntax"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// The stock phrases that web pages put around a text, in three sorts. A sentence of an
// article may begin as any of them does, so each sort is bounded in its own way.
var (
	// phraseForm: the whole line is the phrase.
	phraseForm = whole(
		// Navigation.
		`quick ?links?`, `(?:jump|skip) to .{0,40}`, `(?:main |site )?(?:menu|navigation)`, `(?:open|close|toggle) (?:menu|navigation|search)`, `home(?: ?page)?`, `search(?: (?:this|the) site)?`, `(?:back )?to (?:the )?top`,
		`(?:previous|next|newer|older)(?: (?:post|article|page|story|entry|entries|posts|comments))?`, `breadcrumbs?`, `you are (?:here|in)`, `continue reading`, `read (?:the )?(?:full|whole|rest of (?:the|this)) (?:story|article|post)`,
		`subscribe to:? (?:post comments|rss|this (?:blog|site))(?: \(atom\))?`, `posts? \(atom\)`, `rss(?: feeds?)?`, `a-z`, `all (?:topics|sections|news)`, `view (?:all|more)(?: .{0,40})?`, `show (?:more|less|all)`, `see (?:more|all|less)`, `sections?`, `cymraeg|english`,
		// Sharing and liking.
		`share(?: (?:this|the|now|on|via|with|post|page|article|story|link|facebook|twitter|x|whatsapp|linkedin|friends|e-?mail|your friends|social media))*`, `share this .{0,20}`, `share or comment on this article`, `save(?: for later)?`, `bookmark(?: this)?`, `tweet(?: this)?`, `e-?mail(?: this(?: (?:page|article|post))?)?(?: to a friend)?`, `print(?: this)?(?: page)?`, `pin(?: it)?`,
		`blogthis!?`, `share to (?:facebook|twitter|x|pinterest)`, `like this`, `like loading`, `loading`, `liked by .{1,40}`, `\d[\d,]* (?:likes?|shares?|retweets?|upvotes?|people like this|views?|followers?)`, `be the first to (?:like this|comment|reply)`,
		`follow(?: us)?(?: on)?`, `follow (?:us|me|@?\w+) on .{1,40}`, `copy (?:link|url)`, `(?:facebook|twitter|linkedin|whatsapp|reddit|instagram|pinterest|tumblr|youtube|messenger|telegram|bluesky|threads|mastodon)`, `(?:up|down) ?votes?`,
		// Comment forms.
		`write (?:a )?comments?`, `(?:or )?post as a guest`, `people in conversation`, `loading comments?(?:\W.*)?`, `(?:leave|post|add|submit|make|write)(?: a| an?other| your| new)? (?:reply|comment|response)(?: to .{0,60})?(?: ?cancel reply)?`, `cancel reply`, `your e-?mail address will not be published.*`,
		`required fields are marked.*`, `notify me of .{0,80}`, `(?:log|sign) ?in(?: (?:to|with) .{0,40})?(?: or (?:register|sign up).{0,40})?`, `register(?: (?:now|here|to (?:comment|reply|post)))?`, `you must be (?:logged|signed) in.{0,60}`, `please (?:log|sign) ?in .{0,60}`, `(?:log|sign) in to .{0,40}`,
		`sort(?:ed)? by.{0,40}`, `(?:newest|oldest|best|top|most (?:liked|recent|relevant))(?: first| comments?)?`, `load (?:more|older|newer|previous)(?: comments?| replies)?`, `(?:show|view|hide|see|read)(?: all| more)? ?(?:\d[\d,]*)? ?(?:more )?(?:previous )?(?:comments?|repl(?:y|ies))`, `\d+ repl(?:y|ies)`, `replies`,
		`(?:this|the) (?:comment|post) (?:has been|was) (?:removed|deleted|hidden|edited)(?: (?:by|because|for|at|as) .{0,80})?`, `\[?(?:comment )?(?:removed|deleted)(?: by .{0,40})?\]?`, `(?:verified|top) (?:user|commenter|fan)`, `(?:staff|author|moderator|mod)`,
		`report(?: (?:abuse|comment|this(?: comment| post)?))?(?: \(comment number \d+\))?`, `click to rate(?: .*)?`, `rate (?:this|up|down).{0,20}`, `comment number \d+`, `mark as (?:spam|helpful)`, `this comment is awaiting moderation`,
		`save my name, e-?mail.*`, `name \*|e-?mail \*|website|comment \*`, `post (?:a )?comment`, `(?:what do you think|tell us what you think)\??.{0,60}`, `have your say(?: .{0,40})?`,
		// Boxes.
		`(?:our |free )?newsletters?`, `enter your e-?mail.*`, `e-?mail address`, `icontact`, `mailchimp`, `donate(?: now| today| here)?`, `advertisements?|sponsored(?: content)?|promoted|adverts?|advertisement feature`, `accept(?: all| additional)?(?: cookies)?`, `reject(?: all| additional)?(?: cookies)?`, `(?:manage |view )?cookie(?:s| policy| settings| preferences| notice)`,
		`hide (?:this|cookie) message`, `(?:manage|more) (?:options|choices|preferences)`, `(?:terms (?:of (?:use|service)|and conditions|& conditions)|privacy(?: (?:policy|notice))?|contact us|about us|accessibility(?: statement)?|site ?map)(?:\s*[|·•].*)?`, `all rights reserved`, `registered charity(?: (?:no|number))?\W*[\d /,and()]+.{0,120}`,
		`(?:getty images|pa media|pa wire|reuters|shutterstock|alamy(?: stock photo)?|istock|unsplash|epa|afp|ap)(?:/.{0,40})?`, `image source, .{0,80}`, `image (?:source|caption)`, `getty`, `thank you for your comment`, `\d+ min(?:ute)?s? read`, `(?:estimated )?read(?:ing)? time.{0,20}`, `min(?:ute)?s? read`,
		`[-–—* ]*ends?[-–—* ]*`, `#+`, `for immediate release`, `press release`, `media release`, `page \d+(?: of \d+)?`, `back to (?:news|all news|blog|articles|home)`, `download(?: (?:the|this|pdf|as).{0,40})?`, `listen to this article.{0,20}`, `listen|watch|play(?: video)?|gallery`,
		`about the author`, `live reporting`, `live feed`, `recent activity`,
	)
	// labelForm: a label, then what it labels, which is no sentence.
	labelForm = whole(
		`(?:previous|next)(?: (?:post|article|page|story))?: .{1,120}`, `(?:← ?|« ?)(?:older|previous).{0,120}`, `you are (?:here|in):? .{1,120}`, `tags?: .{1,160}`, `tagged(?: with| in| as)?:? .{1,160}`, `posted in:? .{1,120}`, `filed under:? .{1,120}`, `categor(?:y|ies): .{1,160}`, `topics?: .{1,160}`, `labels: .{1,160}`, `keywords?: .{1,160}`, `sections?: .{1,60}`,
		`(?:read|see|watch|listen)(?: more| next| also)?: .{1,160}`, `related(?: (?:article|story|content|post))?: .{1,160}`, `more: .{1,120}`, `re: .{1,120}`, `(?:ping|track)backs?:? .{1,200}`, `photo(?:graph)? by .{1,60}`,
		`(?:©|\(c\)).{0,160}`, `copyright\W*(?:©|\(c\)|\d{4}).{0,160}`, `powered by .{1,40}`, `in reply to:? .{1,40}`, `(?:reply|replying) to:? .{1,40}`, `(?:proudly )?powered by wordpress.{0,60}`, `theme: .{1,60}`, `(?:share|follow us) (?:on|via|with) .{1,40}`, `posted (?:on|at) [^a-z]{0,40}`, `location: .{1,40}`, `most (?:read|popular) in .{1,40}`, `more from .{1,60}`, `archives? for .{1,40}`,
		`(?:join|get|receive) .{0,60}newsletters?.{0,60}`, `click here (?:to|for) .{1,80}`, `sign up (?:for|to|here|now|today)(?: (?:our|the|a|free|for|to|here|now|today|weekly|daily|email|e-mail|news|newsletters?|updates?|alerts?|bulletins?|mailing|list|receive)\b.{0,80})?`, `subscribe(?: (?:to|now|here|for|by|via) .{0,120})?`,
		`support (?:us|our work|this site|independent journalism).{0,80}`, `you (?:may|might) also (?:like|be interested in)\b.{0,80}`, `enjoy(?:ed|ing)? this (?:article|post)\b.{0,120}`,
	)
	// noticeForm: sentences that only a page says.
	noticeForm = whole(
		`image (?:result for|source|credit|copyright)s?\b.{0,120}`, `image caption,? .{0,220}`, `(?:photo(?:graph)?|picture|image|illustration|video|cartoon|credit)s?(?: by| credit)?: .{0,120}`,
		`(?:thank you for your comment\. ?)?(?:reader )?comments? (?:(?:on|for) this .{1,30} )?(?:are|is|have been|has been|were)(?: now| currently| pre-| post-)? ?(?:moderated|closed|disabled|off|turned off|switched off|open)\b.{0,120}`, `comments? (?:will be|may be) (?:moderated|reviewed|subject to moderation)\b.{0,120}`, `(?:sorry, )?comments? (?:are|is) .{0,20}(?:closed|disabled|moderated)\b.{0,80}`, `thank you for your comment.{0,80}`, `sorry, you must be .{1,80}`,
		`(?:the )?comments below have (?:not )?been moderated.{0,120}`, `the views expressed in the (?:contents|comments) above.{0,160}`, `this (?:entry was posted|post was (?:published|filed)|article was posted)\b.{0,200}`, `you can follow any responses to this entry.{0,160}`, `bookmark the permalink`, `both comments and pings are.{0,80}`,
		`free .{0,60} (?:updates?|newsletters?|alerts?)[.!]?`, `delivered (?:daily|weekly|fortnightly|monthly|(?:straight |direct(?:ly)? )?to your inbox).{0,60}`,
		`(?:subscribe|sign up|join|register)\b.{0,100}\b(?:newsletters?|mailing list|e-?mail (?:updates|alerts|list)|bulletins?|inbox|new posts by email)\b.{0,100}`, `you (?:can|may) unsubscribe at any time.{0,80}`, `by (?:signing up|subscribing|clicking|continuing)\b.{0,160}`, `(?:please )?enter your e-?mail.{0,120}`,
		`(?:we|this (?:site|website)|our (?:site|website)|the guardian)(?: also)?(?: and our partners)? (?:use|uses|would like to use|store|set)s?(?: \w+){0,3} cookies\b.{0,400}`, `by using (?:this|our) (?:site|website).{0,200}`, `cookies (?:on|help us|are small files)\b.{0,200}`, `(?:we'd|we would|we’d) like to (?:set|use)(?: \w+){0,3} cookies.{0,300}`,
		`please (?:enable|turn on) javascript.{0,120}`, `your browser (?:does not|is not).{0,120}`, `this (?:video|content) (?:can not|cannot|can't|is not).{0,80}`, `to play this video.{0,80}`, `like what you(?:'|’)re reading\?.{0,120}`, `(?:if you )?enjoy(?:ed|ing)? this (?:article|post)\?.{0,120}`, `donate(?: now| today| here)(?: to .{1,80})?[.!]?`, `follow us on .{1,80}`, `(?:send|share|email) (?:us )?your (?:pictures|photos|stories|videos|news)\b.{0,120}`,
		`(?:registered|a registered) (?:charity|company)(?: (?:in|no|number)\b)?.{0,160}\d{5,8}.{0,80}`,
	)
	// boxForm heads a list of other pages, up to where prose begins.
	boxForm = whole(
		`related (?:posts?|articles?|stories|content|links?|topics|coverage|reading|news|pages)`, `more (?:on this(?: story)?|like this|stories|news|articles|posts|from .{1,60}|about .{1,60}|headlines)`, `(?:most|top) (?:read|popular|viewed|commented|shared|stories)`, `(?:read|see|watch) (?:more|next|also)`, `recommended(?: for you| reading| stories)?`, `you (?:may|might) also (?:like|be interested in)`,
		`(?:latest|recent|other|popular|featured)(?: \w+)? (?:news|stories|posts|articles|comments|headlines|tweets|entries)`, `trending(?: now| today)?`, `editors?['’]?s?['’]? picks?`, `(?:blog )?archives?`, `categories`, `tags`, `tag cloud`, `blogroll`, `in this (?:article|section|story|page|guide)`, `on this page`, `(?:table of )?contents`, `(?:useful|external|internal|important) links?`,
		`elsewhere on .{1,40}`, `from (?:the|around the) (?:web|archives?)`, `in other news`, `search this (?:blog|site)`, `followers`, `about (?:us|(?:this|the|our) (?:blog|site|website))`, `contact us`, `related`, `blog stats`, `meta`, `pages`, `follow blog via e-?mail`, `share this`, `top comments`, `explore(?: more)?(?: .{1,40})?`, `don['’]t miss`, `what to read next`, `up next`, `promoted stories`, `recommended by outbrain`,
	)
	// inboxForm is a box's sentence by what it holds.
	inboxForm = form(`(?i)\bsubscribe to .{0,60}\b(?:news|newsletters?|updates|feed|channel|podcast|blog|mailing list|bulletin)\b|\b(?:straight|direct|directly|delivered|sent|free|weekly|daily)\b.{0,30} to your inbox\b`)
)

// controls are the words of buttons under a comment or an article.
var controls = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(`like likes liked unlike reply replies report share shares flag quote edit edited delete permalink link translate
		translation upvote upvotes downvote downvotes up down vote votes recommend recommended award follow hide collapse more options parent
		source context save comment crosspost embed abuse to rate click see`) {
		m[w] = true
	}
	return m
}()

// forms are alternatives, kept by the letters with which a line of each can begin: a line is
// tried against few of them.
type forms struct {
	first map[rune]*regexp.Regexp
	other *regexp.Regexp // those that can begin with anything
}

// whole makes forms of alternatives when they are first used, as [form] does.
func whole(alternatives ...string) func() forms {
	return sync.OnceValue(func() forms { return newForms(alternatives) })
}

func newForms(alternatives []string) forms {
	compile := func(some []string) *regexp.Regexp {
		return regexp.MustCompile(`(?i)^(?:` + strings.Join(some, "|") + `)\s*[:.…!›»>→]*$`)
	}
	f := forms{first: map[rune]*regexp.Regexp{}}
	by, others := map[rune][]string{}, []string{}
	for _, a := range alternatives {
		runes, any := firstRunes(a)
		if any {
			others = append(others, a)
			continue
		}
		for _, r := range runes {
			by[r] = append(by[r], a)
		}
	}
	for r, some := range by {
		f.first[r] = compile(append(some, others...))
	}
	f.other = compile(append(others, `\x{10ffff}`))
	return f
}

// MatchString reports whether one of the alternatives is the whole of a line.
func (f forms) MatchString(s string) bool {
	if re := f.first[unicode.ToLower(firstRune(s))]; re != nil {
		return re.MatchString(s)
	}
	return f.other.MatchString(s)
}

// firstRunes returns the runes, in lower case, with which a match of an expression can begin;
// any says that there are too many.
func firstRunes(expr string) (runes []rune, any bool) {
	re, err := syntax.Parse(`(?i:`+expr+`)`, syntax.Perl)
	if err != nil {
		panic("segment: " + expr + ": " + err.Error())
	}
	prog, err := syntax.Compile(re.Simplify())
	if err != nil {
		panic("segment: " + expr + ": " + err.Error())
	}
	seen, have := map[uint32]bool{}, map[rune]bool{}
	var walk func(pc uint32)
	walk = func(pc uint32) {
		if seen[pc] {
			return
		}
		seen[pc] = true
		switch in := prog.Inst[pc]; in.Op {
		case syntax.InstAlt, syntax.InstAltMatch:
			walk(in.Out)
			walk(in.Arg)
		case syntax.InstCapture, syntax.InstNop, syntax.InstEmptyWidth:
			walk(in.Out)
		case syntax.InstRune, syntax.InstRune1:
			for r := rune(0); r < 0x3000; r++ {
				if l := unicode.ToLower(r); in.MatchRune(r) && !have[l] {
					have[l] = true
					runes = append(runes, l)
				}
			}
		default:
			any = true
		}
	}
	walk(uint32(prog.Start))
	return runes, any || len(runes) > 100
}

// maxFurniture bounds a line of furniture, in characters; maxNotice one that is a sentence.
const (
	maxFurniture = 220
	maxNotice    = 480
	maxLabel     = 6 // words of a label that ends as a sentence does
)

// isFurniture reports whether a line says nothing of its own.
func isFurniture(s string) bool {
	if len(s) > 4*maxNotice {
		return false
	}
	s = strings.Trim(s, " \t\u00a0·•|*_-–—»«›‹")
	n := utf8.RuneCountInString(s)
	switch {
	case n == 0 || isRule(s):
		return true
	case n > maxNotice:
		return false
	case n > maxFurniture:
		return noticeForm().MatchString(s)
	}
	return phraseForm().MatchString(s) || isBox(s) || isControl(s) || noticeForm().MatchString(s) || isInbox(s) || labelForm().MatchString(s) && !isProse(s)
}

func isInbox(s string) bool {
	return (strings.Contains(s, "ubscribe to") || strings.Contains(s, "inbox")) && inboxForm().MatchString(s)
}

// isBox reports whether a line heads a list of other pages.
func isBox(s string) bool {
	return len(s) <= 160 && boxForm().MatchString(strings.Trim(s, " \t\u00a0·•|*_-–—#"))
}

// isProse reports whether a line is long enough and ends so as to be a sentence.
func isProse(s string) bool {
	return endsSentence(s) && len(strings.Fields(s)) > maxLabel
}

// isRule reports whether a line is drawn, not written: "* * *", "-----".
func isRule(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// isControl reports whether a line is a row of buttons: "⛺ 5 | ▽ Reply Share ›", "Like · Reply · 2 w".
func isControl(s string) bool {
	if len(s) > 120 {
		return false
	}
	if mayStamp(s) {
		if m := ageForm().FindStringSubmatchIndex(s); m != nil {
			s = s[:m[2]] + s[m[3]:]
		}
	}
	buttons := 0
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != ',' }) {
		if unicode.IsDigit(firstRune(w)) {
			continue
		}
		if !controls[strings.ToLower(w)] {
			return false
		}
		buttons++
	}
	return buttons > 0
}

// isCount reports whether a line is a bare number, as of votes.
func isCount(s string) bool {
	s = strings.Trim(s, " \t\u00a0+-−–▲▼△▽⇧⇩👍👎❤️|·•#.")
	return s != "" && len(s) <= 12 && !strings.ContainsFunc(s, func(r rune) bool {
		return !unicode.IsDigit(r) && !strings.ContainsRune(", +-−–▲▼△▽⇧⇩|", r)
	})
}
