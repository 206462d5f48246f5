package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"whence/seeds/planted"
)

// process returns the program as a process of its own.
func process(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, args...)
	cmd.Args[0] = "whence" // see TestMain
	return cmd
}

// A load that is killed at any moment, as often as may be, and goes on, gives the graph of one that was not.
func TestLoad_Killed(t *testing.T) {
	if testing.Short() {
		t.Skip("starts the program many times")
	}
	dir := t.TempDir()
	var records bytes.Buffer
	if err := (planted.Corpus{Seed: 5, Documents: 40}).WriteRecords(&records); err != nil {
		t.Fatal(err)
	}
	docs := filepath.Join(dir, "docs.jsonl")
	if err := os.WriteFile(docs, records.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	export := func(store string) string {
		t.Helper()
		var out, talk bytes.Buffer
		if code := run(t.Context(), []string{"verify", "--store", store}, nil, io.Discard, &talk); code != exitOK {
			t.Fatalf("verify: exit %d, %s", code, talk.String())
		}
		if code := run(t.Context(), []string{"export", "nquads", "--store", store}, nil, &out, &talk); code != exitOK {
			t.Fatalf("export: exit %d, %s", code, talk.String())
		}
		return out.String()
	}
	began := time.Now()
	if out, err := process(t, "load", docs, "--store", filepath.Join(dir, "whole")).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	took := time.Since(began)
	want := export(filepath.Join(dir, "whole"))

	seed := uint64(time.Now().UnixNano())
	t.Log("seed", seed)
	r := rand.New(rand.NewPCG(seed, 1))
	store, killed := filepath.Join(dir, "killed"), 0
	for tries := 0; ; tries++ {
		cmd := process(t, "load", docs, "--store", store)
		var out bytes.Buffer
		cmd.Stdout, cmd.Stderr = &out, &out
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		kill := time.AfterFunc(time.Duration(r.Int64N(int64(took)/2)), func() {
			if tries < 6 {
				_ = cmd.Process.Kill()
			}
		})
		err := cmd.Wait()
		kill.Stop()
		if err == nil {
			break
		}
		if cmd.ProcessState.Exited() { // of itself
			t.Fatalf("after %d kills: %v: %s", killed, err, out.String())
		}
		killed++
	}
	if got := export(store); got != want {
		t.Errorf("killed %d times, the graph is another: %d bytes, want %d", killed, len(got), len(want))
	}
	t.Logf("killed %d times", killed)
}

// A safeBuffer may be written and read at the same time.
type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *safeBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *safeBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// waitFor waits until something holds.
func waitFor(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(time.Minute); !holds(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("in vain: waited for ", what)
		}
	}
}

