package source

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"

	"whence/graph"
)

// readHTML reads a web page: its title, byline, article and comments, without menus,
// footers and banners. Nothing is executed or fetched.
func readHTML(in input, yield func(Item, error) bool) bool {
	root, err := parseHTML(in.text)
	if err != nil {
		return yield(Item{}, &Error{Path: in.path, Stage: StageParse, Offset: -1, Err: err, Hint: "save the text of the page as plain text"})
	}
	outside, _, _ := in.given.merge(metadata{}, metadata{})
	p := readPage(root, outside.url)
	notes := p.notes
	body := findTag(root, "body")
	if body == nil {
		return yield(Item{}, &Skip{Path: in.path, Reason: ReasonNoText})
	}
	k := blocker{base: p.base, refs: noteRefs(body)}
	comments := findComments(body, k)
	k.skip = func(n *html.Node) bool { return comments.skip[n] || furniture(n) }
	a := newArticle(body, k, p.title)
	if note := a.choose(); note != "" {
		notes = append(notes, note)
	}
	if a.struck > 0 {
		notes = append(notes, count(a.struck, "struck-out passage")+" left out")
	}
	var w writer
	w.article(a, p.title)
	w.comments(comments.found)
	if w.text.Len() == 0 {
		return yield(Item{}, &Skip{Path: in.path, Reason: ReasonNoText})
	}
	if p.published == "" && outside.published == "" {
		if p.published = guessDate(root, p.url); p.published != "" {
			notes = append(notes, "date "+string(p.published)+" guessed from the page")
		}
	}
	if len(p.authors) == 0 {
		p.authors = w.bylineAuthors()
	}
	if code, sure := Language(w.text.String()); sure {
		p.language = code
	}
	return yield(in.finish(w.text.String(), "text/html", w.marks, metadata{}, p.metadata, notes), nil)
}

// furniture reports whether an element is part of every page of a site, by what it is
// or by what its author calls it.
func furniture(n *html.Node) bool {
	if isElement(n, "nav") {
		return true
	}
	if isElement(n, "html", "body", "article", "main") {
		return false
	}
	switch strings.ToLower(attr(n, "role")) {
	case "navigation", "search", "contentinfo", "alertdialog", "dialog", "menu", "menubar", "toolbar", "tablist", "banner":
		return findTag(n, "h1", "article", "main") == nil
	}
	for _, name := range names(n) {
		if bannerName.MatchString(name) {
			return findTag(n, "h1", "article", "main") == nil
		}
	}
	// A footer inside a quotation says who is quoted; any other is the page's or the article's small print.
	return isElement(n, "footer") && within(n, nil, func(m *html.Node) bool { return isElement(m, "blockquote") }) == nil && findTag(n, "h1", "article", "main") == nil
}

var (
	bannerName = regexp.MustCompile(`^(?:.*[-_])?(?:cookie|cookies|consent|gdpr|onetrust|breadcrumb|breadcrumbs|pagination|addtoany|sharedaddy|sharethis|newsletter|signup|skip-?link|modal|popup|paywall)(?:[-_].*)?$|^(?:share|sharing|social|social-share|share-buttons|share-links|jp-relatedposts|related-posts|related-articles|site-header|site-footer|site-nav|navbar|menu|nav|main-menu|masthead|sidebar)$`)
	apart      = regexp.MustCompile(`^(?:.*[-_])?(?:related|promo|advert|advertisement|ads?|teaser|sponsored|share|social|sidebar|widget|caption|recirc|recommended|trending|popular|outbrain|taboola|meta|tags?)(?:[-_].*)?$`)
)

// isTitle reports whether a heading is the title: the same words, but for the site's
// name on either side of one of them.
func isTitle(heading, title string) bool {
	h, t := titleWords(heading), titleWords(title)
	if h == "" || t == "" {
		return false
	}
	return h == t || len(h) >= 20 && strings.Contains(t, h) || len(t) >= 20 && strings.Contains(h, t)
}

// titleWords reduces a title to its letters and digits, in lower case.
func titleWords(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r > 0x7f && !strings.ContainsRune("‘’“”–—…", r))
	}), " ")
}

// smallTalk is what stands around an article and says nothing: names of buttons.
var smallTalk = regexp.MustCompile(`(?i)^(?:share(?: this)?(?: (?:page|article|story|post))?:?|tweet|print(?: this)?(?: page)?|e-?mail|facebook|twitter|x|linkedin|whatsapp|pinterest|reddit|copy link|link copied|read more|continue reading|advertisement|sponsored|like this:?|like|loading\.*|reply|report|permalink|log ?in to reply|related(?: posts| articles| stories)?:?|tags?:?|categor(?:y|ies):?|leave a (?:reply|comment)|comments?(?: are closed\.?)?|menu|search|home|close|back to top|subscribe|sign up|skip to (?:main )?content|\d+ (?:comments?|shares?|likes?|replies))$`)

// A writer makes the canonical text of blocks, and the marks on it.
type writer struct {
	text  strings.Builder
	marks []Mark
}

