package segment

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// furnitureForm holds the stock phrases that web pages put around a text. Each
// must be the whole line, or begin it where the phrase is unmistakable.
var furnitureForm = regexp.MustCompile(`(?i)^(?:` + strings.Join([]string{
	// Navigation.
	`quick ?links?`, `skip to .{0,40}`, `(?:main )?menu`, `home`, `search`, `back to top`, `(?:previous|next)(?: (?:post|article|page))?(?::.*)?`,
	`breadcrumbs?`, `you are here:?.*`, `related (?:posts?|articles?|stories|content|links|topics)`, `more (?:on this story|like this|from .{1,60})`,
	`most (?:read|popular|viewed)`, `read (?:more|next|also)(?::.*)?`, `recommended(?: for you)?`, `you (?:may|might) also like.*`, `continue reading.*`,
	`(?:table of )?contents`, `in this (?:article|section|story)`, `tags?:.*`, `tagged(?: with| in)?:?.{0,120}`, `posted in:?.{0,120}`, `filed under:?.{0,120}`, `categor(?:y|ies):.*`, `topics?:.*`,
	// Sharing and liking.
	`share(?: this)?(?: (?:post|page|article|story|on .*|via .*|with .*))?:?`, `tweet`, `e-?mail(?: this)?`, `print(?: this)?(?: page)?`, `pin(?: it)?`, `like this:?`, `like loading.*`, `loading\.*`,
	`liked by \d[\d,]* (?:person|people)`, `\d[\d,]* (?:likes?|shares?|retweets?|upvotes?|people like this|views?)`, `be the first to like this.*`, `follow(?: us)?(?: on .{1,40})?`, `copy link`, `facebook|twitter|linkedin|whatsapp|reddit|instagram|pinterest|tumblr`,
	`(?:like|reply|report|share|flag|quote|edit|delete|permalink|translate)(?:\s*[·•|/,-]?\s*(?:like|reply|report|share|flag|quote|edit|delete|permalink|translate|\d+\s*\w?))*`, `(?:up|down) ?vote.*`,
	// Comment forms.
	`(?:thank you for your comment\. ?)?comments? (?:are|is|will be|may be) (?:moderated|closed|disabled|off|turned off|now closed|subject to).*`, `thank you for your comment.{0,80}`, `write (?:a )?comments?\.*`, `or post as a guest`, `people in conversation:?`,
	`loading comment.*`, `(?:leave|post|add|submit)(?: a| your)? (?:reply|comment|response)(?: to .*)?(?:cancel reply)?`, `cancel reply`, `your e-?mail address will not be published.*`, `required fields are marked.*`, `notify me of .*`,
	`(?:log|sign) ?in(?: (?:to|with) .*)?(?: or (?:register|sign up).*)?`, `register(?: to .*)?`, `you must be logged in.*`, `sort by:?.*`, `(?:newest|oldest|best|top)(?: first| comments?)?`, `load more(?: comments)?`, `show (?:more|all|\d+).*(?:comments?|replies)`, `view (?:all|\d+|more) .*(?:comments?|replies)`,
	`this (?:comment|post) (?:has been|was) (?:removed|deleted|hidden|edited).*`, `\[?(?:comment )?(?:removed|deleted)(?: by .*)?\]?`, `in reply to.{0,60}`, `reply to .{0,60}`, `(?:verified|top) (?:user|commenter|fan)`,
	// Boxes.
	`subscribe(?: (?:to|now|here|for|by|via) .{0,120})?[.!]?`, `sign up (?:for|to|here|now|today).{0,160}`, `(?:join|get) .{0,60}newsletters?.*`, `(?:our )?newsletters?:?`, `free .{0,60} (?:updates?|newsletter|alerts?)[.!]?`, `delivered (?:daily|weekly|fortnightly|monthly|to your inbox).{0,40}`,
	`.{0,80}\bsubscribe to (?:the|our|this) .{0,120}`, `enter your e-?mail.*`, `icontact`, `mailchimp`, `donate(?: now| today| here)?[.!]?`, `support (?:us|our work|this site|independent journalism).{0,80}`, `advertisement|sponsored(?: content)?|promoted`, `(?:we use|this (?:site|website) uses) cookies.*`, `accept(?: all)?(?: cookies)?`, `cookie (?:policy|settings|preferences)`,
	`(?:terms (?:of use|and conditions)|privacy (?:policy|notice)|contact us|about us|accessibility|site ?map)(?:\s*[|·•].*)?`, `(?:©|\(c\)|copyright).{0,160}`, `all rights reserved.*`, `image (?:result for|source|credit|caption|copyright).*`, `(?:photo(?:graph)?|picture|image|illustration|credit)s?(?: by| credit)?:.{0,120}`, `(?:getty images|pa media|reuters|shutterstock|alamy|istock)(?:/.*)?`,
	`enjoy(?:ed)? this (?:article|post).{0,120}`, `click here (?:to|for) .{0,80}`, `(?:estimated )?read(?:ing)? time:?.*`, `\d+ min(?:ute)?s? read`, `powered by .{0,60}`, `posted (?:on|at) [^a-z]{0,40}`,
}, "|") + `)\s*[:.…]*$`)

// isFurniture reports whether a line says nothing of its own.
func isFurniture(s string) bool {
	if utf8.RuneCountInString(s) > 220 {
		return false
	}
	s = strings.Trim(s, " \t\u00a0·•|*_-–—»«›‹")
	return s == "" || furnitureForm.MatchString(s)
}

