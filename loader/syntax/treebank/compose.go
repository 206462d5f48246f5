package treebank

import (
	"math/rand/v2"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"whence/graph"
	"whence/loader/syntax"
)

// Compose makes n sentences in which somebody says something, of the parts of
// sentences of a treebank: who spoke, how that was told, and what was said, before
// it or after it, quoted or not. Treebanks of the web have little of what newspapers
// are full of ("…," said Ms Okafor, who chairs the board). The same examples and seed
// give the same sentences.
func Compose(examples []syntax.Example, n int, seed uint64) []syntax.Example {
	var p parts
	for _, e := range examples {
		p.take(e)
	}
	if len(p.told) == 0 || len(p.said) == 0 {
		return nil
	}
	random := rand.New(rand.NewPCG(seed, 4))
	out := make([]syntax.Example, 0, n)
	for range n {
		out = append(out, p.compose(random))
	}
	return out
}

// A phrase is a part of a sentence that hangs from one word of it.
type phrase struct {
	forms  []string
	tokens syntax.Sentence // heads count from the phrase's start
	head   int
}

// cut takes words [from, to) out of a sentence. All but head must hang from one of them.
func cut(e syntax.Example, from, to, head int) (phrase, bool) {
	p := phrase{head: head - from}
	for i := from; i < to; i++ {
		t := e.Tokens[i]
		switch {
		case i == head:
			t.Head = -1
		case t.Head < from || t.Head >= to:
			return phrase{}, false
		default:
			t.Head -= from
		}
		p.forms = append(p.forms, t.Span.Of(e.Text))
		p.tokens = append(p.tokens, t)
	}
	return p, true
}

// parts are what sentences are composed of.
type parts struct {
	subjects []phrase // "the doctor who wrote the report"
	told     []told
	said     []phrase // sentences without their stop
	asked    []phrase // questions without their mark, and cries
}

// told is how a sentence tells that somebody speaks: "Dunn" "told reporters on Friday".
type told struct{ subject, predicate phrase }

// What is long is left out: it is seldom what newspapers write.
const (
	longSubject   = 14
	longPredicate = 8
	longSentence  = 30
)

func (p *parts) take(e syntax.Example) {
	s := e.Tokens
	for i, t := range s {
		if t.Rel == "nsubj" && (t.UPOS == "NOUN" || t.UPOS == "PROPN") {
			if from, to := s.Reach(i); to-from <= longSubject && closed(s[from:to]) {
				if subject, ok := cut(e, from, to, i); ok {
					p.subjects = append(p.subjects, subject)
				}
			}
		}
	}
	root := slices.IndexFunc(s, func(t syntax.Token) bool { return t.Head < 0 })
	if root < 0 {
		return
	}
	if speech[s[root].Lemma] {
		p.takeTold(e, root)
		return
	}
	end := len(s) - 1
	first, _ := utf8.DecodeRuneInString(e.Text)
	if end < 3 || end > longSentence || !unicode.IsUpper(first) || s[0].UPOS == "CCONJ" ||
		!slices.ContainsFunc(s.Children(root), func(c int) bool { return universal(s[c].Rel) == "nsubj" }) ||
		slices.ContainsFunc(s[:end], func(t syntax.Token) bool { return t.Tag == "``" || t.Tag == "''" || t.Tag == ":" || t.Tag == "." }) {
		return
	}
	whole, ok := cut(e, 0, end, root)
	switch stop := s[end].Span.Of(e.Text); {
	case !ok:
	case stop == ".":
		p.said = append(p.said, whole)
	case stop == "?" || stop == "!":
		whole.forms = append(whole.forms, stop)
		mark := s[end]
		mark.Head = root
		whole.tokens = append(whole.tokens, mark)
		p.asked = append(p.asked, whole)
	}
}

// closed reports whether a comma at a phrase's end has another that it answers.
func closed(s syntax.Sentence) bool {
	mark := func(t syntax.Token) bool { return t.UPOS == "PUNCT" }
	return !mark(s[len(s)-1]) || slices.ContainsFunc(s[:len(s)-1], mark)
}

