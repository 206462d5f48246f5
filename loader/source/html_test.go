package source

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"whence/graph"
)

// sitePage puts an article and comments into a page as sites build them.
func sitePage(head, article, after string) string {
	return `<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8">` + head + `</head><body class="single has-comments">
<header role="banner"><a href="/">Ward Watch</a><nav><ul><li><a href="/news">News</a></li><li><a href="/about">About us</a></li></ul></nav></header>
<div id="cookie-consent"><p>We use cookies to improve your experience on this website, and share some data with partners.</p><button>Accept all</button></div>
<main><article class="post">` + article + `</article>` + after + `</main>
<aside class="sidebar"><h2>Most read</h2><ul><li><a href="/1">Ten things about beds that nobody told you before</a></li></ul></aside>
<footer class="site-footer"><p>Copyright Ward Watch 2024. Registered charity. All rights reserved in all countries.</p><a href="/privacy">Privacy</a></footer>
<script>document.write("<p>written by a script</p>")</script></body></html>`
}

const headNews = `<title>Coaches on wards - Ward Watch</title>
<link rel="canonical" href="https://ward.example/news/coaches?utm_source=feed#top">
<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"Ward Watch"},
{"@type":"NewsArticle","headline":"Coaches on wards","author":[{"@type":"Person","name":"Ann Reed"},{"@type":"Person","name":"Bo Hill"}],
"publisher":{"@type":"Organization","name":"Ward Watch"},"datePublished":"2024-10-17T08:30:00+01:00"}]}</script>`

const articleNews = `<h1>Coaches on <em>wards</em></h1>
<p class="byline">By Ann Reed and Bo Hill, 17 October 2024</p>
<div class="entry-content">
<p>On <time datetime="2024-10-16">16 October</time> the minister told a radio station that the trials had gone well, and that
<a href="/letters/2?utm_medium=x">a letter</a> would follow.<sup><a href="#n1">1</a></sup></p>
<blockquote cite="https://hansard.example/d/1"><p>People have gone back to work.</p><p>We want more of it.</p><footer>— <cite>Mary Lowe</cite>, minister</footer></blockquote>
<p>Nobody asked us.</p>
<p>Charities called the plan <q>deeply worrying</q> and asked that the evidence behind it be published before anything else is decided.</p>
<h2>The figures</h2>
<ul><li>Some 92,119 people were in contact with services</li><li>Of these 62,497 were adults</li></ul>
<table><tr><th>Year</th><th>People</th></tr><tr><td>2023</td><td>92,119</td></tr></table>
<p>First line of an address<br>second line<br><br>A new paragraph after two breaks, which goes on for a while so that it is running text.</p>
<p>It was <del>5,000</del> <ins>500</ins> people, <span hidden>hidden words</span><span style="display: none">more hidden words</span>the trust said in a correction.</p>
</div><section class="footnotes"><ol><li id="n1">Letter of 16 October, page 2. <a href="#r1">↩</a></li></ol></section>
<footer class="entry-footer">Filed under: <a href="/tag/work">Work</a></footer>`

const commentsWordPress = `<div id="comments" class="comments-area"><h2 class="comments-title">3 thoughts on “Coaches on wards”</h2><ol class="comment-list">
<li id="comment-11" class="comment even depth-1"><article id="div-comment-11" class="comment-body"><footer class="comment-meta">
<div class="comment-author vcard"><b class="fn"><a href="https://cy.example/" class="url">Cy Dunn</a></b> <span class="says">says:</span></div>
<div class="comment-metadata"><a href="#comment-11"><time datetime="2024-10-18T10:00:00+00:00">October 18, 2024 at 10:00 am</time></a></div></footer>
<div class="comment-content"><p>It did not work in my town.</p><p>See <a href="https://un.example/report">the report</a>.</p></div>
<div class="reply"><a class="comment-reply-link" href="#">Reply</a></div></article>
<ol class="children"><li id="comment-12" class="comment odd depth-2"><article id="div-comment-12" class="comment-body"><footer class="comment-meta">
<div class="comment-author vcard"><b class="fn">Dee</b> <span class="says">says:</span></div><div class="comment-metadata"><a href="#">2 months ago</a></div></footer>
<div class="comment-content"><p>It did in mine.</p></div></article></li></ol></li>
<li id="comment-13" class="comment depth-1"><article id="div-comment-13" class="comment-body"><footer class="comment-meta"><div class="comment-metadata"><time datetime="2024-10-20">20 October</time></div></footer>
<div class="comment-content"><blockquote><p>People have gone back to work.</p></blockquote><p>Have they?</p></div></article></li></ol>
<div id="respond" class="comment-respond"><h3>Leave a Reply</h3><form><p>Your email address will not be published.</p><textarea></textarea></form></div></div>`

