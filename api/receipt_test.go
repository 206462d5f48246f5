package api_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"whence/api"
	"whence/graph"
)

// receiptOf asks for the receipt of an answer, as the contract says.
func receiptOf(t *testing.T, s graph.Store, target string) *api.Receipt {
	t.Helper()
	c := newClient(t, s, api.Options{Version: "1.2.3", Resolver: "resolver-1"})
	c.accept = api.ReceiptMedia
	r, err := api.ReadReceipt(c.get(target, 200))
	if err != nil {
		t.Fatalf("%s: %v", target, err)
	}
	return r
}

func verify(t *testing.T, s graph.Store, r *api.Receipt) []api.Difference {
	t.Helper()
	d, err := api.Verify(t.Context(), s, r, api.Options{Version: "1.2.3", Resolver: "resolver-1"})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestReceipt_EveryRoute(t *testing.T) {
	s, h := fixture()
	plain := newClient(t, s, api.Options{})
	targets := samples(h)
	targets["DOT"] = "/api/v1/trace?q=journeys+by+half&format=dot"
	targets["CSV"] = "/api/v1/reports/orphan-evidence?format=csv&commenters=true"
	targets["as of"] = "/api/v1/claims?as_of=2024-05-10"
	targets["known by"] = "/api/v1/claims?known_by=2024-06-01T13:00:00Z"
	targets["nothing"] = "/api/v1/claims?q=purple+monkey"
	targets["not loaded"] = "/api/v1/claims?document=urn:nobody:1"
	for name, target := range targets {
		if strings.HasPrefix(target, "/healthz") || strings.HasPrefix(target, "/api/v1/match") || strings.HasPrefix(target, "/api/v1/query") || strings.HasSuffix(target, ".yaml") || slices.Contains(keeperPaths, target) {
			continue
		}
		t.Run(name, func(t *testing.T) {
			r := receiptOf(t, s, target)
			if d := cmp.Diff(string(plain.get(target, 200)), r.Answer); d != "" {
				t.Errorf("the receipt has another answer: -plain +receipt\n%s", d)
			}
			if d := cmp.Diff(r, receiptOf(t, s, target)); d != "" {
				t.Errorf("asked again: -first +second\n%s", d)
			}
			if !slices.IsSorted(r.Graph) || r.Software.Version != "1.2.3" || strings.Contains(r.Question, "known_by") {
				t.Errorf("receipt %+v", r)
			}
			if d := verify(t, s, r); len(d) > 0 {
				t.Errorf("differences %v", d)
			}
		})
	}
}

// The graph holds what the answer shows, and the words of its evidence.
func TestReceipt_Graph(t *testing.T) {
	s, h := fixture()
	for _, target := range []string{"/api/v1/trace?q=journeys+by+half", "/api/v1/trace?q=journeys+by+half&format=dot", "/api/v1/claims"} {
		lines := strings.Join(receiptOf(t, s, target).Graph, "\n")
		for _, want := range []string{
			"<" + string(h.told) + "> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type>",
			`"will cut journeys by half"`,
			"<" + string(h.news.reading.Label) + "> .",
		} {
			if !strings.Contains(lines, want) {
				t.Errorf("%s: no %s in\n%s", target, want, lines)
			}
		}
	}
}

func TestReceipt_Refused(t *testing.T) {
	s, h := fixture()
	c := newClient(t, s, api.Options{})
	c.accept = api.ReceiptMedia
	for name, tt := range map[string]struct {
		target string
		status int
	}{
		"the service":           {"/healthz", 406},
		"a ranking":             {"/api/v1/match?q=half", 406},
		"an erased document":    {"/api/v1/documents/" + seg(h.erased.id()), 410},
		"claims of an erased":   {"/api/v1/claims?document=" + url.QueryEscape(string(h.erased.id())), 406},
		"a retracted document":  {"/api/v1/documents/" + seg(h.retracted.id()), 410},
		"claims of a retracted": {"/api/v1/claims?document=" + url.QueryEscape(string(h.retracted.id())), 406},
		"nothing such":          {"/api/v1/documents/" + seg("urn:nobody:1"), 404},
		"a wrong parameter":     {"/api/v1/claims?limit=0", 400},
	} {
		t.Run(name, func(t *testing.T) { c.get(tt.target, tt.status) })
	}
}

// Only who asks for a receipt gets one.
func TestReceipt_Accept(t *testing.T) {
	s, _ := fixture()
	h := api.New(s, api.Options{})
	for accept, want := range map[string]string{
		"":                              "application/json",
		"*/*":                           "application/json",
		"application/*":                 "application/json",
		"application/json":              "application/json",
		api.ReceiptMedia:                api.ReceiptMedia,
		api.ReceiptMedia + ";q=0.1":     api.ReceiptMedia,
		api.ReceiptMedia + ", */*;q=.5": api.ReceiptMedia,
		"application/json, " + api.ReceiptMedia + ";q=0.9":      "application/json",
		"text/vnd.graphviz;q=0.5, " + api.ReceiptMedia + ";q=1": api.ReceiptMedia,
	} {
		req := httptest.NewRequest(http.MethodGet, "http://localhost/api/v1/trace?q=half", nil)
		req.Header.Set("Accept", accept)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, req)
		got, _, _ := strings.Cut(w.Header().Get("Content-Type"), ";")
		if got != want || w.Header().Get("Vary") != "Accept" {
			t.Errorf("Accept %q: %s, want %s; Vary %q", accept, got, want, w.Header().Get("Vary"))
		}
	}
}