// takeTold takes subject and predicate of a sentence that tells what somebody says.
func (p *parts) takeTold(e syntax.Example, verb int) {
	s := e.Tokens
	subject, content := -1, -1
	for _, c := range s.Children(verb) {
		switch {
		case universal(s[c].Rel) == "nsubj" && c < verb:
			subject = c
		case s[c].Rel == "ccomp" && c > verb:
			content = c
		}
	}
	if subject < 0 || content < 0 {
		return
	}
	from, to := s.Reach(subject)
	end, _ := s.Reach(content)
	for end > verb && s[end-1].UPOS == "PUNCT" {
		end--
	}
	if from != 0 || to > verb || end <= verb || to > longSubject || end-to > longPredicate || !closed(s[from:to]) {
		return
	}
	who, ok1 := cut(e, from, to, subject)
	how, ok2 := cut(e, to, end, verb)
	if ok1 && ok2 {
		p.told = append(p.told, told{who, how})
	}
}

// compose makes one sentence.
func (p *parts) compose(random *rand.Rand) syntax.Example {
	t := p.told[random.IntN(len(p.told))]
	past := t.predicate.tokens[t.predicate.head].Tag == "VBD"
	if past && random.IntN(2) == 0 {
		t.subject = p.subjects[random.IntN(len(p.subjects))]
	}
	said := p.said[random.IntN(len(p.said))]
	open, closing := "“", "”"
	if random.IntN(3) == 0 {
		open, closing = `"`, `"`
	}
	var c composed
	switch pattern := random.IntN(14); {
	case pattern < 6: // what was said comes first
		mark := ","
		if len(p.asked) > 0 && random.IntN(6) == 0 {
			said, mark = p.asked[random.IntN(len(p.asked))], ""
		}
		quoted := mark == "" || pattern < 5
		at := c.next()
		if quoted {
			at++
		}
		content := at + said.head
		if quoted {
			c.mark(open, "``", content)
		}
		c.add(said, "ccomp")
		if mark != "" {
			c.mark(mark, ",", content)
		}
		if quoted {
			c.mark(closing, "''", content)
		}
		verb := c.tell(t, random.IntN(2) == 0)
		c.tokens[content].Head = verb
		c.mark(".", ".", verb)
	case pattern < 8: // the clause after it, without a word between
		verb := c.tell(t, false)
		c.tokens[c.add(said, "ccomp")].Head = verb
		c.mark(".", ".", verb)
	case pattern < 10: // the clause after "that"
		verb := c.tell(t, false)
		at := c.next()
		c.forms = append(c.forms, "that")
		c.tokens = append(c.tokens, syntax.Token{Lemma: "that", Tag: "IN", UPOS: "SCONJ", Head: at + 1 + said.head, Rel: "mark"})
		c.tokens[c.add(said, "ccomp")].Head = verb
		c.mark(".", ".", verb)
	case pattern < 12: // a quotation after it
		verb := c.tell(t, false)
		content := c.next() + 2 + said.head
		if pattern == 10 {
			c.mark(",", ",", content)
		} else {
			c.mark(":", ":", content)
		}
		c.mark(open, "``", content)
		c.tokens[c.add(said, "ccomp")].Head = verb
		c.forms[content-said.head] = capital(c.forms[content-said.head])
		c.mark(".", ".", verb)
		c.tokens[len(c.tokens)-1].Head = content
		c.mark(closing, "''", content)
	default: // within what was said, which then is the main clause
		at := said.division()
		if at == 0 {
			return p.compose(random)
		}
		if pattern == 12 {
			open, closing = "", ""
		}
		c.interrupt(said, at, t, random.IntN(2) == 0, open, closing)
	}
	return c.example()
}

// division is where a clause may be interrupted: after the first phrase before its
// verb, 0 for nowhere.
func (p *phrase) division() int {
	for _, c := range p.tokens.Children(p.head) {
		switch rel := universal(p.tokens[c].Rel); {
		case c > p.head:
			return 0
		case rel == "nsubj" || rel == "obl" || rel == "advcl" || rel == "advmod":
			first, end := p.tokens.Reach(c)
			if end > first && p.tokens[end-1].UPOS == "PUNCT" {
				end--
			}
			if first == 0 && end > 0 {
				return end
			}
			return 0
		}
	}
	return 0
}

