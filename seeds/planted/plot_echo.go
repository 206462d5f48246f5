package planted

import (
	"fmt"

	"whence/graph"
)

// Echo (3.10): how many sources there are behind many documents.
var echoPlots = []plot{
	{"echo/five newspapers and one release", func(t *teller) {
		e := t.echoes(5)
		e.count(1, e.all[0])
	}},
	{"echo/and an interview", func(t *teller) {
		e := t.echoes(5)
		e.independent()
		e.count(2, nil)
	}},
	{"echo/two releases of one body", func(t *teller) {
		e := t.echoes(4)
		again := t.document(graph.KindReport, 1, e.all[0].document.Publisher).voice(t.counted(e.n, 1))
		again.is(e.all...)
		e.all = append(e.all, again)
		e.passOn(again)
		e.count(1, nil)
	}},
	{"echo/one agency text in two newspapers", func(t *teller) {
		who := t.person()
		words := t.counted(t.exact(), 0)
		words.words += fmt.Sprintf(" and nobody at the %s could say whether the %s had been told of it at the time", t.thing, t.people)
		e := &echo{teller: t, say: func(int) utterance { return words }}
		for range 2 {
			s := t.document(graph.KindNews, 0, nil).reports(who, words)
			s.is(e.all...)
			e.all = append(e.all, s)
		}
		e.passOn(e.all[0])
		e.passOn(e.all[0])
		e.passOn(e.all[1])
		e.count(1, nil)
	}},
	{"echo/four who each asked", func(t *teller) {
		e := &echo{teller: t, n: t.exact()}
		for range 4 {
			e.independent()
		}
	}},
}

// An echo is a claim that many documents make.
type echo struct {
	*teller
	n   number
	all []*statement
	say func(way int) utterance
}

// echoes tells of a release and of so many newspapers that rest on it, some of them
// by way of another.
func (t *teller) echoes(newspapers int) *echo {
	e := &echo{teller: t, n: t.exact()}
	e.all = []*statement{t.document(graph.KindPressRelease, 0, t.body()).voice(t.counted(e.n, 0))}
	for i := range newspapers {
		from := e.all[0]
		if i > 2 {
			from = e.all[i-1]
		}
		e.passOn(from)
	}
	return e
}

func (e *echo) words(way int) utterance {
	if e.say != nil {
		return e.say(way)
	}
	return e.counted(e.n, way)
}

// passOn tells of a newspaper that has it from a statement.
func (e *echo) passOn(from *statement) {
	s := e.document(graph.KindNews, 2+len(e.all), nil).reports(from.speaker, e.words(len(e.all))).from(from)
	s.is(e.all...)
	e.all = append(e.all, s)
}

// independent tells of an interview in which somebody else says so of his own knowledge.
func (e *echo) independent() {
	s := e.document(graph.KindInterview, 2+len(e.all), nil).reports(e.person(), e.words(len(e.all)))
	s.is(e.all...)
	e.all = append(e.all, s)
}

// count plants how many sources there are, and the one that all rest on.
func (e *echo) count(sources int, dominator *statement) {
	p := e.expect("echo", "", e.all[0], dominator)
	p.or, p.value = e.all[1:], fmt.Sprint(sources)
}