// reread is the same text read anew, when something else is known of it.
func reread(p *paper, change func(*graph.Captured)) *paper {
	out := *p
	change(&out.reading)
	r := &out.reading
	r.Label = graph.NewReadingLabel(r.Version, r.Document, r.Extractor)
	out.resolution.Label, out.resolution.Reading = graph.NewResolutionLabel(r.Label, "", "test"), r.Label
	return &out
}

func TestVerify_NamesTheDocument(t *testing.T) {
	full, h := fixture()
	r := receiptOf(t, full, "/api/v1/claims")
	other := newPaper(string(h.news.id()), "Tunnel “will pay for itself”", "Coast Times", graph.KindNews, "2024-05-02", "The cafe is full.")
	for name, tt := range map[string]struct {
		news *paper
		why  string
	}{
		"the same":         {h.news, ""},
		"another text":     {other, "its text differs: SHA-256 " + h.news.reading.Version.TextHash + " there, " + other.reading.Version.TextHash + " here"},
		"another title":    {reread(h.news, func(r *graph.Captured) { r.Document.Title = "Tunnel" }), "the same text was read with another title, publisher, author, date, address, kind or language"},
		"other bytes":      {reread(h.news, func(r *graph.Captured) { r.Version.BytesHash = graph.TextHash("other") }), "the same text was read from other bytes: SHA-256 " + graph.TextHash("bytes") + " there, " + graph.TextHash("other") + " here"},
		"another build":    {reread(h.news, func(r *graph.Captured) { r.Extractor = "extractor-2" }), "the same text was read by another build of the extractor: test there, extractor-2 here"},
		"another resolver": {func() *paper { p := *h.news; p.resolution.Label = "urn:whence:resolution:2"; return &p }(), "who is meant in it was found by another build of the resolver (there resolver-1)"},
		"not held":         {nil, "it is not held here"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newFakeStore()
			papers := []*paper{h.foreign, h.blog}
			if tt.news != nil {
				papers = append(papers, tt.news)
			}
			s.load(day(9), papers...)
			if tt.news != nil {
				s.link(day(9), tt.news, h.blog, relationsOf(full)...)
			}
			var want []api.Difference
			if tt.why != "" {
				want = []api.Difference{{Document: h.news.id(), Why: tt.why}}
			}
			if d := cmp.Diff(want, verify(t, s, r)); d != "" {
				t.Errorf("-want +got\n%s", d)
			}
		})
	}

	t.Run("another matcher", func(t *testing.T) {
		s := newFakeStore()
		s.load(day(9), h.foreign, h.blog, h.news)
		why := "what links it to other documents was found by another build of the matcher (there test)"
		want := []api.Difference{{Document: h.blog.id(), Why: why}, {Document: h.news.id(), Why: why}}
		if d := cmp.Diff(want, verify(t, s, r)); d != "" {
			t.Errorf("-want +got\n%s", d)
		}
	})
	t.Run("erased", func(t *testing.T) {
		s, h := fixture()
		s.erase(day(10), "asked to", h.news)
		want := []api.Difference{{Document: h.news.id(), Why: "it was erased here on 2024-06-10"}}
		if d := cmp.Diff(want, verify(t, s, r)); d != "" {
			t.Errorf("-want +got\n%s", d)
		}
	})
	t.Run("more and less is live", func(t *testing.T) {
		s, h := fixture()
		s.load(day(10), newPaper("https://later.example/1", "Later", "", "", "2024-05-03", "Later words."))
		s.retract(day(11), "wrong", h.blog)
		if d := verify(t, s, r); len(d) > 0 {
			t.Errorf("differences %v", d)
		}
	})
}