// interrupt appends a clause, within which it is told who speaks.
func (c *composed) interrupt(said phrase, at int, t told, verbFirst bool, open, closing string) {
	place := make([]int, len(said.tokens)) // where each word comes to stand; -1 for the comma that goes
	take := func(from, to int) {
		for i := from; i < to; i++ {
			place[i] = c.next()
			c.forms, c.tokens = append(c.forms, said.forms[i]), append(c.tokens, said.tokens[i])
		}
	}
	var marks []int // of quotation
	quote := func(form, tag string) {
		if form != "" {
			marks = append(marks, c.next())
			c.mark(form, tag, 0)
		}
	}
	quote(open, "``")
	take(0, at)
	if at < len(said.tokens) && said.tokens[at].UPOS == "PUNCT" {
		place[at] = -1 // it is made anew
		at++
	}
	comma := c.next()
	c.mark(",", ",", 0)
	quote(closing, "''")
	verb := c.tell(t, verbFirst)
	c.tokens[comma].Head = verb
	c.mark(",", ",", verb)
	quote(open, "``")
	take(at, len(said.tokens))
	for i, to := range place {
		if h := said.tokens[i].Head; h >= 0 && to >= 0 {
			c.tokens[to].Head = place[h]
		}
	}
	head := place[said.head]
	c.tokens[head].Head, c.tokens[head].Rel = -1, "root"
	c.tokens[verb].Head, c.tokens[verb].Rel = head, "parataxis"
	for _, m := range marks {
		c.tokens[m].Head = head
	}
	c.mark(".", ".", head)
	quote(closing, "''")
	if closing != "" {
		c.tokens[c.next()-1].Head = head
	}
}

// composed is a sentence as it grows.
type composed struct {
	forms  []string
	tokens syntax.Sentence
}

func (c *composed) next() int { return len(c.tokens) }

// add appends a phrase and returns where its head is, whose own head is left open.
func (c *composed) add(p phrase, rel string) int {
	at := c.next()
	for i, t := range p.tokens {
		form := p.forms[i]
		if i == 0 && at > 0 {
			form = small(form, t)
		}
		if i == p.head {
			t.Rel = rel
		} else {
			t.Head += at
		}
		c.forms = append(c.forms, form)
		c.tokens = append(c.tokens, t)
	}
	return at + p.head
}

func (c *composed) mark(form, tag string, head int) {
	c.forms = append(c.forms, form)
	c.tokens = append(c.tokens, syntax.Token{Lemma: form, Tag: tag, UPOS: "PUNCT", Head: head, Rel: "punct"})
}

// tell appends who speaks and how, the verb first where that can be; it returns where the verb is.
func (c *composed) tell(t told, verbFirst bool) int {
	who, how := t.subject, t.predicate
	if !verbFirst || how.head != 0 || who.tokens[who.head].UPOS == "PRON" {
		subject := c.add(who, "nsubj")
		verb := c.add(how, "root")
		c.tokens[subject].Head = verb
		return verb
	}
	// "told reporters": what hangs from the verb follows the subject.
	verb := c.next()
	first := phrase{how.forms[:1], slices.Clone(how.tokens[:1]), 0}
	c.add(first, "root")
	subject := c.add(who, "nsubj")
	c.tokens[subject].Head = verb
	shift := len(who.tokens)
	for i := 1; i < len(how.tokens); i++ {
		w := how.tokens[i]
		if w.Head += verb; w.Head > verb {
			w.Head += shift
		}
		c.forms, c.tokens = append(c.forms, how.forms[i]), append(c.tokens, w)
	}
	return verb
}

// example lays the words out, a space between.
func (c *composed) example() syntax.Example {
	if c.tokens[0].UPOS != "PUNCT" {
		c.forms[0] = capital(c.forms[0])
	} else if len(c.forms) > 1 {
		c.forms[1] = capital(c.forms[1])
	}
	at := 0
	for i, f := range c.forms {
		c.tokens[i].Span = graph.Span{Start: at, End: at + len(f)}
		at += len(f) + 1
	}
	return syntax.Example{Document: "composed", Text: strings.Join(c.forms, " "), Tokens: c.tokens}
}

func capital(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[size:]
}

// small takes the capital off a word that has it only from the sentence's beginning.
func small(s string, t syntax.Token) string {
	r, size := utf8.DecodeRuneInString(s)
	if t.UPOS == "PROPN" || t.Lemma == "I" || s == "I" || strings.ToLower(s[size:]) != s[size:] {
		return s
	}
	return string(unicode.ToLower(r)) + s[size:]
}
