package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"whence/api"
	"whence/graph"
)

var update = flag.Bool("update", false, "write the golden files anew")

type problem struct {
	Type, Title, Detail, Instance, Parameter string
	Status                                   int
}

type list struct {
	Answer   string
	Why      string
	Items    []struct{ ID graph.ID }
	Next     string
	Warnings []string
}

func (l list) ids() []graph.ID {
	ids := []graph.ID{}
	for _, x := range l.Items {
		ids = append(ids, x.ID)
	}
	return ids
}

func TestGolden(t *testing.T) {
	s, h := fixture()
	c := newClient(t, s, api.Options{Version: "test"})
	for name, target := range map[string]string{
		"health":       "/healthz",
		"claims":       "/api/v1/claims?q=journeys",
		"claim":        "/api/v1/claims/" + seg(h.data),
		"trace":        "/api/v1/claims/" + seg(h.told) + "/trace",
		"trace-figure": "/api/v1/trace?q=lorries+a+day",
		"trace-none":   "/api/v1/trace?q=submarine",
		"documents":    "/api/v1/documents",
		"document":     "/api/v1/documents/" + seg(h.news.id()),
		"agents":       "/api/v1/agents?q=reed",
		"agent":        "/api/v1/agents/" + seg(h.reed),
		"statistics":   "/api/v1/statistics",
		"search":       "/api/v1/search?q=tunnel+%22by+half%22",
		"subgraph":     "/api/v1/subgraph?depth=1&node=" + url.QueryEscape(string(h.figure)),
		"problem":      "/api/v1/claims?mode=sung",
	} {
		t.Run(name, func(t *testing.T) {
			c.t = t
			status := 200
			if name == "problem" {
				status = 400
			}
			var got bytes.Buffer
			if err := json.Indent(&got, c.get(target, status), "", "  "); err != nil {
				t.Fatal(err)
			}
			golden(t, name+".json", withoutRequest(got.Bytes()))
		})
	}
}

// withoutRequest removes the one thing in an answer that differs every time.
func withoutRequest(b []byte) []byte {
	if i := bytes.Index(b, []byte("urn:whence:request:")); i >= 0 {
		i += len("urn:whence:request:")
		return slices.Concat(b[:i], []byte("0123456789abcdef"), b[i+16:])
	}
	return b
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}

