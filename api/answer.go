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
)

// An answer is what a route gives: JSON, and a graph where it can be drawn.
type answer struct {
	body  any
	graph graph.Subgraph
	roots []graph.ID // nodes that were asked about
	title string     // of the picture
	csv   []byte     // instead of body
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
		q, err := newQuestion(r, c.Request, c.Param("id"))
		if err != nil {
			s.fail(c, err)
			return
		}
		q.version = s.o.Version
		media, body, err := s.ask(ctx, r, q)
		if err != nil {
			s.fail(c, err)
			return
		}
		if r.drawn {
			c.Header("Vary", "Accept")
		}
		c.Data(http.StatusOK, media, body)
	}
}

// ask makes the answer to a question inside one view.
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
	err = s.store.View(ctx, q.at, func(reader graph.Reader) error {
		q.Reader = reader
		a, err := r.answer(ctx, q)
		if err != nil {
			return err
		}
		media, body, err = a.render(q.dot)
		return err
	})
	var gone *missing
	if errors.As(err, &gone) {
		// Only after the view: another one inside it could wait for a writer that waits for this one.
		err = s.explain(ctx, q.at, gone)
		if r.absent != nil && (errors.Is(err, graph.ErrNotFound) || errors.Is(err, graph.ErrSuppressed)) {
			return r.absent(err).render(q.dot)
		}
	}
	return media, body, err
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
