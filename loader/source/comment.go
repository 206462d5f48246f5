package source

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"

	"whence/graph"
)

// A comment is a reader's words on a page.
type comment struct {
	blocks []block
	author string
	date   graph.Date
	age    string
	parent int // index of the comment it answers; -1
}

// comments are those of a page, in its order, and the elements that hold them, which
// are no part of the article.
type comments struct {
	found []comment
	skip  map[*html.Node]bool
}

// What authors of pages call things. Blog engines differ in punctuation only:
// WordPress, Blogger, Drupal, Typepad and their kin all say comment, author, date.
var (
	sectionName = regexp.MustCompile(`^(?:[a-z]+[-_]{1,2})?(?:comments|commentlist|commentform|comment[-_]{0,2}(?:list|section|area|threads?|wrapper|respond|form|replies|stream)|respond|disqus_thread|responses)(?:[-_]{1,2}[a-z0-9]+)*$`)
	itemName    = regexp.MustCompile(`^(?:[a-z]{1,8}[-_]{1,2})?(?:(?:user|reader|single|blog|post)[-_]?)?comment(?:[-_]{0,2}(?:item|entry|box|post|container|single|row|unit|card))?$`)
	itemID      = regexp.MustCompile(`^(?:[a-z]+[-_])*(?:comment|cmt|reply)[-_]?([0-9a-f-]*[0-9][0-9a-f-]*)$`)
	repliesName = regexp.MustCompile(`^(?:.*[-_])?(?:children|child|repl(?:y|ies)|threads?|threaded|nested|responses)(?:[-_].*)?$`)

	authorName = regexp.MustCompile(`^(?:.*[-_])?(?:fn|author|user|username|commenter|nickname|display[-_]?name|poster|byline|name)(?:[-_]{0,2}(?:name|link|info))?$`)
	dateName   = regexp.MustCompile(`^(?:.*[-_])?(?:date|time|datetime|timestamp|ago|age|posted|published|metadata|permalink|submitted)(?:[-_].*)?$`)
	bodyName   = regexp.MustCompile(`^(?:.*[-_])?(?:content|text|body|copy|message|bd|description)$`)
	metaName   = regexp.MustCompile(`^(?:.*[-_])?(?:author|avatar|vcard|meta|metadata|header|footer|reply|replies|actions?|buttons?|controls?|permalink|says|report|votes?|voting|likes?|rating|share|edit[-_]link|timestamp|submitted|date|datetime|awaiting[-_]moderation|gravatar|tools|options|badge)(?:[-_](?:link|links|button|name|info|wrapper|wrap|bar|to))?$`)

	says     = regexp.MustCompile(`(?i)\s*\b(?:says|said|wrote|writes|commented|replied|responded|comments)\b.*$`)
	postedBy = regexp.MustCompile(`(?i)\b(?:posted|written|submitted|comment) by:?\s+(.+?)\s*(?:\||,|\bon\b|\bat\b|·|$)`)
)

// commentary reports whether an element lies in the comments of a page.
func commentary(n *html.Node) bool {
	return within(n, nil, func(m *html.Node) bool { return isSection(m) || isItem(m) }) != nil
}

func named(n *html.Node, re *regexp.Regexp) bool {
	for _, name := range names(n) {
		if re.MatchString(name) {
			return true
		}
	}
	return false
}

func isSection(n *html.Node) bool {
	return n.Type == html.ElementNode && !isElement(n, "html", "body", "main", "article") && named(n, sectionName)
}

// isItem reports whether an element looks like one comment.
func isItem(n *html.Node) bool {
	if !isElement(n, "li", "div", "article", "section", "dd", "tr", "blockquote") {
		return false
	}
	typ := strings.ToLower(attr(n, "itemtype"))
	return strings.HasSuffix(typ, "/comment") || strings.HasSuffix(typ, "/usercomments") || strings.EqualFold(attr(n, "itemprop"), "comment") ||
		named(n, itemName) || itemID.MatchString(strings.ToLower(attr(n, "id")))
}

