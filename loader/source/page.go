package source

import (
	"encoding/json"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/markusmobius/go-htmldate"
	"golang.org/x/net/html"

	"whence/graph"
)

// A page is what a page says about itself, with where it says so, in order of trust:
// JSON-LD, meta tags, the canonical link, its headings.
type page struct {
	metadata
	notes []string
	base  *url.URL // for links
}

// readPage gathers it.
func readPage(root *html.Node, at string) page {
	var p page
	var ld, meta metadata
	var canonical, base, titleTag, site string
	properties := map[string][]string{}
	each(root, func(n *html.Node) bool {
		switch {
		case isElement(n, "script"):
			if strings.EqualFold(attr(n, "type"), "application/ld+json") && n.FirstChild != nil {
				if m, ok := linkedData(n.FirstChild.Data); ok {
					ld.fill(m)
				}
			}
			return false
		case isElement(n, "meta"):
			for _, key := range []string{"property", "name", "itemprop"} {
				k, v := strings.ToLower(attr(n, key)), attr(n, "content")
				if k != "" && v != "" && len(properties[k]) < 50 {
					properties[k] = append(properties[k], graph.FoldSpace(v))
				}
			}
		case isElement(n, "link"):
			if slices.Contains(strings.Fields(strings.ToLower(attr(n, "rel"))), "canonical") && canonical == "" {
				canonical = attr(n, "href")
			}
		case isElement(n, "base"):
			if base == "" {
				base = attr(n, "href")
			}
		case isElement(n, "title"):
			if titleTag == "" && n.Parent != nil && n.Parent.Data == "head" {
				titleTag = textOf(n)
			}
		case isElement(n, "html"):
			lang, _, _ := strings.Cut(strings.ToLower(attr(n, "lang")), "-")
			if len(lang) == 2 {
				p.language = lang
			}
		}
		return true
	})
	first := func(keys ...string) string {
		for _, k := range keys {
			if vs := properties[k]; len(vs) > 0 {
				return vs[0]
			}
		}
		return ""
	}
	site = first("og:site_name", "citation_journal_title", "dc.publisher", "dcterms.publisher", "citation_publisher", "application-name")
	meta.publisher = site
	meta.title = first("og:title", "citation_title", "dc.title", "dcterms.title", "parsely-title", "twitter:title")
	for _, key := range []string{"citation_author", "dc.creator", "dcterms.creator", "author", "article:author", "og:article:author", "parsely-author", "byl"} {
		if meta.authors = cleanAuthors(properties[key]); len(meta.authors) > 0 {
			break
		}
	}
	for _, key := range []string{
		"article:published_time", "og:article:published_time", "citation_publication_date", "citation_date", "citation_online_date",
		"dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date", "dcterms.created", "datepublished", "parsely-pub-date", "pubdate", "date", "sailthru.date",
	} {
		if meta.published, _ = findDate(first(key)); meta.published != "" {
			break
		}
	}
	// The canonical link comes before what JSON-LD names: that may be a listing's.
	for _, raw := range []string{canonical, first("og:url"), ld.url} {
		if raw == "" || p.url != "" {
			continue
		}
		if u, err := normalURL(raw); err == nil {
			p.url = u
		} else {
			p.notes = append(p.notes, "address "+raw[:min(len(raw), 200)]+" left aside: "+err.Error())
		}
	}
	ld.url = ""
	p.fill(ld)
	p.fill(meta)
	if p.title == "" {
		p.title = pageTitle(root, titleTag, site)
	}
	if p.published == "" {
		p.published = timeOf(root)
	}
	if len(p.authors) == 0 {
		p.authors = authorsOf(root)
	}
	if at == "" {
		at = p.url
	}
	p.base = parseBase(at)
	if b, err := url.Parse(base); err == nil && base != "" {
		if p.base != nil {
			b = p.base.ResolveReference(b)
		}
		p.base = b
	}
	if p.base != nil && !p.base.IsAbs() {
		p.base = nil
	}
	return p
}

