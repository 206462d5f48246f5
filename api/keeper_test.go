package api_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"whence/api"
	"whence/graph"
	"whence/graph/store"
)

// A fakeKeeper keeps nothing.
type fakeKeeper struct {
	fault func() error  // of every method, before anything else; may be nil
	late  error         // of a backup, at its end
	took  time.Duration // of a verification, and between the pieces of a backup
}

func (k fakeKeeper) fails() error {
	if k.fault == nil {
		return nil
	}
	return k.fault()
}

func (k fakeKeeper) Stats(context.Context) (store.Stats, error) {
	same := graph.NewResolutionLabel("a", "b", "r/1")
	return store.Stats{
		Commits: 3, Written: time.Date(2024, 6, 1, 0, 0, 0, 0, time.UTC), Nodes: map[graph.NodeType]int{graph.TypeClaim: 4},
		Live: map[graph.Layer]int{graph.LayerReading: 2}, Ended: map[graph.Layer]int{graph.LayerLink: 1},
		Links:       map[graph.Predicate]int{graph.Matches: 2},
		Resolutions: []graph.LabelInfo{{Label: same, Inputs: []graph.Label{"a", "b"}}, {Label: "other", Inputs: []graph.Label{"a", "b"}}},
		Sizes:       &store.Sizes{Backend: "fake", Format: 1, Parts: []store.Part{{Name: "quads", Bytes: 10}}},
	}, k.fails()
}

func (k fakeKeeper) Verify(ctx context.Context) ([]string, error) {
	select {
	case <-time.After(k.took):
		return []string{"claim x has no document"}, k.fails()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (k fakeKeeper) Backup(ctx context.Context, w io.Writer) error {
	if err := k.fails(); err != nil {
		return err
	}
	for range 3 {
		if _, err := io.WriteString(w, strings.Repeat("piece ", 1000)); err != nil {
			return err
		}
		select {
		case <-time.After(k.took):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return k.late
}

func TestKeeper_AnswersTheOwnerOnly(t *testing.T) {
	s, _ := fixture()
	for _, c := range []struct {
		name, path, bearer, from string
		status                   int
	}{
		{"a backup for the owner", "/api/v1/backup", "secret", "127.0.0.1:1", 200},
		{"over IPv6", "/api/v1/backup", "secret", "[::1]:1", 200},
		{"without a token", "/api/v1/backup", "", "127.0.0.1:1", 401},
		{"with another token", "/api/v1/backup", "secrets", "127.0.0.1:1", 401},
		{"from another machine", "/api/v1/backup", "secret", "192.0.2.7:1", 403},
		{"from nowhere", "/api/v1/backup", "secret", "", 403},
		{"a verification without a token", "/api/v1/verify", "", "127.0.0.1:1", 401},
		{"a verification from another machine", "/api/v1/verify", "secret", "192.0.2.7:1", 403},
		{"counts for everybody", "/api/v1/stats", "", "192.0.2.7:1", 200},
		{"with a parameter", "/api/v1/backup?q=x", "secret", "127.0.0.1:1", 400},
	} {
		t.Run(c.name, func(t *testing.T) {
			client := newClient(t, s, api.Options{})
			client.bearer, client.from = c.bearer, c.from
			client.get(c.path, c.status)
		})
	}
}

func TestKeeper_WithoutATokenNobodyIsTheOwner(t *testing.T) {
	s, _ := fixture()
	client := newClient(t, s, api.Options{Keeper: fakeKeeper{}})
	for _, bearer := range []string{"", "secret"} {
		client.bearer = bearer
		client.get("/api/v1/backup", 401)
	}
}

func TestKeeper_HasNoReceipts(t *testing.T) {
	s, _ := fixture()
	client := newClient(t, s, api.Options{})
	client.accept = api.ReceiptMedia
	for _, path := range keeperPaths {
		client.get(path, 406)
	}
}

func TestOptions_Private(t *testing.T) {
	s, _ := fixture()
	client := newClient(t, s, api.Options{Keeper: fakeKeeper{}, Token: "secret", Private: true})
	client.get("/api/v1/claims", 200)
	client.bearer = ""
	client.get("/api/v1/claims", 401)
	client.get("/api/v1/stats", 401)
	client.get("/healthz", 200)
}

func TestKeeper_Stats(t *testing.T) {
	s, _ := fixture()
	var got struct {
		Commits, Claims int
		Written         string
		Labels          map[string]struct{ Live, Ended int }
		Links           map[string]int
		Resolutions     struct{ Same, Others int }
	}
	newClient(t, s, api.Options{Resolver: "r/1"}).getJSON("/api/v1/stats", 200, &got)
	if got.Commits != 3 || got.Claims != 4 || got.Written != "2024-06-01T00:00:00Z" || got.Labels["reading"].Live != 2 || got.Labels["link"].Ended != 1 ||
		got.Links["matches"] != 2 || got.Resolutions.Same != 1 || got.Resolutions.Others != 1 {
		t.Errorf("%+v", got)
	}
}

var keeperPaths = []string{"/api/v1/stats", "/api/v1/verify", "/api/v1/backup"}

// ask asks a real server, whose time-outs are shorter than its answers.
func ask(t *testing.T, k api.Keeper, path string) (int, string, error) {
	t.Helper()
	s, _ := fixture()
	server := httptest.NewUnstartedServer(api.New(s, api.Options{Keeper: k, Token: "secret", Timeout: 10 * time.Millisecond}))
	server.Config.ReadTimeout, server.Config.WriteTimeout = 50*time.Millisecond, 50*time.Millisecond
	server.Start()
	defer server.Close()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer secret")
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, "", err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	return response.StatusCode, string(body), err
}

func TestKeeper_TakesItsTime(t *testing.T) {
	for path, want := range map[string]string{"/api/v1/verify": "has no document", "/api/v1/backup": "piece piece"} {
		status, body, err := ask(t, fakeKeeper{took: 150 * time.Millisecond}, path)
		if err != nil || status != 200 || !strings.Contains(body, want) {
			t.Errorf("%s: status %d, %d bytes, %v", path, status, len(body), err)
		}
	}
}

func TestKeeper_ABackupThatFailsBreaksOff(t *testing.T) {
	if _, _, err := ask(t, fakeKeeper{late: errors.New("disk on fire")}, "/api/v1/backup"); err == nil {
		t.Error("half a backup looks like a whole one")
	}
}