func TestHTML_ArticleAsSeen(t *testing.T) {
	item := one(t, "a.html", sitePage(headNews, articleNews, ""), Options{})
	want := strings.Join([]string{
		"Coaches on wards",
		"By Ann Reed and Bo Hill, 17 October 2024",
		"On 16 October the minister told a radio station that the trials had gone well, and that a letter would follow.[1]",
		"People have gone back to work.",
		"We want more of it.",
		"— Mary Lowe, minister",
		"Nobody asked us.",
		"Charities called the plan “deeply worrying” and asked that the evidence behind it be published before anything else is decided.",
		"The figures",
		"Some 92,119 people were in contact with services",
		"Of these 62,497 were adults",
		"Year\tPeople",
		"2023\t92,119",
		"First line of an address\nsecond line",
		"A new paragraph after two breaks, which goes on for a while so that it is running text.",
		"It was 500 people, the trust said in a correction.",
		"[1] Letter of 16 October, page 2.",
	}, "\n\n")
	if diff := cmp.Diff(want, item.Text); diff != "" {
		t.Error(diff)
	}
	doc := graph.Document{
		ID: "https://ward.example/news/coaches", URL: "https://ward.example/news/coaches", Title: "Coaches on wards", Publisher: "Ward Watch",
		Authors: []string{"Ann Reed", "Bo Hill"}, Kind: graph.KindNews, Published: "2024-10-17", Language: "en",
	}
	if diff := cmp.Diff(doc, item.Document); diff != "" {
		t.Error(diff)
	}
	if item.Capture.Trusted {
		t.Error("an address that only the page asserts is trusted")
	}
	var got []string
	for _, m := range item.Marks {
		switch m.Kind {
		case MarkParagraph, MarkListItem:
		default:
			got = append(got, strings.Trim(fmt.Sprintf("%s|%s|%s|%s|%s", m.Kind, m.Span.Of(item.Text), m.URL, m.Author, m.Date), "|"))
		}
	}
	if diff := cmp.Diff([]string{
		"title|Coaches on wards",
		"byline|By Ann Reed and Bo Hill, 17 October 2024",
		"time|16 October|||2024-10-16",
		"link|a letter|https://ward.example/letters/2",
		"blockquote|People have gone back to work.\n\nWe want more of it.|https://hansard.example/d/1|Mary Lowe",
		"heading|The figures",
	}, got); diff != "" {
		t.Error(diff)
	}
}

func TestHTML_CommentsAreTheirWriters(t *testing.T) {
	item := one(t, "a.html", sitePage(headNews, articleNews, commentsWordPress), Options{})
	type seen struct {
		Words, Author string
		Date          graph.Date
		Age, Answers  string
	}
	var got []seen
	for _, m := range item.Marks {
		if m.Kind == MarkComment {
			s := seen{Words: m.Span.Of(item.Text), Author: m.Author, Date: m.Date, Age: m.Age}
			if m.Parent >= 0 {
				s.Answers = item.Marks[m.Parent].Author
			}
			got = append(got, s)
		}
	}
	if diff := cmp.Diff([]seen{
		{"It did not work in my town.\n\nSee the report.", "Cy Dunn", "2024-10-18", "", ""},
		{"It did in mine.", "Dee", "", "2 months ago", "Cy Dunn"},
		{"People have gone back to work.\n\nHave they?", "", "2024-10-20", "", ""},
	}, got); diff != "" {
		t.Error(diff)
	}
	for _, s := range []string{"thoughts on", "Leave a Reply", "Reply", "says:", "email address", "Cookie", "cookies", "Copyright", "Most read", "Filed under", "About us", "script", "hidden words"} {
		if strings.Contains(item.Text, s) {
			t.Errorf("text holds %q", s)
		}
	}
}