func TestProblems(t *testing.T) {
	s, h := fixture()
	c := newClient(t, s, api.Options{})
	unknown := seg(graph.NewClaimID("urn:x", "never said", 0))
	for name, x := range map[string]struct {
		target    string
		status    int
		parameter string
	}{
		"id that is no IRI":               {"/api/v1/claims/tunnel", 400, "id"},
		"id with a space":                 {"/api/v1/claims/claim:a%20b", 400, "id"},
		"id with a control character":     {"/api/v1/documents/https%3A%2F%2Fa%00b", 400, "id"},
		"id that is not UTF-8":            {"/api/v1/agents/agent:%ff", 400, "id"},
		"id that is too long":             {"/api/v1/agents/agent:" + strings.Repeat("a", 4000), 400, "id"},
		"id of another type":              {"/api/v1/claims/" + seg(h.reed), 400, "id"},
		"trace of another type":           {"/api/v1/claims/" + seg(h.news.id()) + "/trace", 400, "id"},
		"agent of another type":           {"/api/v1/agents/" + seg(h.told), 400, "id"},
		"document of another type":        {"/api/v1/documents/" + seg(h.told), 400, "id"},
		"unknown claim":                   {"/api/v1/claims/" + unknown, 404, "id"},
		"trace of an unknown claim":       {"/api/v1/claims/" + unknown + "/trace", 404, "id"},
		"trace of an unknown ID":          {"/api/v1/trace?q=" + unknown, 404, "q"},
		"trace of an agent":               {"/api/v1/trace?q=" + url.QueryEscape(h.reed.Short()), 400, "q"},
		"unknown document":                {"/api/v1/documents/https%3A%2F%2Fnowhere.example", 404, "id"},
		"unknown agent":                   {"/api/v1/agents/agent:nobody", 404, "id"},
		"unknown node":                    {"/api/v1/subgraph?node=claim:0", 404, "node"},
		"no node":                         {"/api/v1/subgraph", 400, "node"},
		"too many nodes":                  {"/api/v1/subgraph?" + strings.Repeat("node=claim:0&", 21), 400, "node"},
		"no words":                        {"/api/v1/trace", 400, "q"},
		"words without a letter":          {"/api/v1/trace?q=%22%3F%22", 400, "q"},
		"claims without a letter":         {"/api/v1/claims?q=...", 400, "q"},
		"words that are not UTF-8":        {"/api/v1/claims?q=%ff", 400, "q"},
		"depth out of range":              {"/api/v1/claims/" + seg(h.told) + "/trace?depth=21", 400, "depth"},
		"depth of a subgraph":             {"/api/v1/subgraph?depth=7&node=" + seg(h.told), 400, "depth"},
		"limit out of range":              {"/api/v1/claims?limit=501", 400, "limit"},
		"limit of nothing":                {"/api/v1/documents?limit=0", 400, "limit"},
		"unknown order":                   {"/api/v1/claims?sort=length", 400, "sort"},
		"cursor out of another order":     {"/api/v1/claims?q=journeys&sort=worth&cursor=" + seg(h.undated), 400, ""},
		"unknown format":                  {"/api/v1/claims/" + seg(h.told) + "/trace?format=svg", 400, "format"},
		"format of a list":                {"/api/v1/claims?format=dot", 400, "format"},
		"unknown parameter":               {"/api/v1/claims?speeker=x", 400, "speeker"},
		"parameter that is empty":         {"/api/v1/claims?q=a&speaker=", 400, "speaker"},
		"parameter given twice":           {"/api/v1/claims?q=a&q=b", 400, "q"},
		"query that cannot be read":       {"/api/v1/claims?q=%zz", 400, "query"},
		"date that does not exist":        {"/api/v1/claims?from=2024-02-30", 400, "from"},
		"as_of that is a time":            {"/api/v1/claims?as_of=2024-05-01T00:00:00Z", 400, "as_of"},
		"known_by that is no time":        {"/api/v1/claims?known_by=yesterday", 400, "known_by"},
		"confidence of a fraction":        {"/api/v1/trace?q=tunnel&min_confidence=0.6", 400, "min_confidence"},
		"name of several":                 {"/api/v1/claims?speaker=Reed", 409, "speaker"},
		"name without a letter":           {"/api/v1/claims?speaker=%3F", 400, "speaker"},
		"erased document":                 {"/api/v1/documents/" + seg(h.erased.id()), 410, "id"},
		"retracted document":              {"/api/v1/documents/" + seg(h.retracted.id()), 410, "id"},
		"claim of a retracted document":   {"/api/v1/claims/" + seg(h.retired), 410, "id"},
		"trace of a retracted claim":      {"/api/v1/trace?q=" + seg(h.retired), 410, "q"},
		"claim later than as_of":          {"/api/v1/claims/" + seg(h.retold) + "?as_of=2024-05-20", 404, "as_of"},
		"undated claim and as_of":         {"/api/v1/claims/" + seg(h.undated) + "/trace?as_of=2024-05-20", 404, "as_of"},
		"document later than as_of":       {"/api/v1/documents/" + seg(h.blog.id()) + "?as_of=2024-05-20", 404, "as_of"},
		"claim before it was recorded":    {"/api/v1/claims/" + seg(h.retold) + "?known_by=2024-06-01", 404, "id"},
		"document not yet retracted then": {"/api/v1/documents/" + seg(h.retracted.id()) + "?known_by=2024-06-02", 404, "id"},
	} {
		t.Run(name, func(t *testing.T) {
			c.t = t
			var got problem
			c.getJSON(x.target, x.status, &got)
			if got.Parameter != x.parameter || got.Status != x.status || got.Detail == "" {
				t.Errorf("got %+v, want parameter %q", got, x.parameter)
			}
			if strings.HasPrefix(got.Detail, x.parameter+":") || strings.Contains(got.Detail, "not found") || strings.Contains(got.Detail, ": invalid") {
				t.Errorf("the detail says what the problem says already: %s", got.Detail)
			}
		})
	}
}