// parseBase returns what links are relative to, or nil.
func parseBase(address string) *url.URL {
	u, err := url.Parse(address)
	if err != nil || address == "" {
		return nil
	}
	return u
}

// pageTitle returns the only h1, else the title of the window without the site's name.
func pageTitle(root *html.Node, window, site string) string {
	var headings []string
	each(root, func(n *html.Node) bool {
		if isElement(n, "h1") && !invisible(n) {
			if t := textOf(n); t != "" && len(t) <= 300 {
				headings = append(headings, t)
			}
			return false
		}
		return !isElement(n, "script", "style", "template")
	})
	if len(headings) == 1 && (window == "" || strings.Contains(strings.ToLower(window), strings.ToLower(headings[0])) || !strings.EqualFold(headings[0], site)) {
		return headings[0]
	}
	for _, sep := range []string{" | ", " - ", " – ", " — ", " :: ", " « ", " » ", " · "} {
		if i := strings.LastIndex(window, sep); i > 0 {
			left, right := window[:i], window[i+len(sep):]
			if strings.EqualFold(strings.TrimSpace(left), site) && site != "" {
				return strings.TrimSpace(right)
			}
			if len(left) >= len(right) || strings.EqualFold(strings.TrimSpace(right), site) {
				return strings.TrimSpace(left)
			}
		}
	}
	return window
}

// timeOf returns the date of the element that says when the page was published.
func timeOf(root *html.Node) graph.Date {
	n := find(root, func(n *html.Node) bool {
		if n.Type != html.ElementNode {
			return false
		}
		named := strings.EqualFold(attr(n, "itemprop"), "datePublished") || (isElement(n, "time") && hasAttr(n, "pubdate"))
		for _, name := range names(n) {
			named = named || publishedName.MatchString(name) && isElement(n, "time", "span", "abbr", "p", "div")
		}
		return named && !commentary(n) && len(textOf(n)) <= 80 && timeDate(n) != ""
	})
	if n == nil {
		return ""
	}
	return timeDate(n)
}

var publishedName = regexp.MustCompile(`^(?:(?:entry|post|article|publish|published|pub|story)[-_]?date|published|posted[-_]on|date[-_]published|dt-published|pubdate|post-timestamp)$`)

// authorsOf returns the name in the first element that says who wrote the page.
func authorsOf(root *html.Node) []string {
	var out []string
	find(root, func(n *html.Node) bool {
		if n.Type != html.ElementNode || isControl(n) {
			return false
		}
		called := strings.EqualFold(attr(n, "itemprop"), "author") || isElement(n, "a") && slices.Contains(strings.Fields(strings.ToLower(attr(n, "rel"))), "author") || named(n, writerName)
		if !called || commentary(n) {
			return false
		}
		if text := byPrefix.ReplaceAllString(textOf(n), ""); fullPersonName.MatchString(text) {
			out = cleanAuthors([]string{text})
		}
		return len(out) > 0
	})
	return out
}

var (
	writerName     = regexp.MustCompile(`^(?:.*[-_])?(?:author|byline)(?:[-_]{0,2}(?:name|link))?$`)
	fullPersonName = regexp.MustCompile(`^(?:(?:Dr|Prof|Professor|Sir|Dame|Mr|Mrs|Ms)\.? )?\p{Lu}[\p{L}\p{M}'’.\-]*(?: (?:\p{Lu}[\p{L}\p{M}'’.\-]*|de|van|von|der|den|da|di|la|le|al|bin|ap)){1,4}$`)
)

// guessDate looks for a date of publication in the words of a page, at last. The date
// may be a wrong one, and is noted as such.
func guessDate(root *html.Node, address string) (d graph.Date) {
	defer func() {
		if recover() != nil {
			d = ""
		}
	}()
	result, err := htmldate.FromDocument(root, htmldate.Options{UseOriginalDate: true, SkipExtensiveSearch: true, URL: address})
	if err != nil || result.DateTime.IsZero() {
		return ""
	}
	d, _ = graph.ParseDate(result.DateTime.Format("2006-01-02"))
	return d
}