func TestHTML_CommentsOfOtherEngines(t *testing.T) {
	body := `<h1>Coaches on wards</h1><p>The trust has asked the minister for the evidence behind the plan, and it has not had an answer from her so far.</p>
<p>It says that it will go on asking until the evidence is published, because the people on its wards deserve to know.</p>`
	type seen struct {
		words, author string
		date          graph.Date
		parent        int // among comments
	}
	for name, c := range map[string]struct {
		html string
		want []seen
	}{
		"Blogger": {
			`<div class="comments" id="comments"><h4>2 comments:</h4><div class="comment-thread"><ol><li class="comment" id="c420"><div class="comment-block"><div class="comment-header"><cite class="user"><a href="#">Ruby</a></cite><span class="datetime secondary-text"><a href="#">5 October 2024 at 21:00</a></span></div><p class="comment-content">Thank you for writing about this at last.</p><span class="comment-actions"><a href="#">Reply</a></span></div><div class="comment-replies"><ol><li class="comment" id="c421"><div class="comment-block"><div class="comment-header"><cite class="user">Author</cite></div><p class="comment-content">You are welcome.</p></div></li></ol></div></li></ol></div></div>`,
			[]seen{{"Thank you for writing about this at last.", "Ruby", "2024-10-05", -1}, {"You are welcome.", "Author", "", 0}},
		},
		"Drupal": {
			`<section id="comments"><h2>Comments</h2><article id="comment-7" class="comment" typeof="schema:Comment"><footer><p class="submitted">Submitted by <span class="username">Eve Fox</span> on 3 May 2024 - 10:11</p></footer><div class="field--name-comment-body"><p>My ward had no coach at all.</p></div><ul class="links"><li class="comment-reply"><a href="#">Reply</a></li></ul></article><article id="comment-8" class="comment"><footer><p class="submitted">Submitted by <span class="username">Gil</span> on 4 May 2024</p></footer><div class="field--name-comment-body"><p>Nor did mine.</p></div></article></section>`,
			[]seen{{"My ward had no coach at all.", "Eve Fox", "2024-05-03", -1}, {"Nor did mine.", "Gil", "2024-05-04", -1}},
		},
		"Typepad": {
			`<div class="comments"><div class="comment" id="comment-6a00d8341c"><div class="comment-content"><p>A very sad state of affairs.</p></div><p class="comment-footer">Posted by: <a href="#">Hal Iron</a> | <a href="#">16 October 2024 at 10:11</a></p></div></div>`,
			[]seen{{"A very sad state of affairs.", "Hal Iron", "2024-10-16", -1}},
		},
		"microdata": {
			`<div class="x1"><div itemprop="comment" itemscope itemtype="https://schema.org/Comment"><span itemprop="author">Ida</span> <time itemprop="dateCreated" datetime="2024-10-19">yesterday</time><div itemprop="text">Who pays for all of this?</div></div></div>`,
			[]seen{{"Who pays for all of this?", "Ida", "2024-10-19", -1}},
		},
		"flat list with depths": {
			`<ul class="commentlist"><li class="comment depth-1" id="comment-1"><cite class="fn">Jo</cite><p>First of all words.</p></li><li class="comment depth-2" id="comment-2"><cite class="fn">Kay</cite><p>An answer to that.</p></li><li class="comment depth-1" id="comment-3"><cite class="fn">Lee</cite><p>Something else again.</p></li></ul>`,
			[]seen{{"First of all words.", "Jo", "", -1}, {"An answer to that.", "Kay", "", 0}, {"Something else again.", "Lee", "", -1}},
		},
		"a list of definitions": {
			`<dl id="comment_list"><dt class="comment" id="comment-31"><span class="comment_author">Max</span> <span class="comment_time">June 28, 2015 at 10:25 pm</span></dt><dd class="comment"><div class="format_text"><p>How can that be true at all?</p></div></dd><dt class="comment" id="comment-32"><span class="comment_author">Nan</span></dt><dd class="comment"><p>It is not.</p></dd></dl>`,
			[]seen{{"How can that be true at all?", "Max", "2015-06-28", -1}, {"It is not.", "Nan", "", -1}},
		},
		"points and ages": {
			`<div class="comments"><div class="comment"><div><span>39 points</span> · <span>6 years ago</span></div><p>I tend to agree with the trust on this.</p></div></div>`,
			[]seen{{"I tend to agree with the trust on this.", "", "", -1}},
		},
		"rules of the house are nobody's": {
			`<div id="comments"><p>Comments are moderated before they are published on this site.</p><p>You must be logged in to post a reply.</p></div>`,
			nil,
		},
		"a section without known parts": {
			`<div id="comments"><h3>Comments</h3><div class="row"><p>I have never heard of such a thing before.</p></div><div class="row"><p>Nor have I, and I work on a ward.</p></div></div>`,
			[]seen{{"I have never heard of such a thing before.", "", "", -1}, {"Nor have I, and I work on a ward.", "", "", -1}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			item := one(t, "a.html", sitePage(headNews, body, c.html), Options{})
			var got []seen
			number := map[int]int{-1: -1}
			for i, m := range item.Marks {
				if m.Kind == MarkComment {
					number[i] = len(got)
					got = append(got, seen{m.Span.Of(item.Text), m.Author, m.Date, number[m.Parent]})
				}
			}
			if diff := cmp.Diff(c.want, got, cmp.AllowUnexported(seen{})); diff != "" {
				t.Error(diff)
			}
			if !strings.Contains(item.Text, "deserve to know") {
				t.Error("the article is lost")
			}
		})
	}
}