func TestProblems_OutsideTheContract(t *testing.T) {
	s, _ := fixture()
	handler := api.New(s, api.Options{Hosts: []string{"whence.example"}})
	for name, x := range map[string]struct {
		method, target, host string
		body                 int
		status               int
	}{
		"no such page":              {"GET", "/api/v2/claims", "localhost", 0, 404},
		"a slash too many":          {"GET", "/api/v1/claims/", "localhost", 0, 404},
		"an ID that is not encoded": {"GET", "/api/v1/documents/https://coast.example/news/1", "localhost", 0, 404},
		"another method":            {"POST", "/api/v1/claims", "localhost", 0, 405},
		"options":                   {"OPTIONS", "/api/v1/claims", "localhost", 0, 405},
		"another name":              {"GET", "/api/v1/claims", "evil.example", 0, 421},
		"a name that is allowed":    {"GET", "/api/v1/claims", "Whence.example:80", 0, 200},
		"localhost with a port":     {"GET", "/api/v1/claims", "localhost:8080", 0, 200},
		"an IPv6 address":           {"GET", "/api/v1/claims", "[::1]:8080", 0, 200},
		"an IPv4 address":           {"GET", "/api/v1/claims", "10.0.0.7", 0, 200},
		"no name":                   {"GET", "/api/v1/claims", "", 0, 421},
		"a body within the bound":   {"GET", "/api/v1/claims", "localhost", api.MaxBody, 200},
		"a body beyond it":          {"GET", "/api/v1/claims", "localhost", api.MaxBody + 1, 413},
	} {
		for _, chunked := range []bool{false, true} {
			req := httptest.NewRequest(x.method, x.target, strings.NewReader(strings.Repeat("x", x.body)))
			req.Host = x.host
			if chunked {
				req.ContentLength = -1
			}
			res := httptest.NewRecorder()
			handler.ServeHTTP(res, req)
			if res.Code != x.status {
				t.Errorf("%s: status %d, want %d: %s", name, res.Code, x.status, res.Body)
			}
			if x.status < 300 {
				continue
			}
			var p problem
			if err := json.Unmarshal(res.Body.Bytes(), &p); err != nil || p.Status != x.status || res.Header().Get("Content-Type") != "application/problem+json; charset=utf-8" {
				t.Errorf("%s: no problem: %v %s", name, err, res.Body)
			}
			if x.status == 405 && res.Header().Get("Allow") == "" {
				t.Errorf("%s: not said what is allowed", name)
			}
		}
	}
}

// Every error that a store can give, on every route: its status, and no word of our own faults.
func TestProblems_OfTheStore(t *testing.T) {
	for name, x := range map[string]struct {
		err    error
		status int
	}{
		"invalid":     {graph.ErrInvalid, 400},
		"not found":   {graph.ErrNotFound, 404},
		"suppressed":  {graph.ErrSuppressed, 410},
		"conflict":    {graph.ErrConflict, 409},
		"deadline":    {context.DeadlineExceeded, 503},
		"locked":      {graph.ErrLocked, 503},
		"cancelled":   {context.Canceled, 499},
		"damaged":     {graph.ErrDamaged, 500},
		"any other":   {errors.New("secret path /var/lib"), 500},
		"of version":  {graph.ErrVersion, 500},
		"unsupported": {graph.ErrUnsupported, 500},
	} {
		s, h := fixture()
		s.fault = func() error { return fmt.Errorf("reading secret: %w", x.err) }
		c := newClient(t, s, api.Options{})
		for path, target := range samples(h) {
			if path == "/api/v1/openapi.yaml" || path == "/api/v1/reports" {
				continue // they ask nothing of the store
			}
			t.Run(name+" "+path, func(t *testing.T) {
				c.t = t
				body := c.get(target, x.status)
				if x.status >= 500 && bytes.Contains(body, []byte("secret")) {
					t.Errorf("our fault is told: %s", body)
				}
			})
		}
	}
}