// linkedData reads what a JSON-LD script says of an article. ok is false if it speaks of none.
func linkedData(script string) (m metadata, ok bool) {
	if len(script) > 1<<20 {
		return m, false
	}
	var v any
	if json.Unmarshal([]byte(script), &v) != nil {
		return m, false
	}
	budget := 2000
	var visit func(v any, depth int) bool
	visit = func(v any, depth int) bool {
		if budget--; budget < 0 || depth > 8 {
			return false
		}
		switch v := v.(type) {
		case []any:
			for _, e := range v {
				if visit(e, depth+1) {
					return true
				}
			}
		case map[string]any:
			if kind, is := articleKind(v["@type"]); is {
				m = articleData(v)
				m.kind = kind
				return true
			}
			for _, key := range []string{"@graph", "mainEntity", "mainEntityOfPage", "hasPart"} {
				if visit(v[key], depth+1) {
					return true
				}
			}
		}
		return false
	}
	return m, visit(v, 0)
}

func articleData(v map[string]any) (m metadata) {
	m.title = firstText(v["headline"], v["name"])
	m.publisher = firstText(nameOf(v["publisher"]))
	m.authors = cleanAuthors(namesOf(v["author"]))
	m.published, _ = findDate(firstText(v["datePublished"], v["dateCreated"]))
	m.url = firstText(v["url"], v["mainEntityOfPage"])
	if id, is := v["mainEntityOfPage"].(map[string]any); is && m.url == "" {
		m.url = firstText(id["@id"], id["url"])
	}
	return m
}

// articleKind maps the classes of schema.org to kinds of documents.
func articleKind(v any) (kind graph.DocumentKind, ok bool) {
	types, isList := v.([]any)
	if !isList {
		types = []any{v}
	}
	for _, t := range types {
		name, _ := t.(string)
		name = strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(name, "http://schema.org/"), "https://schema.org/"), "schema:")
		switch {
		case name == "ClaimReview":
			return graph.KindFactCheck, true
		case strings.HasSuffix(name, "NewsArticle"):
			return graph.KindNews, true
		case name == "BlogPosting", name == "LiveBlogPosting":
			return graph.KindBlog, true
		case name == "SocialMediaPosting", name == "DiscussionForumPosting":
			return graph.KindSocial, true
		case name == "ScholarlyArticle", name == "MedicalScholarlyArticle":
			return graph.KindPaper, true
		case name == "Report":
			return graph.KindReport, true
		case name == "Legislation":
			return graph.KindLegislation, true
		case name == "Article", name == "TechArticle":
			return "", true
		}
	}
	return "", false
}

func firstText(vs ...any) string {
	for _, v := range vs {
		if s, ok := v.(string); ok && strings.TrimSpace(s) != "" {
			return graph.FoldSpace(html.UnescapeString(s))
		}
	}
	return ""
}

func nameOf(v any) any {
	if names := namesOf(v); len(names) > 0 {
		return names[0]
	}
	return nil
}

// namesOf returns the names of one person or body, or of a list of them.
func namesOf(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{firstText(v)}
	case map[string]any:
		if list, is := v["name"].([]any); is {
			return namesOf(list)
		}
		return []string{firstText(v["name"])}
	case []any:
		var out []string
		for _, e := range v[:min(len(v), 50)] {
			switch e.(type) {
			case string, map[string]any:
				out = append(out, namesOf(e)...)
			}
		}
		return out
	}
	return nil
}

// cleanAuthors drops what is no name: addresses, "admin", repetitions.
func cleanAuthors(names []string) []string {
	var out []string
	for _, n := range names {
		n = strings.TrimSpace(byPrefix.ReplaceAllString(n, ""))
		switch strings.ToLower(n) {
		case "", "admin", "administrator", "editor", "webmaster", "user", "unknown", "anonymous", "author", "staff":
			continue
		}
		if strings.Contains(n, "://") || strings.HasPrefix(n, "@") || len(n) > 200 || slices.Contains(out, n) {
			continue
		}
		out = append(out, n)
	}
	return out
}

var byPrefix = regexp.MustCompile(`(?i)^(?:by|written by|posted by|author)\b:?\s+`)
