package api_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"

	"whence/api"
	"whence/graph"
)

// A client asks an API and holds every answer to the contract.
type client struct {
	t       *testing.T
	handler http.Handler
	doc     *openapi3.T
	router  routers.Router
	accept  string
	bearer  string
	from    string // address of the peer
}

func newClient(t *testing.T, s graph.Store, o api.Options) *client {
	t.Helper()
	raw, err := os.ReadFile("openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := openapi3.NewLoader().LoadFromData(raw)
	if err != nil {
		t.Fatal(err)
	}
	if err := doc.Validate(t.Context()); err != nil {
		t.Fatal(err)
	}
	router, err := gorillamux.NewRouter(doc)
	if err != nil {
		t.Fatal(err)
	}
	if o.Matcher == nil {
		o.Matcher = fakeMatcher{}
	}
	if o.Querier == nil {
		o.Querier = fakeQuerier{}
	}
	if o.Keeper == nil {
		k := fakeKeeper{}
		if f, ok := s.(*fakeStore); ok {
			k.fault = func() error { return f.fault() }
		}
		o.Keeper, o.Token = k, "secret"
	}
	return &client{t: t, handler: api.New(s, o), doc: doc, router: router, bearer: "secret", from: "127.0.0.1:40000"}
}

func init() {
	openapi3filter.RegisterBodyDecoder("text/vnd.graphviz", plainText)
	openapi3filter.RegisterBodyDecoder("application/yaml", plainText)
	openapi3filter.RegisterBodyDecoder(api.MediaArchive, plainText)
}

func plainText(body io.Reader, _ http.Header, _ *openapi3.SchemaRef, _ openapi3filter.EncodingFn) (any, error) {
	b, err := io.ReadAll(body)
	return string(b), err
}

// get asks for a path, and fails unless it has the status and the answer, and a
// good question too, is as the contract says.
func (c *client) get(target string, status int) []byte {
	c.t.Helper()
	req := httptest.NewRequest(http.MethodGet, target, nil)
	req.Host, req.RemoteAddr = "127.0.0.1:8080", c.from
	if c.bearer != "" {
		req.Header.Set("Authorization", "Bearer "+c.bearer)
	}
	if c.accept != "" {
		req.Header.Set("Accept", c.accept)
	}
	res := httptest.NewRecorder()
	c.handler.ServeHTTP(res, req)
	body := res.Body.Bytes()
	if res.Code != status {
		c.t.Fatalf("GET %s: status %d, want %d\n%s", target, res.Code, status, body)
	}
	route, params, err := c.router.FindRoute(req)
	if err != nil {
		c.t.Fatalf("GET %s: not in the contract: %v", target, err)
	}
	for name, v := range params { // the router gives what was sent
		if params[name], err = url.PathUnescape(v); err != nil {
			c.t.Fatal(err)
		}
	}
	in := &openapi3filter.RequestValidationInput{
		Request: req, PathParams: params, Route: route, Options: &openapi3filter.Options{AuthenticationFunc: openapi3filter.NoopAuthenticationFunc},
	}
	if err := openapi3filter.ValidateRequest(c.t.Context(), in); err != nil && status < 300 {
		c.t.Errorf("GET %s was answered, but the contract refuses it: %v", target, err)
	}
	out := &openapi3filter.ResponseValidationInput{RequestValidationInput: in, Status: res.Code, Header: res.Header()}
	out.SetBodyBytes(body)
	if err := openapi3filter.ValidateResponse(c.t.Context(), out); err != nil {
		c.t.Errorf("GET %s: the answer is not as the contract says: %v", target, err)
	}
	return body
}

func (c *client) getJSON(target string, status int, v any) {
	c.t.Helper()
	dec := json.NewDecoder(bytes.NewReader(c.get(target, status)))
	if err := dec.Decode(v); err != nil {
		c.t.Fatalf("GET %s: %v", target, err)
	}
}

// seg returns an ID as one segment of a path.
func seg(id graph.ID) string { return url.PathEscape(string(id)) }

// samples asks every route once, by its path in the contract.
func samples(h held) map[string]string {
	return map[string]string{
		"/healthz":                  "/healthz",
		"/api/v1/openapi.yaml":      "/api/v1/openapi.yaml",
		"/api/v1/stats":             "/api/v1/stats",
		"/api/v1/verify":            "/api/v1/verify",
		"/api/v1/backup":            "/api/v1/backup",
		"/api/v1/claims":            "/api/v1/claims?commenters=true",
		"/api/v1/claims/{id}":       "/api/v1/claims/" + seg(h.told),
		"/api/v1/claims/{id}/trace": "/api/v1/claims/" + seg(h.told) + "/trace",
		"/api/v1/trace":             "/api/v1/trace?q=journeys+by+half",
		"/api/v1/match":             "/api/v1/match?q=journeys+cut+by+half",
		"/api/v1/documents":         "/api/v1/documents",
		"/api/v1/documents/{id}":    "/api/v1/documents/" + seg(h.blog.id()) + "?commenters=true&text=true",
		"/api/v1/agents":            "/api/v1/agents?commenters=true",
		"/api/v1/agents/{id}":       "/api/v1/agents/" + seg(h.reed),
		"/api/v1/statistics":        "/api/v1/statistics",
		"/api/v1/query":             "/api/v1/query?language=gizmo&text=" + url.QueryEscape(`g.V("<whence:Claim>").In("<rdf:type>").All()`),
		"/api/v1/timeline":          "/api/v1/timeline?q=journeys",
		"/api/v1/paths":             "/api/v1/paths?from=" + url.QueryEscape(string(h.told)) + "&to=" + url.QueryEscape(string(h.figure)),
		"/api/v1/reports":           "/api/v1/reports",
		"/api/v1/reports/{id}":      "/api/v1/reports/orphan-evidence?commenters=true",
		"/api/v1/search":            "/api/v1/search?q=tunnel&commenters=true",
		"/api/v1/subgraph":          "/api/v1/subgraph?depth=2&node=" + url.QueryEscape(string(h.told)),
	}
}

func TestContract_EveryRouteIsTestedAndServed(t *testing.T) {
	s, h := fixture()
	c := newClient(t, s, api.Options{})
	asked := samples(h)
	for path, item := range c.doc.Paths.Map() {
		target, ok := asked[path]
		if !ok {
			t.Errorf("%s is in the contract and not tested", path)
			continue
		}
		delete(asked, path)
		for method, op := range item.Operations() {
			if method != http.MethodGet {
				t.Errorf("%s %s: the API is read-only", method, path)
			}
			if op.Responses.Default() == nil {
				t.Errorf("%s tells no problems", path)
			}
		}
		c.get(target, 200)
	}
	for path := range asked {
		t.Errorf("%s is tested and not in the contract", path)
	}
	var served []string
	for _, r := range api.Routes() {
		served = append(served, contractPath(r.Path))
	}
	var promised []string
	for path := range c.doc.Paths.Map() {
		promised = append(promised, path)
	}
	slices.Sort(served)
	slices.Sort(promised)
	if !slices.Equal(served, promised) {
		t.Errorf("served %v\npromised %v", served, promised)
	}
}

// contractPath turns gin's pattern into the contract's.
func contractPath(p string) string { return strings.ReplaceAll(p, ":id", "{id}") }

func TestContract_ParametersAreThoseOfTheRoutes(t *testing.T) {
	s, _ := fixture()
	c := newClient(t, s, api.Options{})
	for _, r := range api.Routes() {
		var promised []string
		for _, p := range c.doc.Paths.Value(contractPath(r.Path)).Get.Parameters {
			if p.Value.In == openapi3.ParameterInQuery {
				promised = append(promised, p.Value.Name)
			}
		}
		slices.Sort(promised)
		read := slices.Sorted(slices.Values(r.Params))
		if !slices.Equal(read, promised) {
			t.Errorf("%s reads %v, the contract has %v", r.Path, read, promised)
		}
	}
}

// The bounds, defaults and words that the contract states are those that hold.
func TestContract_BoundsHold(t *testing.T) {
	s, h := fixture()
	c := newClient(t, s, api.Options{})
	checked := 0
	for path, target := range samples(h) {
		for _, p := range c.doc.Paths.Value(path).Get.Parameters {
			schema := p.Value.Schema.Value
			ask := func(value string, good bool) {
				t.Helper()
				checked++
				u, err := url.Parse(target)
				if err != nil {
					t.Fatal(err)
				}
				q := u.Query()
				q.Set(p.Value.Name, value)
				u.RawQuery = q.Encode()
				if good {
					c.get(u.String(), 200)
					return
				}
				var got problem
				c.getJSON(u.String(), 400, &got)
				if got.Parameter != p.Value.Name {
					t.Errorf("%s: the problem names %q", u, got.Parameter)
				}
			}
			switch {
			case p.Value.In != openapi3.ParameterInQuery:
			case schema.Type.Is("integer"):
				ask(strconv.Itoa(int(*schema.Min)), true)
				ask(strconv.Itoa(int(*schema.Max)), true)
				ask(strconv.Itoa(int(*schema.Min)-1), false)
				ask(strconv.Itoa(int(*schema.Max)+1), false)
				ask("three", false)
				ask("99999999999999999999", false)
			case schema.Type.Is("boolean"):
				ask("true", true)
				ask("false", true)
				ask("yes", false)
			case len(schema.Enum) > 0:
				for _, v := range schema.Enum {
					if word, ok := v.(string); ok {
						ask(word, true)
					}
				}
				ask("nonsense", false)
			case schema.Pattern != "":
				ask("2024-06-30", true)
				ask("2024-13", false)
				ask("30/06/2024", false)
			case schema.MaxLength != nil && p.Value.Name != "cursor" && p.Value.Name != "document":
				ask(strings.Repeat("é", int(*schema.MaxLength)+1), false)
			}
		}
	}
	if checked < 100 {
		t.Errorf("only %d bounds were checked", checked)
	}
}