func relationsOf(s *fakeStore) []graph.Relation {
	for _, l := range s.links {
		return l.Relations
	}
	return nil
}

// A receipt that says other than what its labels hold is found out, and the
// document named where there is one.
func TestVerify_ForgedReceipt(t *testing.T) {
	s, h := fixture()
	const hash = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb" // of "a"
	for name, tt := range map[string]struct {
		forge func(*api.Receipt)
		want  []api.Difference // the first of them
	}{
		"the answer":          {func(r *api.Receipt) { r.Answer, r.Result = "a", hash }, []api.Difference{{Why: "the answer differs: SHA-256 " + hash + " there, "}}},
		"by an older version": {func(r *api.Receipt) { r.Answer, r.Result, r.Software.Version = "a", hash, "0.9" }, []api.Difference{{Why: "the answer differs: SHA-256 " + hash + " there, "}}},
		"a text's hash": {func(r *api.Receipt) {
			r.Documents[slices.IndexFunc(r.Documents, func(d api.ReceiptDocument) bool { return d.ID == h.news.id() })].Text = hash
		}, []api.Difference{{Document: h.news.id(), Why: "its text "}}},
		"a quad": {func(r *api.Receipt) {
			i := slices.IndexFunc(r.Graph, func(line string) bool { return strings.Contains(line, string(h.news.reading.Label)) })
			r.Graph[i] = strings.Replace(r.Graph[i], "<urn:", "<urm:", 1)
		}, []api.Difference{{Document: h.news.id(), Why: "the graph of the answer has other quads of it"}, {Why: "the graph of the answer differs: 1 of its quads only there, 1 only here"}}},
		"no graph":       {func(r *api.Receipt) { r.Graph = nil }, []api.Difference{{Document: h.blog.id(), Why: "the graph of the answer has other quads of it"}}},
		"other question": {func(r *api.Receipt) { r.Question = "/api/v1/claims?limit=1" }, []api.Difference{{Document: h.news.id(), Why: "the graph of the answer has other quads of it"}}},
		"bad parameter":  {func(r *api.Receipt) { r.Question = "/api/v1/claims?limit=0" }, []api.Difference{{Why: "the question has no answer here: "}}},
	} {
		t.Run(name, func(t *testing.T) {
			r := receiptOf(t, s, "/api/v1/claims")
			tt.forge(r)
			got := verify(t, s, r)
			if len(got) < len(tt.want) {
				t.Fatalf("differences %v", got)
			}
			for i, w := range tt.want {
				if got[i].Document != w.Document || !strings.HasPrefix(got[i].Why, w.Why) {
					t.Errorf("%v, want %v", got[i], w)
				}
			}
			if name == "by an older version" && !strings.HasSuffix(got[0].Why, "it was made by version 0.9, this is 1.2.3") {
				t.Errorf("%q does not tell the versions", got[0].Why)
			}
		})
	}
}

func TestVerify_InvalidReceipt(t *testing.T) {
	s, h := fixture()
	for name, forge := range map[string]func(*api.Receipt){
		"another host":        func(r *api.Receipt) { r.Question = "https://elsewhere.example/api/v1/claims" },
		"another host, short": func(r *api.Receipt) { r.Question = "//elsewhere.example/api/v1/claims" },
		"no path":             func(r *api.Receipt) { r.Question = "" },
		"another path":        func(r *api.Receipt) { r.Question = "/etc/passwd" },
		"a path that climbs":  func(r *api.Receipt) { r.Question = "/api/v1/documents/../../../etc/passwd" },
		"the service":         func(r *api.Receipt) { r.Question = "/healthz" },
		"a time":              func(r *api.Receipt) { r.Question += "?known_by=2024-06-01" },
		"a label without what": func(r *api.Receipt) {
			r.Labels = slices.DeleteFunc(r.Labels, func(l api.ReceiptLabel) bool { return l.Label == h.news.reading.Label })
		},
		"a label of no layer": func(r *api.Receipt) { r.Labels = append(r.Labels, api.ReceiptLabel{Label: "urn:x", Layer: "x"}) },
		"an unknown reading": func(r *api.Receipt) {
			r.Labels = append(r.Labels, api.ReceiptLabel{Label: "urn:x", Layer: graph.LayerReading})
		},
		"an aside":            func(r *api.Receipt) { r.Labels[0].Aside = true },
		"a time that is none": func(r *api.Receipt) { r.Documents[0].Recorded = "soon" },
	} {
		t.Run(name, func(t *testing.T) {
			r := receiptOf(t, s, "/api/v1/claims")
			forge(r)
			d, err := api.Verify(t.Context(), s, r, api.Options{})
			if err == nil {
				t.Errorf("differences %v, want an error", d)
			}
		})
	}
}