func TestPanic(t *testing.T) {
	s, h := fixture()
	s.fault = func() error { panic("secret") }
	var log bytes.Buffer
	c := newClient(t, s, api.Options{Logger: slog.New(slog.NewTextHandler(&log, nil))})
	var p problem
	c.getJSON("/api/v1/claims/"+seg(h.told), 500, &p)
	if p.Detail != "" || strings.Contains(p.Title, "secret") {
		t.Errorf("the problem tells what happened: %+v", p)
	}
	id := strings.TrimPrefix(p.Instance, "urn:whence:request:")
	if len(id) != 16 || !strings.Contains(log.String(), "request="+id) || !strings.Contains(log.String(), "secret") {
		t.Errorf("the log does not tell of request %s: %s", id, &log)
	}
}

func TestTimeout(t *testing.T) {
	s, h := fixture()
	s.fault = func() error { time.Sleep(2 * time.Millisecond); return nil }
	c := newClient(t, s, api.Options{Timeout: time.Millisecond})
	c.get("/api/v1/claims/"+seg(h.told)+"/trace", 503)
}

func TestLog(t *testing.T) {
	s, _ := fixture()
	var log bytes.Buffer
	c := newClient(t, s, api.Options{Logger: slog.New(slog.NewTextHandler(&log, nil))})
	c.get("/api/v1/claims?q=journeys", 200)
	if got := log.String(); !strings.Contains(got, "route=/api/v1/claims") || !strings.Contains(got, "status=200") || strings.Contains(got, "journeys") {
		t.Errorf("log: %s", got)
	}
}

func TestHeaders(t *testing.T) {
	s, h := fixture()
	handler := api.New(s, api.Options{Matcher: fakeMatcher{}, Querier: fakeQuerier{}, Keeper: fakeKeeper{}, Token: "secret"})
	targets := []string{"/", "/web/whence.js", "/web/whence.css", "/web/icon.svg", "/none", "/api/v1/claims?mode=sung"}
	for _, target := range samples(h) {
		targets = append(targets, target)
	}
	for _, target := range targets {
		for _, method := range []string{"GET", "HEAD"} {
			req := httptest.NewRequest(method, target, nil)
			req.Host, req.RemoteAddr = "localhost", "127.0.0.1:1"
			req.Header.Set("Authorization", "Bearer secret")
			req.Header.Set("Origin", "https://elsewhere.example")
			res := httptest.NewRecorder()
			handler.ServeHTTP(res, req)
			head := res.Header()
			if !strings.HasPrefix(head.Get("Content-Security-Policy"), "default-src 'none'") || strings.Contains(head.Get("Content-Security-Policy"), "unsafe") {
				t.Errorf("%s: policy %q", target, head.Get("Content-Security-Policy"))
			}
			for name, want := range map[string]string{
				"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "no-referrer",
				"Cross-Origin-Resource-Policy": "same-origin", "Access-Control-Allow-Origin": "",
			} {
				if got := head.Get(name); got != want {
					t.Errorf("%s: %s is %q, want %q", target, name, got, want)
				}
			}
			if want := 200; res.Code != want && target != "/none" && !strings.Contains(target, "sung") {
				t.Errorf("%s %s: status %d", method, target, res.Code)
			}
		}
	}
}