// block appends a block and returns its span.
func (w *writer) block(b *block, kind MarkKind) graph.Span {
	if w.text.Len() > 0 {
		w.text.WriteString("\n\n")
	}
	start := w.text.Len()
	w.text.WriteString(b.text)
	span := graph.Span{Start: start, End: w.text.Len()}
	w.marks = append(w.marks, Mark{Kind: kind, Span: span, Parent: -1})
	for _, m := range b.inner {
		m.Span.Start += start
		m.Span.End += start
		w.marks = append(w.marks, m)
	}
	return span
}

// blocks appends blocks, with a mark around those of each quotation.
func (w *writer) blocks(bs []*block, kind func(*block) MarkKind) {
	for i := 0; i < len(bs); {
		quote, first := bs[i].quote, len(w.marks)
		if quote != nil {
			w.marks = append(w.marks, Mark{})
		}
		span := w.block(bs[i], kind(bs[i]))
		for i++; quote != nil && i < len(bs) && bs[i].quote == quote; i++ {
			span.End = w.block(bs[i], kind(bs[i])).End
		}
		if quote != nil {
			w.marks[first] = quoteMark(quote, span)
		}
	}
}

func quoteMark(quote *html.Node, span graph.Span) Mark {
	m := Mark{Kind: MarkBlockquote, Span: span, Parent: -1}
	if credit := quoteCredit(quote); credit != nil {
		m.Author = creditName(credit)
	} else if isElement(quote.Parent, "figure") {
		if caption := findTag(quote.Parent, "figcaption"); caption != nil {
			m.Author = creditName(caption)
		}
	}
	if u, err := normalURL(attr(quote, "cite")); err == nil {
		m.URL = u
	}
	return m
}

// article appends title, byline and main text. The title is that heading of the page
// that reads like it, wherever it stands, and is written once.
func (w *writer) article(a *article, title string) {
	at := -1
	for i := range a.blocks {
		b := &a.blocks[i]
		if isTitle(b.text, title) && (b.kind == MarkHeading || a.kept[i]) && len(b.text) <= 2*len(title)+40 {
			if at < 0 || (b.kind == MarkHeading && a.blocks[at].kind != MarkHeading) {
				at = i
			}
		}
	}
	first := len(a.blocks)
	for i := range a.blocks {
		if a.kept[i] && i > at {
			first = i
			break
		}
	}
	var out []*block
	if at >= 0 {
		out = append(out, &a.blocks[at])
		for i := at + 1; i < first; i++ {
			if b := &a.blocks[i]; bylineBlock(b) {
				out = append(out, b)
			}
		}
	}
	for i := range a.blocks {
		b := &a.blocks[i]
		if !a.kept[i] || i == at || smallTalk.MatchString(b.text) || (isTitle(b.text, title) && titleWords(b.text) == titleWords(title)) {
			continue
		}
		out = append(out, b)
	}
	body := 0
	w.blocks(out, func(b *block) MarkKind {
		switch {
		case at >= 0 && b == &a.blocks[at]:
			return MarkTitle
		case body < 4 && bylineBlock(b):
			return MarkByline
		}
		body++
		return b.kind
	})
}

// bylineBlock reports whether a block only says who wrote the page, or when.
func bylineBlock(b *block) bool {
	if b.kind == MarkHeading || len(b.text) > 160 || b.quote != nil {
		return false
	}
	return isByline(b.text) || isDateLine(b.text)
}

// bylineAuthors returns the names in the bylines.
func (w *writer) bylineAuthors() []string {
	for _, m := range w.marks {
		if m.Kind == MarkByline {
			if name := byline.FindString(m.Span.Of(w.text.String())); name != "" {
				name = byPrefix.ReplaceAllString(name, "")
				name = strings.Trim(name, " ,|&")
				return cleanAuthors(strings.FieldsFunc(strings.ReplaceAll(name, " and ", ","), func(r rune) bool { return r == ',' || r == '|' || r == '&' }))
			}
		}
	}
	return nil
}

// comments appends readers' comments, each with a mark that names its author and the
// comment it answers.
func (w *writer) comments(found []comment) {
	marks := make([]int, len(found))
	for i, c := range found {
		marks[i] = -1
		var bs []*block
		for j := range c.blocks {
			if !smallTalk.MatchString(c.blocks[j].text) {
				bs = append(bs, &c.blocks[j])
			}
		}
		if len(bs) == 0 {
			continue
		}
		at := len(w.marks)
		w.marks = append(w.marks, Mark{})
		start := w.text.Len()
		if start > 0 {
			start += len("\n\n")
		}
		w.blocks(bs, func(b *block) MarkKind { return b.kind })
		m := Mark{Kind: MarkComment, Span: graph.Span{Start: start, End: w.text.Len()}, Author: c.author, Date: c.date, Age: c.age, Parent: -1}
		if c.parent >= 0 {
			m.Parent = marks[c.parent]
		}
		w.marks[at] = m
		marks[i] = at
	}
}