var (
	commentsHeader = regexp.MustCompile(`(?i)^(?:(?:\d[\d,]*|one|two|three|four|five|six|seven|eight|nine|ten|no)\s+)?(?:(?:reader|user|your|latest|recent|all|top|public)s?['’]?\s+)?(?:comments?|responses|replies|feedback|discussion)(?:\s*(?:section|so far|on this (?:article|post|story)|\(\d[\d,]*\)|\[\d+\]|:|\d+))*$|^(?:what (?:our )?readers (?:say|think|are saying)|readers['’]? (?:views|letters)|have your say|join the (?:conversation|discussion|debate)|your (?:views|thoughts|say))\s*:?$`)
	thoughtsHeader = regexp.MustCompile(`(?i)^(?:\d[\d,]*|one|two|three|four|five|six|seven|eight|nine|ten)\s+(?:thoughts?|responses?|repl(?:y|ies)|comments?)\s+(?:on|to|for)\s+[“"‘'«]?(.*)$`)
	ageForm        = regexp.MustCompile(`(?i)^[\s·•|,–—-]*((?:about |over |almost |around )?(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven) (?:second|sec|minute|min|hour|hr|day|week|month|year)s? ago|just now|yesterday|\d+\s?(?:m|h|d|w|mo|y)\b)[\s·•|,–—-]*(?:edited|\(edited\))?$`)
	headerForm     = regexp.MustCompile(`^@?([\p{L}\p{N}_][\p{L}\p{N}_.'’&-]*(?: [\p{L}\p{N}_.'’&()-]+){0,4}?)\s*(?:(?:[·•|,–—-]\s*|\()((?i:(?:about |over |almost )?(?:\d+|an?|one|two|three) (?:second|minute|min|hour|hr|day|week|month|year)s? ago|\d+\s?(?:m|h|d|w|mo|y)\b))\)?.*|(?i:says|said|wrote|writes|commented|replied|responded|posted)\s*(?:(?:on|at)\b.{0,60}|\d.{0,60}|this)?:)\s*(.*)$`)
	datedHeader    = regexp.MustCompile(`^(?:(?i:posted|comment|by|from)\s+(?i:by\s+)?)?@?([\p{Lu}\p{N}_][\p{L}\p{N}_.'’&-]*(?: [\p{L}\p{N}_.'’&-]+){0,3}?)\s*(?:[·•|,–—-]\s*|\s(?i:on|at)\s+|\s+|\()((?:\d{1,2}(?:st|nd|rd|th)?\s+\p{L}{3,9}\.?,?\s+\d{4}|\p{L}{3,9}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}|\d{1,2}/\d{1,2}/\d{2,4}|\d{4}-\d\d-\d\d)[^\p{L}]{0,4}(?:(?i:at)\s+)?[\d:. ]*(?i:am|pm)?\)?)\s*:?$`)
	updateForm     = regexp.MustCompile(`^[*_\[(]*(?i:(update|updated|correction|corrected|clarification|editor['’]?s['’]? note|postscript|addendum))\b[*_]*`)
	bylineForm     = regexp.MustCompile(`^(?:(?i:by|written by|posted by|author|words by|story by|report by)[:\s]\s*)([\p{Lu}][\p{L}.'’-]+(?: (?:[\p{Lu}][\p{L}.'’-]*|de|van|von|der|al|bin)){1,3})(?:\s*[|,·•–—-]\s*(.*))?$`)
	datelineForm   = regexp.MustCompile(`(?i)^(?:(?:first |last )?(?:published|posted|updated|date|release date|issued)(?: on| at)?[:\s]+)?((?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?(?:\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?\p{L}{3,9}\.?,?\s+\d{4}|\p{L}{3,9}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}|\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d\d-\d\d))(?:[,\s|·•–—-]+(?:at\s+)?\d{1,2}[:.]\d\d.*)?$`)
	bioForm        = regexp.MustCompile(`^(?:(?:The )?(?:author|writer),? )?((?:(?:Dr|Prof|Professor|Sir|Dame|Rev|Mr|Mrs|Ms)\.? )?\p{Lu}[\p{L}'’-]+(?: (?:\p{Lu}[\p{L}.'’-]*|de|van|von|der|al)){1,3}) (?:is|was|works|writes|has been|teaches) (?:an? |the |currently |also |as |at |for |about |on )`)
	signOff        = regexp.MustCompile(`(?i)^(?:all the best|best(?: wishes| regards)?|(?:kind(?:est)?|warm) regards|regards|yours(?: sincerely| faithfully)?|sincerely|many thanks|thanks(?: again)?|cheers|love|x+)[,.!]?$`)
	nameLine       = regexp.MustCompile(`^\p{Lu}[\p{L}'’.-]+(?: \p{Lu}[\p{L}'’.-]*){0,2}[.]?$`)
	replyTo        = regexp.MustCompile(`^(?:@([\p{L}\p{N}_.'’-]+(?: [\p{Lu}][\p{L}.]*)?)|(?i:in reply to) @?([\p{L}\p{N}_.'’-]+))`)
	urlForm        = regexp.MustCompile(`https?://\S+|www\.\S+`)
	talkForm       = regexp.MustCompile(`(?i)\b(?:I|I['’]m|I['’]ve|I['’]d|I['’]ll|my|me|you|your|you['’]re|thanks?|thank you|agree|disagree|dear|please|wow|lol|surely)\b`)
)
