package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"whence/api"
	"whence/graph"
	"whence/graph/folder"
	"whence/graph/store"
)

// told runs a command that must succeed, and returns what it prints.
func told(t *testing.T, args ...string) (out, talk string) {
	t.Helper()
	var o, e bytes.Buffer
	if code := run(t.Context(), args, strings.NewReader(""), &o, &e); code != exitOK {
		t.Fatalf("whence %s: exit %d\n%s%s", strings.Join(args, " "), code, e.String(), o.String())
	}
	return o.String(), e.String()
}

// Every command that asks the API prints the same with a receipt as without, and
// the receipt is verified.
func TestReceipt_EveryCommand(t *testing.T) {
	dir := t.TempDir()
	store := filepath.Join(dir, "db")
	told(t, "load", "--store", store, "../../seeds/docs")
	for _, args := range [][]string{
		{"trace", "dramatic results"},
		{"trace", "dramatic results", "--format", "dot"},
		{"trace", "dramatic results", "--json", "--as-of", "2024-11"},
		{"trace", "purple monkey dishwasher"},
		{"claims", "--speaker", "Liz Kendall", "--limit", "2"},
		{"claims", "--commenters", "--known-by", "2999-01-01"},
		{"documents"},
		{"agents", "Kendall"},
		{"statistics"},
		{"search", "dramatic results"},
		{"search", "dramatic results purple", "--any"},
		{"timeline", "dramatic results"},
		{"path", "dramatic results", "McGovern"},
		{"path", "dramatic results", "McGovern", "--format", "dot"},
		{"report"},
		{"report", "overtaken"},
		{"report", "could-have-known", "--format", "csv"},
		{"report", "silent-edit"},
	} {
		t.Run(strings.Join(args, " "), func(t *testing.T) {
			args := append(args, "--store", store)
			file := filepath.Join(t.TempDir(), "receipt")
			plain, plainTalk := told(t, args...)
			out, talk := told(t, append(args, "--receipt", file)...)
			if d := cmp.Diff(plain, out); d != "" {
				t.Errorf("with a receipt it prints something else: -without +with\n%s", d)
			}
			if d := cmp.Diff(plainTalk, talk); d != "" {
				t.Errorf("with a receipt it tells something else: -without +with\n%s", d)
			}
			if receipt := read(t, file); bytes.Contains(receipt, []byte(store)) || bytes.Contains(receipt, []byte("known_by=")) {
				t.Error("the receipt names a path or a time of this machine")
			}
			if said, _ := told(t, "verify", "--store", store, "--receipt", file); !strings.HasPrefix(said, "same: ") {
				t.Errorf("verify says %q", said)
			}
		})
	}
}

func read(t *testing.T, file string) []byte {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// A server that holds the folder gives the same receipt as the folder itself.
func TestReceipt_FromTheServer(t *testing.T) {
	dir := t.TempDir()
	store, of, by := filepath.Join(dir, "db"), filepath.Join(dir, "server"), filepath.Join(dir, "folder")
	_, stop := serve(t, "--store", store, "../../seeds/docs")
	if _, talk := told(t, "claims", "--store", store, "dramatic", "--receipt", of); !strings.Contains(talk, "asking the server") {
		t.Errorf("it asked somebody else: %q", talk)
	}
	if code := stop(); code != exitOK {
		t.Fatalf("exit %d", code)
	}
	told(t, "claims", "--store", store, "dramatic", "--receipt", by)
	if !bytes.Equal(read(t, of), read(t, by)) {
		t.Error("the server's receipt is another")
	}
}

// What a person decides later does not change what an earlier receipt says; a
// receipt made after it needs it.
func TestReceipt_Decisions(t *testing.T) {
	dir := t.TempDir()
	db, other := filepath.Join(dir, "db"), filepath.Join(dir, "other")
	before, after := filepath.Join(dir, "before"), filepath.Join(dir, "after")
	told(t, "load", "--store", db, "../../seeds/docs")
	told(t, "load", "--store", other, "../../seeds/docs")
	out, _ := told(t, "claims", "--store", db, "--speaker", "Liz Kendall", "--limit", "1", "--json", "--receipt", before)
	var page struct {
		Items []struct {
			ID      graph.ID
			Words   string
			Speaker struct{ ID graph.ID }
			Content []struct{ Exact, Prefix, Suffix string }
		}
	}
	if err := json.Unmarshal([]byte(out), &page); err != nil || len(page.Items) != 1 {
		t.Fatalf("%v: %s", err, out)
	}
	c := page.Items[0]
	p := c.Content[0]
	d := graph.Decision{
		Act: graph.ActReject, Targets: []graph.Target{{Node: c.ID, Passage: graph.Passage{Exact: p.Exact, Prefix: p.Prefix, Suffix: p.Suffix}}},
		By: "Ida Marsh", At: time.Date(2025, 1, 2, 3, 4, 5, 0, time.UTC), Reason: "never said",
	}
	d.ID = graph.NewDecisionID(d)
	decide := func(dir string) {
		s, err := folder.Open(dir, folder.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Commit(t.Context(), graph.Change{Decisions: []graph.Decision{d}}); err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	decide(db)
	told(t, "claims", "--store", db, "--speaker", "Liz Kendall", "--limit", "1", "--receipt", after)
	if first, then := receiptOf(t, before), receiptOf(t, after); first.Answer == then.Answer || len(then.Decisions) != 1 {
		t.Fatal("the decision changes nothing, and so shows nothing")
	}
	for _, file := range []string{before, after} {
		told(t, "verify", "--store", db, "--receipt", file)
	}
	var said bytes.Buffer
	code := run(t.Context(), []string{"verify", "--store", other, "--receipt", after}, nil, &said, io.Discard)
	if want := "the " + d.ID.Short() + " reject, by Ida Marsh on 2025-01-02, is not held here\n"; code != exitFailure || said.String() != want {
		t.Errorf("exit %d, %q, want %q", code, said.String(), want)
	}
	decide(other)
	told(t, "verify", "--store", other, "--receipt", after)
}

func receiptOf(t *testing.T, file string) *api.Receipt {
	t.Helper()
	r, err := api.ReadReceipt(read(t, file))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// A text that is lost is found and named.
func TestReceipt_LostText(t *testing.T) {
	dir := t.TempDir()
	db, file := filepath.Join(dir, "db"), filepath.Join(dir, "receipt")
	told(t, "load", "--store", db, "../../seeds/docs")
	told(t, "documents", "--store", db, "--receipt", file)
	d := receiptOf(t, file).Documents[0]
	b, err := folder.OpenBackend(db, folder.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(b.Apply(t.Context(), store.Batch{DropTexts: []string{string(d.Text)}}), b.Close()); err != nil {
		t.Fatal(err)
	}
	var said bytes.Buffer
	code := run(t.Context(), []string{"verify", "--store", db, "--receipt", file}, nil, &said, io.Discard)
	if code != exitFailure || !strings.HasPrefix(said.String(), d.ID.Short()+": its text cannot be read here") || strings.Count(said.String(), "\n") != 1 {
		t.Errorf("exit %d, %q", code, said.String())
	}
}