func TestHTML_AnOpinionPieceIsNoComment(t *testing.T) {
	page := `<html><head><title>Why I left</title></head><body><div class="comment tone-comment" id="comment-piece"><h1>Why I left</h1>
<p>I worked on the ward for ten years, and in the last of them I could no longer say that we were helping anybody get well.</p>
<p>When they told us that coaches would come, I knew that it was time to go, and I said so to the board in a letter.</p></div></body></html>`
	item := one(t, "a.html", page, Options{})
	if len(marked(item, MarkComment)) != 0 || !strings.Contains(item.Text, "ten years") {
		t.Errorf("comments %q in %q", marked(item, MarkComment), item.Text)
	}
}

func TestHTML_MetadataOfThePage(t *testing.T) {
	const words = `<article><h1>Coaches on wards</h1><p>The trust has asked the minister for the evidence behind the plan, and has not had an answer from her.</p></article>`
	for name, c := range map[string]struct {
		head, before string
		want         graph.Document
	}{
		"Open Graph": {
			`<meta property="og:title" content="Coaches on wards"><meta property="og:site_name" content="Ward Watch"><meta property="og:url" content="https://ward.example/1"><meta property="article:published_time" content="2024-10-17T23:10:00Z"><meta property="article:author" content="https://ward.example/people/ann"><meta name="author" content="By Ann Reed">`, "",
			graph.Document{URL: "https://ward.example/1", Title: "Coaches on wards", Publisher: "Ward Watch", Authors: []string{"Ann Reed"}, Published: "2024-10-17"},
		},
		"citation tags": {
			`<meta name="citation_title" content="Coaches on wards"><meta name="citation_author" content="Reed, Ann"><meta name="citation_author" content="Hill, Bo"><meta name="citation_journal_title" content="Journal of Wards"><meta name="citation_publication_date" content="2021/05/01"><meta name="DC.date" content="2021-05-01">`, "",
			graph.Document{Title: "Coaches on wards", Publisher: "Journal of Wards", Authors: []string{"Reed, Ann", "Hill, Bo"}, Published: "2021-05-01"},
		},
		"fact-check": {
			`<script type="application/ld+json">[{"@type":"BreadcrumbList"},{"@type":"ClaimReview","url":"https://check.example/1","datePublished":"2024-11-01","author":{"@type":"Organization","name":"Check"},"claimReviewed":"x"}]</script><title>Coaches on wards | Check</title>`, "",
			graph.Document{URL: "https://check.example/1", Title: "Coaches on wards", Authors: []string{"Check"}, Published: "2024-11-01", Kind: graph.KindFactCheck},
		},
		"only what is seen": {
			`<title>Coaches on wards - Ward Watch</title>`, `<p>By <a rel="author" href="/ann">Ann Reed</a></p><time class="published" datetime="2024-10-17">17 Oct</time>`,
			graph.Document{Title: "Coaches on wards", Authors: []string{"Ann Reed"}, Published: "2024-10-17"},
		},
		"broken JSON-LD is passed over": {
			`<script type="application/ld+json">{"@type":"NewsArticle",</script><meta property="og:title" content="Coaches on wards">`, "",
			graph.Document{Title: "Coaches on wards"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			item := one(t, "a.html", "<html><head>"+c.head+"</head><body>"+c.before+words+"</body></html>", Options{})
			got := item.Document
			got.ID, got.Language = "", ""
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestHTML_NothingRunsAndNothingIsFetched(t *testing.T) {
	item := one(t, "a.html", `<html><head><base href="javascript:alert(1)//"><script>while(true){}</script><meta http-equiv="refresh" content="0;url=https://evil.example/">
<link rel="canonical" href="javascript:alert(2)"></head><body onload="alert(3)"><article><h1>Plain words</h1>
<p>Words before <script>document.write("inserted")</script><iframe src="https://evil.example/"></iframe><img src=x onerror="alert(4)">and after the
<a href="javascript:alert(5)">first link</a>, the <a href="data:text/html,x">second</a> and the <a href="HTTPS://Ok.example/x">third</a> of them all.</p></article></body></html>`, Options{})
	if item.Text != "Plain words\n\nWords before and after the first link, the second and the third of them all." {
		t.Errorf("text = %q", item.Text)
	}
	for _, m := range item.Marks {
		if m.Kind == MarkLink && m.URL != "https://ok.example/x" {
			t.Errorf("link to %s", m.URL)
		}
	}
	if item.Document.URL != "" || len(item.Notes) == 0 {
		t.Errorf("address %q, notes %q", item.Document.URL, item.Notes)
	}
}

func TestHTML_PageWithoutWords(t *testing.T) {
	_, err := Read("a.html", []byte(`<html><body><div id="app"></div><script>render()</script></body></html>`), Options{})
	var s *Skip
	if !errors.As(err, &s) || s.Reason != ReasonNoText {
		t.Errorf("Read = %v", err)
	}
}

func TestHTML_OfAFewWords(t *testing.T) {
	item := one(t, "a.html", "<p>No plans exist.</p><p>None at all.</p>", Options{})
	if item.Text != "No plans exist.\n\nNone at all." {
		t.Errorf("text = %q", item.Text)
	}
}

func TestHTML_IsTheSameEveryTime(t *testing.T) {
	page := sitePage(headNews, articleNews, commentsWordPress)
	first := one(t, "a.html", page, Options{})
	for range 10 {
		if diff := cmp.Diff(first, one(t, "a.html", page, Options{})); diff != "" {
			t.Fatal(diff)
		}
	}
}
