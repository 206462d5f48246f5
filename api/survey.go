package api

import (
	"context"
	"sync"

	"whence/graph"
)

// surveys keeps the newest surveys of a store, so that one reading of the whole
// graph serves many questions. It is safe for concurrent use.
type surveys struct {
	store graph.Store

	mu   sync.Mutex
	kept []*kept // the last used is the last
}

// maxSurveys bounds how many are kept: now, and some of other times or bounds.
const maxSurveys = 4

type surveyKey struct {
	commit  int64
	at      graph.At
	options graph.SurveyOptions
}

type kept struct {
	key    surveyKey
	done   chan struct{}
	survey *graph.Survey
	err    error
}

// at returns the survey of a time. When it is not kept it is made, and goes on
// being made when the question has no time left: the next finds it ready.
func (s *surveys) at(ctx context.Context, at graph.At, o graph.SurveyOptions) (*graph.Survey, error) {
	last, err := s.store.Last(ctx)
	if err != nil {
		return nil, err
	}
	k := s.keep(ctx, surveyKey{commit: last.Number, at: at, options: o})
	select {
	case <-k.done:
		return k.survey, k.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// keep returns what is kept under a key, or begins to make it.
func (s *surveys) keep(ctx context.Context, key surveyKey) *kept {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, k := range s.kept {
		if k.key == key {
			s.kept = append(append(s.kept[:i:i], s.kept[i+1:]...), k)
			return k
		}
	}
	k := &kept{key: key, done: make(chan struct{})}
	var fresh []*kept // of another state of the store none is asked for again
	for _, old := range s.kept {
		if old.key.commit == key.commit {
			fresh = append(fresh, old)
		}
	}
	s.kept = append(fresh[max(0, len(fresh)-maxSurveys+1):], k)
	go func() {
		defer close(k.done)
		if k.survey, k.err = graph.NewSurvey(context.WithoutCancel(ctx), s.store, key.at, key.options); k.err != nil {
			s.forget(k)
		}
	}()
	return k
}

// forget drops what could not be made, so that the next question tries again.
func (s *surveys) forget(k *kept) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, x := range s.kept {
		if x == k {
			s.kept = append(s.kept[:i:i], s.kept[i+1:]...)
			return
		}
	}
}

// surveyOptions reads what a survey follows.
func (q *question) surveyOptions() graph.SurveyOptions {
	return graph.SurveyOptions{
		MinConfidence: graph.Confidence(q.number("min_confidence", int(graph.FamilyThreshold), 1, 1000)),
		Declared:      q.declared(),
	}
}

// declared reports whether only what is declared is to be followed.
func (q *question) declared() bool {
	return oneOf(q, "basis", []string{"declared", "all"}) == "declared"
}