func TestIDs(t *testing.T) {
	s, h := fixture()
	c := newClient(t, s, api.Options{})
	for _, target := range []string{
		"/api/v1/claims/" + seg(h.told),
		"/api/v1/claims/" + h.told.Short(),
		"/api/v1/claims/" + strings.ReplaceAll(seg(h.told), ":", "%3A"),
		"/api/v1/agents/" + h.reed.Short(),
		"/api/v1/documents/" + url.QueryEscape("https://coast.example/news/1"),
		"/api/v1/documents/https%3A%2F%2Fblog.example%2Fp%3Fid=7&x=a+b%2F%C3%A9",         // "+" is itself in a path
		"/api/v1/documents/https%3A%2F%2Fblog.example%2Fp%3Fid%3D7%26x%3Da%2Bb%2F%c3%a9", // however it is encoded
	} {
		c.get(target, 200)
	}
}

func TestClaims_Filters(t *testing.T) {
	s, h := fixture()
	c := newClient(t, s, api.Options{})
	for name, x := range map[string]struct {
		query string
		want  []graph.ID
	}{
		"none":                     {"", []graph.ID{h.told, h.data, h.retold}},
		"words in any order":       {"q=HALF+journeys", []graph.ID{h.told, h.retold}},
		"speaker by name":          {"speaker=ada+reed", []graph.ID{h.told}},
		"speaker by another name":  {"speaker=the+harbour+minister", []graph.ID{h.told}},
		"speaker by short ID":      {"speaker=agent:ada-reed", []graph.ID{h.told}},
		"document":                 {"document=" + url.QueryEscape(string(h.blog.id())), []graph.ID{h.retold}},
		"mode":                     {"mode=voice", []graph.ID{h.data}},
		"from":                     {"from=2024-05-03", []graph.ID{h.retold}},
		"to":                       {"to=2024-05-03", []graph.ID{h.told, h.data}},
		"commenters":               {"commenters=true", []graph.ID{h.told, h.data, h.comment, h.retold, h.undated}},
		"as of":                    {"as_of=2024-05-10", []graph.ID{h.told, h.data}},
		"known by":                 {"known_by=2024-06-01T12:00:00Z", []graph.ID{h.told, h.data}},
		"known before the retract": {"known_by=2024-06-03&q=mistake", []graph.ID{h.retired}},
	} {
		t.Run(name, func(t *testing.T) {
			c.t = t
			slices.Sort(x.want)
			var got list
			c.getJSON("/api/v1/claims?"+x.query, 200, &got)
			if diff := cmp.Diff(x.want, got.ids()); diff != "" || got.Answer != "found" {
				t.Errorf("%s (-want +got):\n%s", got.Answer, diff)
			}
		})
	}
}

func TestClaims_Pages(t *testing.T) {
	s, _ := fixture()
	c := newClient(t, s, api.Options{})
	for _, path := range []string{"/api/v1/claims?commenters=true&", "/api/v1/documents?", "/api/v1/agents?", "/api/v1/statistics?"} {
		var whole list
		c.getJSON(path, 200, &whole)
		var paged []graph.ID
		for cursor, pages := "", 0; pages == 0 || cursor != ""; pages++ {
			var page list
			target := path + "limit=1"
			if pages > 0 {
				target += "&cursor=" + url.QueryEscape(cursor)
			}
			c.getJSON(target, 200, &page)
			paged = append(paged, page.ids()...)
			cursor = page.Next
		}
		if diff := cmp.Diff(whole.ids(), paged); diff != "" || len(paged) == 0 || whole.Next != "" {
			t.Errorf("%s: pages differ from the whole:\n%s", path, diff)
		}
		var after list
		c.getJSON(path+"cursor=urn:zzz", 200, &after)
		if after.Answer != "known-none" || len(after.Items) != 0 {
			t.Errorf("after the end: %+v", after)
		}
	}
}

