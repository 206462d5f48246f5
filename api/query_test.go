package api_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"whence/api"
	"whence/graph"
	"whence/graph/query"
)

// fakeQuerier finds the IDs of claims, whatever it is asked, and warns of the language.
type fakeQuerier struct{}

func (fakeQuerier) Run(ctx context.Context, s graph.Store, q query.Question) (a query.Answer, err error) {
	if strings.Contains(q.Text, "wrong") {
		return a, graph.ErrInvalid
	}
	a.Warnings = []string{"Asked in " + q.Language + "."}
	err = s.View(ctx, graph.At{KnownBy: q.KnownBy}, func(r graph.Reader) error {
		ids, err := r.List(ctx, graph.TypeClaim, "", 0)
		for _, id := range ids {
			if len(a.Rows) == q.Rows {
				a.Cut = "There are more."
				break
			}
			row, err := json.Marshal(map[string]graph.ID{"id": id})
			if err != nil {
				return err
			}
			a.Rows = append(a.Rows, row)
		}
		return err
	})
	return a, err
}

func TestQuery(t *testing.T) {
	s, _ := fixture()
	empty := newFakeStore()
	for name, x := range map[string]struct {
		store  graph.Store
		values string
		status int
		want   string // a part of the answer
	}{
		"results":                {s, "language=gizmo&text=x", 200, `"items":[{"id":"urn:whence:claim:`},
		"as many as asked for":   {s, "language=gizmo&text=x&limit=1", 200, `"cut":"There are more."`},
		"warnings":               {s, "language=sexp&text=x", 200, `"warnings":["Asked in sexp."]`},
		"before anything":        {s, "language=gizmo&text=x&known_by=2001-01-01T00:00:00Z", 200, `"answer":"not-loaded"`},
		"nothing held":           {empty, "language=gizmo&text=x", 200, `"answer":"not-loaded"`},
		"an unknown language":    {s, "language=sparql&text=x", 400, `"parameter":"language"`},
		"no text":                {s, "language=gizmo", 400, `"parameter":"text"`},
		"a text of blanks":       {s, "language=gizmo&text=+", 400, `"parameter":"text"`},
		"a text too long":        {s, "language=gizmo&text=" + strings.Repeat("x", query.MaxText+1), 400, `"parameter":"text"`},
		"a text that is not one": {s, "language=gizmo&text=%ff", 400, `"parameter":"text"`},
		"a query that is wrong":  {s, "language=gizmo&text=wrong", 400, `"parameter":"text"`},
		"too many":               {s, "language=gizmo&text=x&limit=10001", 400, `"parameter":"limit"`},
	} {
		t.Run(name, func(t *testing.T) {
			c := newClient(t, x.store, api.Options{})
			if body := string(c.get("/api/v1/query?"+x.values, x.status)); !strings.Contains(body, x.want) {
				t.Errorf("answer %s, want %s in it", body, x.want)
			}
		})
	}
}

func TestQuery_Refused(t *testing.T) {
	s, _ := fixture()
	target := "/api/v1/query?language=gizmo&text=" + url.QueryEscape("g.V().All()")
	everybody, owner := api.Options{Querier: fakeQuerier{}, Token: "secret"}, api.Options{Querier: fakeQuerier{}, Token: "secret", OwnQueries: true}
	for name, x := range map[string]struct {
		o     api.Options
		token string
		site  string // as a browser tells it
		want  int
	}{
		"switched off":            {api.Options{Token: "secret"}, "secret", "", 403},
		"no browser":              {everybody, "", "", 200},
		"the page itself":         {everybody, "", "same-origin", 200},
		"typed in":                {everybody, "", "none", 200},
		"another site's page":     {everybody, "", "cross-site", 403},
		"a page of a sister site": {everybody, "", "same-site", 403},
		"not the owner":           {owner, "", "", 403},
		"not the owner's token":   {owner, "guess", "", 403},
		"the owner":               {owner, "secret", "", 200},
	} {
		t.Run(name, func(t *testing.T) {
			req := httptest.NewRequest(http.MethodGet, target, nil)
			req.Host = "localhost"
			req.RemoteAddr = "127.0.0.1:40000"
			if x.token != "" {
				req.Header.Set("Authorization", "Bearer "+x.token)
			}
			if x.site != "" {
				req.Header.Set("Sec-Fetch-Site", x.site)
			}
			res := httptest.NewRecorder()
			api.New(s, x.o).ServeHTTP(res, req)
			if diff := cmp.Diff(x.want, res.Code); diff != "" {
				t.Errorf("status (-want +got):\n%s%s", diff, res.Body)
			}
		})
	}
}