func TestReadReceipt_Hostile(t *testing.T) {
	s, _ := fixture()
	good, err := json.Marshal(receiptOf(t, s, "/api/v1/claims"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := api.ReadReceipt(good); err != nil {
		t.Fatal(err)
	}
	for name, b := range map[string][]byte{
		"nothing":        nil,
		"a list":         []byte("[]"),
		"an object":      []byte("{}"),
		"cut short":      good[:len(good)/2],
		"two":            append(slices.Clone(good), good...),
		"another form":   bytes.Replace(good, []byte(`"format":1`), []byte(`"format":2`), 1),
		"something more": bytes.Replace(good, []byte(`"format":1`), []byte(`"format":1,"run":"rm"`), 1),
		"another answer": bytes.Replace(good, []byte("lorries"), []byte("florins"), -1),
		"deep":           []byte(`{"format":1,"graph":` + strings.Repeat("[", 20000) + strings.Repeat("]", 20000) + "}"),
		"a wrong type":   bytes.Replace(good, []byte(`"labels":[`), []byte(`"labels":[7,`), 1),
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := api.ReadReceipt(b); err == nil {
				t.Error("it was read")
			}
		})
	}
}

// Whatever a receipt names and asks, it is verified or refused, and nothing panics.
func FuzzVerify(f *testing.F) {
	s, h := fixture()
	var good api.Receipt
	req := httptest.NewRequest(http.MethodGet, "http://localhost/api/v1/claims", nil)
	req.Header.Set("Accept", api.ReceiptMedia)
	w := httptest.NewRecorder()
	api.New(s, api.Options{}).ServeHTTP(w, req)
	if err := json.Unmarshal(w.Body.Bytes(), &good); err != nil {
		f.Fatal(err)
	}
	line := good.Graph[0]
	f.Add("/api/v1/claims?limit=2", string(h.news.reading.Label), "reading", string(h.news.id()), line, "", false, 0, 0)
	f.Add("/api/v1/trace?q=journeys+by+half&format=dot", "urn:whence:reading:1", "link", "urn:none:1", "<>", "2024-06-01T00:00:00Z", true, 3, 1)
	f.Add("/api/v1/reports/silent-edit?as_of=2024", string(h.blog.resolution.Label), "resolution", "", "", "2024", true, 99, 2)
	f.Add("/api/v1/documents/"+seg(h.foreign.id()), "", "decision", "", "<<<", "", false, 4, 5)
	f.Fuzz(func(t *testing.T, question, label, layer, document, line, when string, aside bool, drop, place int) {
		r := good
		r.Question = question
		r.Labels, r.Documents, r.Graph = slices.Clone(r.Labels), slices.Clone(r.Documents), slices.Clone(r.Graph)
		if drop >= 0 && drop < len(r.Labels) {
			r.Labels = slices.Delete(r.Labels, drop, drop+1)
		}
		l := api.ReceiptLabel{Label: graph.Label(label), Layer: graph.Layer(layer), Documents: []graph.ID{graph.ID(document)}, Aside: aside}
		if place >= 0 && place < len(r.Labels) {
			r.Labels[place] = l
		} else {
			r.Labels = append(r.Labels, l)
		}
		if place >= 0 && place < len(r.Documents) {
			r.Documents[place].Reading = graph.Label(label)
		}
		for _, told := range []any{&r.Documents[0].Recorded, &r.Documents[0].Retrieved} {
			b, err := json.Marshal(when)
			if err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal(b, told); err != nil {
				t.Fatal(err)
			}
		}
		r.Graph[0] = line
		if b, err := json.Marshal(r); err != nil {
			t.Fatal(err)
		} else if _, err := api.ReadReceipt(b); err != nil {
			t.Fatalf("what was written is not read: %v", err)
		}
		differences, err := api.Verify(t.Context(), s, &r, api.Options{})
		if err == nil && len(differences) == 0 && (question != good.Question || line != good.Graph[0]) && r.Result != good.Result {
			t.Error("another answer is the same")
		}
	})
}
