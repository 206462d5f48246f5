package api

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gin-gonic/gin"

	"whence/graph"
	"whence/graph/query"
)

// A Querier runs queries over a store. [query.Runner] is one. It must not be called inside a view.
type Querier interface {
	Run(ctx context.Context, s graph.Store, q query.Question) (query.Answer, error)
}

// queryJSON is what a query found.
type queryJSON struct {
	presence
	Items    []json.RawMessage `json:"items"`
	Cut      known             `json:"cut"` // why there are not more
	Warnings []string          `json:"warnings"`
}

// mayQuery reports whether queries are answered to whoever asks, and refuses if not. A page elsewhere can make a
// browser ask, though not read the answer.
func (s *server) mayQuery(c *gin.Context) bool {
	site := c.GetHeader("Sec-Fetch-Site")
	switch {
	case s.o.Querier == nil:
		s.refuse(c, http.StatusForbidden, "Query languages are switched off here.")
	case near(c.Request) && s.bears(c.Request):
		return true
	case s.o.OwnQueries:
		s.refuse(c, http.StatusForbidden, "Queries are answered to the store's owner only: to everybody if the server was started with --query.")
	case site == "cross-site" || site == "same-site":
		s.refuse(c, http.StatusForbidden, "A query is not answered to another site's page.")
	default:
		return true
	}
	return false
}

// query reads what is to be run.
func (q *question) query() query.Question {
	out := query.Question{
		Language: q.text("language"), Text: q.values.Get("text"), Rows: q.number("limit", query.DefaultRows, 1, query.MaxRows), KnownBy: q.at.KnownBy,
	}
	switch {
	case !slices.Contains(query.Languages(), out.Language):
		q.fail("language", "%q: want one of %s", clip(out.Language), strings.Join(query.Languages(), ", "))
	case strings.TrimSpace(out.Text) == "":
		q.fail("text", "want a query")
	case len(out.Text) > query.MaxText:
		q.fail("text", "has more than %d bytes", query.MaxText)
	case !utf8.ValidString(out.Text):
		q.fail("text", "is not UTF-8")
	}
	return out
}

// queryAnswer shows what a query found.
func queryAnswer(ctx context.Context, q *question) (*answer, error) {
	a := q.queried
	out := queryJSON{presence{Answer: found}, some(a.Rows), known(a.Cut), some(append(slices.Clone(a.Warnings), q.Warnings()...))}
	if len(a.Rows) > 0 {
		return &answer{body: out}, nil
	}
	docs, err := q.List(ctx, graph.TypeDocument, "", 1)
	switch {
	case err != nil:
		return nil, err
	case len(docs) == 0:
		out.presence = presence{Answer: notLoaded, Why: "No documents are held: load some first."}
	case a.Cut != "":
		out.presence = presence{Answer: suppressed, Why: known(a.Cut)}
	default:
		out.presence = presence{Answer: knownNone, Why: "The query found nothing in what is held."}
	}
	return &answer{body: out}, nil
}