// Ctrl-C ends a watch with 0, or with 3 when a file failed, and what was loaded is held.
func TestLoad_Watch(t *testing.T) {
	for name, test := range map[string]struct {
		later string
		says  string
		code  int
	}{
		"all is well": {"# Pool number 2\n\nThe mayor said that it is shut.\n", "Pool number 2", exitOK},
		"one fails":   {"---\ntitle: [unclosed\n---\nText.\n", "failed: ", exitPartial},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			docs, store := filepath.Join(dir, "docs"), filepath.Join(dir, "db")
			put := func(name, text string) {
				t.Helper()
				if err := os.MkdirAll(docs, 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(filepath.Join(docs, name), []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			put("a.txt", "The mayor said that pool number 1 is open.\n")
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			var out safeBuffer
			code := make(chan int, 1)
			go func() {
				code <- run(ctx, []string{"load", "--watch", docs, "--store", store}, nil, &out, &out)
			}()
			waitFor(t, "the first load", func() bool { return strings.Contains(out.String(), "watching") })
			put("b.md", "# On pool number 2\n\n")
			if test.code != exitOK {
				put("b.md", "")
			}
			put("b.md", test.later)
			waitFor(t, test.says, func() bool {
				return strings.Contains(out.String(), "b.md") || strings.Contains(out.String(), "new ") && strings.Count(out.String(), "new ") == 2
			})
			if err := os.Remove(filepath.Join(docs, "a.txt")); err != nil {
				t.Fatal(err)
			}
			waitFor(t, "the note of what is gone", func() bool { return strings.Contains(out.String(), "stays in the graph") })
			cancel()
			select {
			case got := <-code:
				if got != test.code {
					t.Errorf("exit %d, want %d: %s", got, test.code, out.String())
				}
			case <-time.After(time.Minute):
				t.Fatal("Ctrl-C does not end it")
			}
			var claims bytes.Buffer
			if code := run(t.Context(), []string{"claims", "pool", "--store", store}, nil, &claims, io.Discard); code != exitOK || !strings.Contains(claims.String(), "pool number 1 is open") {
				t.Errorf("exit %d: %s", code, claims.String())
			}
		})
	}
}

// What reads more than one answer is done over a copy while a server holds the store, and gives what it gives without.
func TestServe_ReadingCommandsAsk(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	store, receipt := filepath.Join(dir, "db"), filepath.Join(dir, "receipt.json")
	if code := run(t.Context(), []string{"load", "--store", store, "../../seeds/docs"}, nil, io.Discard, io.Discard); code != exitOK {
		t.Fatal("exit", code)
	}
	if code := run(t.Context(), []string{"claims", "dramatic", "--receipt", receipt, "--store", store}, nil, io.Discard, io.Discard); code != exitOK {
		t.Fatal("exit", code)
	}
	commands := map[string][]string{
		"export of quads":      {"export", "nquads"},
		"export of a part":     {"export", "dot", "--limit", "30"},
		"receipt":              {"verify", "--receipt", receipt},
		"verification":         {"verify"},
		"dry run of a load":    {"--json", "load", "--dry-run", "../../seeds/docs/amhp-statement.txt"},
		"dry run of rereading": {"--json", "reread", "--dry-run", "--all"},
		"claims":               {"claims", "dramatic"},
		"trace":                {"trace", "dramatic results"},
		"documents":            {"documents"},
		"agents":               {"agents"},
		"statistics":           {"statistics"},
		"search":               {"search", "results"},
		"match":                {"match", "dramatic results"},
		"report":               {"report", "unsupported"},
		"timeline":             {"timeline", "--speaker", "Liz Kendall"},
	}
	seconds := regexp.MustCompile(`"seconds":[0-9.]+`)
	ask := func(args []string) (out, talk string) {
		t.Helper()
		var o, e bytes.Buffer
		if code := run(t.Context(), append([]string{"--store", store}, args...), nil, &o, &e); code != exitOK && code != exitFailure {
			t.Fatalf("%q: exit %d, %s", args, code, e.String())
		}
		return seconds.ReplaceAllString(o.String(), ""), e.String()
	}
	want := map[string]string{}
	for name, args := range commands {
		want[name], _ = ask(args)
	}
	_, stop := serve(t, "--store", store)
	before, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for name, args := range commands {
		got, talk := ask(args)
		if got != want[name] || got == "" || !strings.Contains(talk, "asking the server") {
			t.Errorf("%s: beside a server %.300q, alone %.300q; %s", name, got, want[name], talk)
		}
	}
	after, err := os.ReadDir(dir)
	if err != nil || len(after) != len(before) {
		t.Errorf("left behind: %v, before %v (%v)", after, before, err)
	}
	if code := stop(); code != exitOK {
		t.Error("exit", code)
	}
}

// A server that watches answers from what has come since.
func TestServe_Watch(t *testing.T) {
	docs := t.TempDir()
	store := filepath.Join(t.TempDir(), "db")
	address, stop := serve(t, "--watch", "--store", store, docs)
	claims := func(words string) int {
		t.Helper()
		response, err := http.Get(address + "/api/v1/claims?q=" + words)
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		var page struct {
			Data          struct{ Items []any }
			Items, Claims []any
		}
		body, err := io.ReadAll(response.Body)
		if err != nil || response.StatusCode != http.StatusOK {
			t.Fatalf("%v, status %d: %s", err, response.StatusCode, body)
		}
		if err := json.Unmarshal(body, &page); err != nil {
			t.Fatal(err)
		}
		return len(page.Items) + len(page.Claims) + len(page.Data.Items)
	}
	for i := range 3 {
		if n := claims(fmt.Sprintf("harbour%d", i)); n != 0 {
			t.Fatalf("%d claims of a document that is not there", n)
		}
		text := fmt.Sprintf("The mayor said that the harbour%d is open.\n", i)
		if err := os.WriteFile(filepath.Join(docs, fmt.Sprintf("%d.txt", i)), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		waitFor(t, "the document", func() bool { return claims(fmt.Sprintf("harbour%d", i)) == 1 })
	}
	if code := stop(); code != exitOK {
		t.Errorf("exit %d", code)
	}
}