// Nothing found is five different answers.
func TestAbsence(t *testing.T) {
	s, h := fixture()
	empty := newFakeStore()
	for name, x := range map[string]struct {
		store       *fakeStore
		target      string
		answer, why string
	}{
		"words that are there":              {s, "claims?q=journeys", "found", ""},
		"words that stand nowhere":          {s, "claims?q=submarine", "known-none", "has these words"},
		"words of a text, in no claim":      {s, "claims?q=caf%C3%A9+is+full", "not-extracted", "Tunnel"},
		"words of another language":         {s, "claims?q=presque+vide", "not-extracted", "Le tunnel"},
		"words of a later text":             {s, "claims?q=caf%C3%A9+is+full&as_of=2024-01-01", "known-none", "has these words"},
		"trace: words of a later text":      {s, "trace?q=caf%C3%A9+is+full&as_of=2024-01-01", "known-none", "full"},
		"words of readers only":             {s, "claims?q=counted", "known-none", "readers"},
		"words, other filters shut":         {s, "claims?q=journeys&mode=voice", "known-none", "such"},
		"words later than asked":            {s, "claims?q=journeys&as_of=2024-01-01", "known-none", "stated after 2024-01-01"},
		"a filter alone":                    {s, "claims?mode=mixed", "known-none", "such"},
		"words of an erased document":       {s, "claims?q=wanted+gone", "known-none", "has these words"},
		"a document not held":               {s, "claims?document=https://nowhere.example", "not-loaded", "nowhere.example"},
		"a document erased":                 {s, "claims?document=" + string(h.erased.id()), "suppressed", "2024-06-04: asked to"},
		"a document retracted":              {s, "claims?document=" + string(h.retracted.id()), "suppressed", "wrong file"},
		"figures of a document not held":    {s, "statistics?document=https://nowhere.example", "not-loaded", "nowhere.example"},
		"figures of a document erased":      {s, "statistics?document=" + string(h.erased.id()), "suppressed", "erased"},
		"a document in another language":    {s, "claims?document=" + string(h.foreign.id()), "known-none", "readers"},
		"a speaker not held":                {s, "claims?speaker=agent:nobody", "not-loaded", "nobody"},
		"nobody of the name":                {s, "claims?speaker=John+Doe", "known-none", "John Doe"},
		"an empty store":                    {empty, "claims?q=journeys", "not-loaded", "load some"},
		"an empty store, documents":         {empty, "documents", "not-loaded", "load some"},
		"documents that are not":            {s, "documents?q=submarine", "known-none", "document"},
		"agents that are not":               {s, "agents?q=submarine", "known-none", "agent"},
		"trace: words that are there":       {s, "trace?q=journeys", "found", ""},
		"trace: words that stand nowhere":   {s, "trace?q=submarine", "known-none", "submarine"},
		"trace: words in no claim":          {s, "trace?q=the+caf%C3%A9+is+full", "not-extracted", "Tunnel"},
		"trace: words of readers only":      {s, "trace?q=counted+900", "known-none", "reader"},
		"trace: an empty store":             {empty, "trace?q=journeys", "not-loaded", "load some"},
		"trace: words later than asked":     {s, "trace?q=journeys&as_of=2024-01-01", "known-none", "stated after"},
		"trace: words before any was known": {s, "trace?q=journeys&known_by=2024-05-01", "not-loaded", "load some"},
	} {
		t.Run(name, func(t *testing.T) {
			c := newClient(t, x.store, api.Options{})
			var got list
			c.getJSON("/api/v1/"+x.target, 200, &got)
			if got.Answer != x.answer || !strings.Contains(got.Why, x.why) || (got.Why == "") != (x.answer == "found") {
				t.Errorf("got %s: %q, want %s: %q", got.Answer, got.Why, x.answer, x.why)
			}
		})
	}
	t.Run("a document whose parts were skipped", func(t *testing.T) {
		foreign := newPaper("https://port.example/de", "Der Tunnel", "", "", "", "Der Tunnel ist leer.")
		foreign.reading.Segments[0].Skipped = "its language is de"
		s := newFakeStore()
		s.load(day(1), foreign)
		c := newClient(t, s, api.Options{})
		for _, target := range []string{"claims", "claims?document=https://port.example/de"} {
			var got list
			c.getJSON("/api/v1/"+target, 200, &got)
			if got.Answer != "not-extracted" || !strings.Contains(got.Why, "its language is de") {
				t.Errorf("%s: %s: %s", target, got.Answer, got.Why)
			}
		}
	})
}