// findComments finds the comments of a page. k says how links and footnotes are read.
func findComments(body *html.Node, k blocker) comments {
	out := comments{skip: map[*html.Node]bool{}}
	var items []*html.Node
	var sections []*html.Node
	inSection := map[*html.Node]*html.Node{}
	var visit func(n *html.Node, section, item *html.Node)
	visit = func(n *html.Node, section, item *html.Node) {
		if n.Type == html.ElementNode {
			if isControl(n) { // Hidden comments are a click away, and somebody's words all the same.
				return
			}
			if section == nil && isSection(n) && !holdsArticle(n) {
				section = n
				sections = append(sections, n)
			}
			if isItem(n) && (item == nil || answers(n, item)) && !holdsArticle(n) {
				items = append(items, n)
				inSection[n] = section
				item = n
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			visit(c, section, item)
		}
	}
	visit(body, nil, nil)
	items = plausible(items, inSection, body)
	for _, s := range sections {
		out.skip[s] = true
	}
	index := map[*html.Node]int{}
	for _, n := range items {
		index[n] = len(index)
		out.skip[n] = true
	}
	for _, n := range items {
		c := readComment(n, index, k)
		c.parent = answered(n, items, index)
		out.found = append(out.found, c)
	}
	held := map[*html.Node]bool{}
	for _, n := range items {
		held[inSection[n]] = true
	}
	for _, s := range sections {
		if !held[s] {
			out.found = append(out.found, loose(s, k)...)
		}
	}
	return out
}

// holdsArticle reports whether an element holds the article itself, and so is no
// comment, whatever its name: papers call opinion pieces "comment" too.
func holdsArticle(n *html.Node) bool {
	return find(n, func(m *html.Node) bool {
		return isElement(m, "h1", "main") || (m.Type == html.ElementNode && strings.EqualFold(attr(m, "itemprop"), "articleBody"))
	}) != nil
}

// answers tells a reply inside a comment from a part of the comment with a name of its
// own: a reply stands in a list or in something called replies, or has another number.
func answers(n, item *html.Node) bool {
	a, b := itemID.FindStringSubmatch(strings.ToLower(attr(n, "id"))), itemID.FindStringSubmatch(strings.ToLower(attr(item, "id")))
	if a != nil && b != nil {
		return a[1] != b[1]
	}
	return within(n.Parent, item, func(m *html.Node) bool { return isElement(m, "ol", "ul", "dl") || named(m, repliesName) }) != nil || isElement(n, "li")
}

// plausible drops items that are no comments: one alone outside a section and without a
// number, or one that holds most of the page.
func plausible(items []*html.Node, inSection map[*html.Node]*html.Node, body *html.Node) []*html.Node {
	var out []*html.Node
	all := 0
	for _, n := range items {
		if inSection[n] == nil {
			if all == 0 {
				all = len(textOf(body))
			}
			numbered := itemID.MatchString(strings.ToLower(attr(n, "id"))) || attr(n, "itemtype") != ""
			if (len(items) == 1 && !numbered) || 10*len(textOf(n)) > 6*all {
				continue
			}
		}
		out = append(out, n)
	}
	return out
}

// answered returns the index of the comment that n answers: the one it lies in, the one
// it names, or of a flat list with depths the last that is one level up.
func answered(n *html.Node, items []*html.Node, index map[*html.Node]int) int {
	for m := n.Parent; m != nil; m = m.Parent {
		if i, ok := index[m]; ok {
			return i
		}
	}
	for _, key := range []string{"data-parent-id", "data-parent", "data-parent-comment-id", "data-comment-parent"} {
		if id := strings.TrimPrefix(strings.ToLower(attr(n, key)), "comment-"); id != "" && id != "0" {
			for i := index[n] - 1; i >= 0 && i > index[n]-1000; i-- {
				m := itemID.FindStringSubmatch(strings.ToLower(attr(items[i], "id")))
				if (m != nil && m[1] == id) || attr(items[i], "data-comment-id") == id || attr(items[i], "data-id") == id {
					return i
				}
			}
		}
	}
	if depth := depthOf(n); depth > 1 {
		for i := index[n] - 1; i >= 0 && i > index[n]-1000; i-- {
			if d := depthOf(items[i]); d == depth-1 {
				return i
			} else if d == 0 || d < depth-1 {
				break
			}
		}
	}
	return -1
}

// depthOf reads classes such as depth-2.
func depthOf(n *html.Node) int {
	for _, name := range names(n) {
		for _, prefix := range []string{"depth-", "level-", "depth", "level"} {
			if d, err := strconv.Atoi(strings.TrimPrefix(name, prefix)); err == nil && strings.HasPrefix(name, prefix) {
				return d
			}
		}
	}
	return 0
}

// readComment reads who wrote a comment, when, and its words, but not the replies in it.
func readComment(n *html.Node, index map[*html.Node]int, k blocker) comment {
	c := comment{parent: -1}
	isReply := func(m *html.Node) bool { _, ok := index[m]; return ok && m != n }
	head := header(n)
	author := commentAuthor(head, isReply)
	if author == nil && head != n {
		author = commentAuthor(n, isReply)
	}
	if author != nil {
		c.author = cleanCommenter(textOf(author))
	}
	when := commentDate(head, isReply)
	if when == nil && head != n {
		when = commentDate(n, isReply)
	}
	if when != nil {
		c.date = timeDate(when)
		if c.date == "" || !hasAttr(when, "datetime") {
			if age := ago.FindString(textOf(when)); age != "" {
				c.date, c.age = "", age
			}
		}
		if m := postedBy.FindStringSubmatch(textOf(when)); m != nil && c.author == "" {
			c.author = cleanCommenter(m[1])
		} else if _, at := findDate(textOf(when)); c.author == "" && at[0] > 0 {
			// "Jane Smith | 16 October 2024" in one line.
			if name, _, cut := strings.Cut(textOf(when)[:at[0]], "|"); cut {
				c.author = cleanCommenter(name)
			}
		}
	}
	body := commentBody(n, author, when, isReply)
	k.blocks, k.cur = nil, block{}
	k.skip = func(m *html.Node) bool {
		return m != body && (isReply(m) || m == author || m == when || isElement(m, "footer", "form", "nav", "header") && !inQuote(m, body) || smallMeta(m))
	}
	k.cut(body)
	if len(k.blocks) == 0 { // Its words stand in something called after its author.
		k.skip = func(m *html.Node) bool { return isReply(m) || m == author || m == when || isElement(m, "form") }
		k.cut(n)
	}
	for _, b := range k.blocks {
		// Points and ages that no name gives away: "39 points · 6 years ago".
		if age := ago.FindString(b.text); utf8.RuneCountInString(b.text) <= 60 && pointsLine.MatchString(b.text) {
			if c.date == "" && c.age == "" {
				c.age = age
			}
			continue
		}
		c.blocks = append(c.blocks, b)
	}
	return c
}

// header returns the element that says who wrote a comment and when: the comment
// itself, or of a list of definitions the term before it.
func header(n *html.Node) *html.Node {
	if isElement(n, "dd") {
		for m := n.PrevSibling; m != nil; m = m.PrevSibling {
			if m.Type == html.ElementNode {
				if isElement(m, "dt") {
					return m
				}
				break
			}
		}
	}
	return n
}

var pointsLine = regexp.MustCompile(`(?i)^(?:level \d+$|(?:-?\d+|score hidden) (?:points?|likes?|votes?)\b|(?:· *)?(?:edited *)?(?:\d+|an?) (?:second|minute|hour|day|week|month|year)s? ago\b)`)

// commentBody finds the element that holds a comment's words and neither its author
// nor its date: of several the one with most words, else the comment itself.
func commentBody(n, author, when *html.Node, isReply func(*html.Node) bool) *html.Node {
	holds := func(m, part *html.Node) bool {
		return part != nil && within(part, m.Parent, func(x *html.Node) bool { return x == m }) != nil
	}
	best, words := n, 0
	each(n, func(m *html.Node) bool {
		if m == n {
			return true
		}
		if isReply(m) || m.Type != html.ElementNode || invisible(m) {
			return false
		}
		called := named(m, bodyName) || strings.EqualFold(attr(m, "itemprop"), "text") || strings.EqualFold(attr(m, "itemprop"), "commentText") || strings.EqualFold(attr(m, "property"), "schema:text")
		if !called || holds(m, author) || holds(m, when) {
			return true
		}
		if l := len(textOf(m)); l > words {
			best, words = m, l
		}
		return false
	})
	return best
}

func inQuote(n, root *html.Node) bool {
	return within(n, root, func(m *html.Node) bool { return isElement(m, "blockquote") }) != nil
}

// smallMeta reports whether an element is called what stands around a comment, and is short.
func smallMeta(n *html.Node) bool {
	return n.Type == html.ElementNode && !isElement(n, "p") && named(n, metaName) && utf8.RuneCountInString(textOf(n)) <= 150
}

// findExcept is find that passes over some elements.
func findExcept(n *html.Node, except, ok func(*html.Node) bool) *html.Node {
	if ok(n) {
		return n
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if except(c) || isControl(c) {
			continue
		}
		if m := findExcept(c, except, ok); m != nil {
			return m
		}
	}
	return nil
}

// commentAuthor finds the element that names the commenter: by microdata, by its name,
// or a cite.
func commentAuthor(n *html.Node, isReply func(*html.Node) bool) *html.Node {
	short := func(m *html.Node) bool {
		t := textOf(m)
		return t != "" && utf8.RuneCountInString(t) <= 80 && cleanCommenter(t) != ""
	}
	ways := []func(*html.Node) bool{
		func(m *html.Node) bool {
			return strings.EqualFold(attr(m, "itemprop"), "author") || strings.EqualFold(attr(m, "itemprop"), "creator")
		},
		func(m *html.Node) bool { return named(m, fullName) },
		func(m *html.Node) bool { return named(m, authorName) && !bodyLike(m) },
		func(m *html.Node) bool { return isElement(m, "cite") && !inQuote(m, n) },
		func(m *html.Node) bool {
			return isElement(m, "strong", "b", "a", "h4", "h5") && m.NextSibling != nil && says.MatchString(" "+textOf(m.NextSibling)) && len(textOf(m.NextSibling)) < 40
		},
	}
	for _, way := range ways {
		if found := findExcept(n, isReply, func(m *html.Node) bool { return m != n && m.Type == html.ElementNode && way(m) && short(m) }); found != nil {
			return found
		}
	}
	return nil
}

var fullName = regexp.MustCompile(`^(?:fn|(?:.*[-_])?(?:comment[-_]{0,2}author[-_]{0,2}name|author[-_]?name|username|user[-_]?name|commenter))$`)

func bodyLike(n *html.Node) bool { return named(n, bodyName) }

// cleanCommenter takes "says:" and "Posted by" off a name.
func cleanCommenter(s string) string {
	s = byPrefix.ReplaceAllString(s, "")
	s = says.ReplaceAllString(s, "")
	if d, at := findDate(s); d != "" {
		s = s[:at[0]]
	}
	if at := ago.FindStringIndex(s); at != nil {
		s = s[:at[0]]
	}
	s = strings.Trim(s, " :,|·•-–—\u00a0@")
	s = strings.TrimSuffix(s, " on")
	if strings.EqualFold(s, "reply") || strings.EqualFold(s, "guest") || strings.EqualFold(s, "anonymous") {
		return ""
	}
	return s
}

// commentDate finds the element that says when a comment was written.
func commentDate(n *html.Node, isReply func(*html.Node) bool) *html.Node {
	ways := []func(*html.Node) bool{
		func(m *html.Node) bool { return isElement(m, "time") },
		func(m *html.Node) bool { return strings.HasPrefix(strings.ToLower(attr(m, "itemprop")), "date") },
		func(m *html.Node) bool { return named(m, dateName) },
		func(m *html.Node) bool { return named(m, metaName) || isElement(m, "footer", "header") },
	}
	for _, way := range ways {
		found := findExcept(n, isReply, func(m *html.Node) bool {
			if m == n || m.Type != html.ElementNode || !way(m) || inQuote(m, n) {
				return false
			}
			t := textOf(m)
			return utf8.RuneCountInString(t) <= 150 && (timeDate(m) != "" || ago.MatchString(t))
		})
		if found != nil {
			return found
		}
	}
	return nil
}

// loose reads the words of a section in which no comment was recognised: each
// paragraph is somebody's.
func loose(section *html.Node, k blocker) []comment {
	if respondName(section) {
		return nil
	}
	k.blocks, k.cur = nil, block{}
	k.skip = func(m *html.Node) bool {
		return furniture(m) || isElement(m, "form", "header", "footer") || smallMeta(m) || respondName(m)
	}
	k.cut(section)
	var out []comment
	for _, b := range k.blocks {
		if b.kind == MarkHeading || 2*b.linked > len(b.text) || len(strings.Fields(b.text)) < 5 || houseRules.MatchString(b.text) {
			continue
		}
		out = append(out, comment{blocks: []block{b}, parent: -1})
	}
	return out
}

// houseRules is what a site says about comments, and no reader.
var houseRules = regexp.MustCompile(`(?i)\b(?:comments?|commenting|moderat\w+|log(?:ged)? ?in|sign(?:ed)? in|be the first|disclaimer|house rules|reserve the right|personal abuse|impersonate|privacy|terms of|guidelines|your e-?mail|via facebook)\b`)

// respondName reports whether an element is where a reader writes a new comment.
func respondName(n *html.Node) bool { return n.Type == html.ElementNode && named(n, respond) }

var respond = regexp.MustCompile(`^(?:.*[-_])?(?:respond|comment[-_]?(?:respond|form|notice|policy|rules|guidelines)|reply[-_]title|must[-_]log[-_]in|no[-_]?comments|comments[-_](?:closed|title|link|header))(?:[-_].*)?$|^disqus_thread$`)
