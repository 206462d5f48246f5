package api

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"github.com/gin-gonic/gin"

	"whence/graph"
	"whence/graph/export"
	"whence/graph/passages"
)

// An answer is what a route gives: JSON, and a graph where it can be drawn.
type answer struct {
	body  any
	graph graph.Subgraph
	roots []graph.ID // nodes that were asked about
	title string     // of the picture
	csv   []byte     // instead of body
	// unseen are readings that the view does not see, and that hold the words asked
	// for; without is this answer if that is because they were withdrawn.
	unseen  []graph.Label
	without func(presence) *answer
}

// Media types of answers.
const (
	mediaJSON    = "application/json; charset=utf-8"
	mediaProblem = "application/problem+json; charset=utf-8"
	mediaDOT     = "text/vnd.graphviz; charset=utf-8"
	mediaCSV     = "text/csv; charset=utf-8; header=present"
)

// handle answers the requests of a route.
func (s *server) handle(r route) gin.HandlerFunc {
	return func(c *gin.Context) {
		ctx, cancel := context.WithTimeout(c.Request.Context(), s.o.Timeout)
		defer cancel()
		q, err := s.question(r, c.Request, c.Param("id"))
		if err != nil {
			s.fail(c, err)
			return
		}
		if r.queried && !s.mayQuery(c) {
			return
		}
		ask := s.ask
		if q.receipt {
			ask = s.receipt
		}
		media, body, err := ask(ctx, r, q)
		if err != nil {
			s.fail(c, err)
			return
		}
		c.Header("Vary", "Accept")
		c.Data(http.StatusOK, media, body)
	}
}

// question reads a request.
func (s *server) question(r route, req *http.Request, id string) (*question, error) {
	q, err := newQuestion(r, req, id)
	if err != nil {
		return nil, err
	}
	q.version, q.passages = s.o.Version, s.store
	return q, nil
}

// maxAsked bounds how often a question is asked anew because the index of passages was behind.
const maxAsked = 4

// ask makes the answer to a question, each time inside one view.
func (s *server) ask(ctx context.Context, r route, q *question) (media string, body []byte, err error) {
	if r.surveyed {
		// Before the view, since a survey opens its own; it is kept, and shared by questions.
		o := q.surveyOptions()
		if q.err != nil {
			return "", nil, q.err
		}
		if q.survey, err = s.surveys.at(ctx, q.at, o); err != nil {
			return "", nil, err
		}
	}
	if r.matched {
		query := q.matchQuery()
		if q.err != nil {
			return "", nil, q.err
		}
		if q.matched, err = s.o.Matcher.Match(ctx, s.store, q.at, query); errors.Is(err, graph.ErrInvalid) {
			return "", nil, &paramError{"cursor", err} // all else was checked
		} else if err != nil {
			return "", nil, err
		}
	}
	if r.queried {
		asked := q.query()
		if q.err != nil {
			return "", nil, q.err
		}
		if q.queried, err = s.o.Querier.Run(ctx, s.store, asked); errors.Is(err, graph.ErrInvalid) {
			return "", nil, &paramError{"text", err} // all else was checked
		} else if err != nil {
			return "", nil, err
		}
	}
	var a *answer
	for range maxAsked {
		err = s.store.View(ctx, q.at, func(reader graph.Reader) (err error) {
			q.Reader, q.wire = reader, newWire()
			a, err = r.answer(ctx, q)
			return err
		})
		if !errors.Is(err, passages.ErrBehind) {
			break
		}
		if err := s.store.Update(ctx); err != nil {
			return "", nil, err
		}
	}
	// Only after the view: another one inside it could wait for a writer that waits for this one.
	var gone *missing
	if errors.As(err, &gone) {
		err = s.explain(ctx, q.at, gone)
		if r.absent != nil && (errors.Is(err, graph.ErrNotFound) || errors.Is(err, graph.ErrSuppressed)) {
			a, err = r.absent(err), nil
		}
	}
	if err != nil {
		return "", nil, err
	}
	if len(a.unseen) > 0 {
		p, err := s.withdrawn(ctx, q.at, a.unseen)
		if err != nil {
			return "", nil, err
		}
		if p.Answer != "" {
			a = a.without(p)
		}
	}
	return a.render(q.dot)
}

// render writes an answer as JSON, or as DOT.
func (a *answer) render(dot bool) (media string, body []byte, err error) {
	if a.csv != nil {
		return mediaCSV, a.csv, nil
	}
	var out bytes.Buffer
	if dot {
		err = export.DOT(&out, a.graph, export.DOTOptions{Title: a.title, Roots: a.roots})
		return mediaDOT, out.Bytes(), err
	}
	if err := json.NewEncoder(&out).Encode(a.body); err != nil {
		return "", nil, fmt.Errorf("answer as JSON: %w", err)
	}
	return mediaJSON, out.Bytes(), nil
}

// health says that the store answers.
func health(ctx context.Context, q *question) (*answer, error) {
	if _, err := q.List(ctx, graph.TypeDocument, "", 1); err != nil {
		return nil, err
	}
	return &answer{body: healthJSON{Status: "ok", Version: known(q.version)}}, nil
}