func TestTrace(t *testing.T) {
	s, h := fixture()
	c := newClient(t, s, api.Options{})
	type traced struct {
		Answer string
		Roots  []graph.ID
		Claims []struct {
			Claim struct{ ID graph.ID }
			Root  bool
			End   struct{ Kind string }

			Qualifiers []struct {
				Inferred bool
				Relation struct{ Kind string }
				Target   struct{ ID graph.ID }
				Via      []struct{ Kind string }
			}
		}
	}
	var got traced
	c.getJSON("/api/v1/claims/"+seg(h.told)+"/trace", 200, &got)
	if got.Answer != "found" || len(got.Roots) != 1 || len(got.Claims) != 2 || got.Claims[0].Claim.ID != h.told || !got.Claims[0].Root || got.Claims[1].Claim.ID != h.retold {
		t.Fatalf("got %+v", got)
	}
	if q := got.Claims[0].Qualifiers; len(q) != 1 || !q[0].Inferred || q[0].Relation.Kind != "clarified-by" || q[0].Target.ID != h.answer || len(q[0].Via) != 1 {
		t.Errorf("what clarified the first claim: %+v", q)
	}
	if q := got.Claims[1].Qualifiers; len(q) != 1 || q[0].Inferred {
		t.Errorf("what clarified the second claim: %+v", q)
	}
	var strict traced
	c.getJSON("/api/v1/claims/"+seg(h.told)+"/trace?min_confidence=900", 200, &strict)
	if len(strict.Claims) != 1 {
		t.Errorf("a link of 870 was followed at 900: %+v", strict)
	}
	var byID traced
	c.getJSON("/api/v1/trace?q="+url.QueryEscape(h.told.Short()), 200, &byID)
	if len(byID.Roots) != 1 || byID.Roots[0] != h.told {
		t.Errorf("by ID: %+v", byID)
	}
}

func TestFormat(t *testing.T) {
	s, h := fixture()
	c := newClient(t, s, api.Options{})
	for name, x := range map[string]struct {
		accept, query string
		dot           bool
	}{
		"nothing":                  {"", "", false},
		"anything":                 {"*/*", "", false},
		"a browser":                {"text/html,application/xhtml+xml,*/*;q=0.8", "", false},
		"DOT":                      {"text/vnd.graphviz", "", true},
		"DOT rather than JSON":     {"application/json;q=0.5, text/vnd.graphviz", "", true},
		"JSON rather than DOT":     {"application/json, text/vnd.graphviz;q=0.5", "", false},
		"any text":                 {"text/*", "", true},
		"DOT not at all":           {"text/vnd.graphviz;q=0, */*", "", false},
		"format wins over DOT":     {"text/vnd.graphviz", "format=json", false},
		"format wins over JSON":    {"application/json", "format=dot", true},
		"a header that is no list": {";;,q=x", "", false},
	} {
		t.Run(name, func(t *testing.T) {
			c.t, c.accept = t, x.accept
			for _, target := range []string{"/api/v1/claims/" + seg(h.told) + "/trace?", "/api/v1/trace?q=journeys&", "/api/v1/subgraph?node=" + seg(h.told) + "&"} {
				if body := c.get(target+x.query, 200); bytes.HasPrefix(body, []byte("digraph")) != x.dot {
					t.Errorf("%s: got %.40s", target, body)
				}
			}
		})
	}
	c.t, c.accept = t, "text/vnd.graphviz"
	if body := c.get("/api/v1/claims", 200); !json.Valid(body) {
		t.Errorf("a list is no graph: %.40s", body)
	}
	if body := c.get("/api/v1/trace?q=submarine&format=dot", 200); !bytes.HasPrefix(body, []byte("digraph")) {
		t.Errorf("an empty trace: %.40s", body)
	}
}

// Spans count code points: slicing the text by them gives the words.
func TestSpans(t *testing.T) {
	s, h := fixture()
	c := newClient(t, s, api.Options{})
	var doc struct {
		Item struct{ Versions []struct{ Text string } }
	}
	c.getJSON("/api/v1/documents/"+seg(h.blog.id())+"?text=true", 200, &doc)
	text := []rune(doc.Item.Versions[0].Text)
	var claim struct {
		Item struct {
			Content, Cue []struct {
				Span  []int
				Exact string
			}
		}
	}
	c.getJSON("/api/v1/claims/"+seg(h.retold), 200, &claim)
	for _, p := range append(claim.Item.Content, claim.Item.Cue...) {
		if got := string(text[p.Span[0]:p.Span[1]]); got != p.Exact || p.Exact == "" {
			t.Errorf("at %v stands %q, not %q", p.Span, got, p.Exact)
		}
	}
}

// A passage whose words do not stand in the version beside it has no span, rather than a wrong one.
func TestSpans_OfAnotherDocument(t *testing.T) {
	s, h := fixture()
	src := &h.news.reading.Sources[0]
	stray := src.Passages[0]
	stray.Exact = "told another paper"
	src.Passages = append(src.Passages, stray)
	s.load(day(6), h.news)
	c := newClient(t, s, api.Options{})
	var got struct {
		Item struct {
			Cites []struct {
				ID       graph.ID
				Passages []struct {
					Span  []int
					Exact string
				}
			}
		}
	}
	c.getJSON("/api/v1/documents/"+seg(h.news.id()), 200, &got)
	for _, x := range got.Item.Cites {
		if x.ID == src.ID && (len(x.Passages) != 2 || len(x.Passages[0].Span) != 2 || x.Passages[1].Span != nil) {
			t.Errorf("got %+v", x.Passages)
		}
	}
}

func TestHostileText(t *testing.T) {
	s, h := fixture()
	c := newClient(t, s, api.Options{})
	for path, target := range samples(h) {
		body := c.get(target, 200)
		if bytes.Contains(body, []byte("</script>")) || bytes.Contains(body, []byte("<img")) {
			t.Errorf("%s: markup stands in the answer", path)
		}
	}
	var doc struct{ Item struct{ Title string } }
	c.getJSON("/api/v1/documents/"+seg(h.blog.id()), 200, &doc)
	if doc.Item.Title != hostile {
		t.Errorf("the title was changed: %q", doc.Item.Title)
	}
	var p problem
	c.getJSON("/api/v1/claims?mode="+url.QueryEscape(hostile), 400, &p)
	if !strings.Contains(p.Detail, "onerror") {
		t.Errorf("detail %q", p.Detail)
	}
}

func FuzzQuestion(f *testing.F) {
	s, h := fixture()
	handler := api.New(s, api.Options{})
	for _, target := range samples(h) {
		f.Add(strings.TrimPrefix(target, "/"))
	}
	f.Add("api/v1/claims?q=%00&from=9999-99")
	f.Add("api/v1/documents/%2e%2e%2f")
	f.Fuzz(func(t *testing.T, target string) {
		u, err := url.ParseRequestURI("/" + target)
		if err != nil || u.Host != "" {
			t.Skip()
		}
		req := &http.Request{Method: http.MethodGet, URL: u, Host: "localhost", Header: http.Header{}, Body: http.NoBody}
		res := httptest.NewRecorder()
		handler.ServeHTTP(res, req.WithContext(t.Context()))
		if res.Code >= 500 {
			t.Errorf("GET /%s: %d %s", target, res.Code, res.Body)
		}
	})
}
