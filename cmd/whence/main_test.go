package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"whence": main})
}

func TestScripts(t *testing.T) {
	docs, err := filepath.Abs("../../seeds/docs")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(e *testscript.Env) error {
			e.Setenv("SEEDS", docs)
			e.Setenv("HOME", e.WorkDir)
			return nil
		},
	})
}

// lockedBuffer is written by a server and read by a test.
type lockedBuffer struct {
	ch  chan string
	all bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.ch <- string(p)
	return len(p), nil
}

// serve starts the server on a free port and returns its address; what stops it is the test's end.
func serve(t *testing.T, args ...string) (address string, stop func() int) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	out := &lockedBuffer{ch: make(chan string, 1000)}
	done := make(chan int, 1)
	go func() {
		done <- run(ctx, append([]string{"serve", "--listen", "127.0.0.1:0", "--quiet"}, args...), strings.NewReader(""), out, io.Discard)
	}()
	stop = func() int {
		cancel()
		select {
		case code := <-done:
			done <- code
			return code
		case <-time.After(20 * time.Second):
			t.Error("the server does not stop")
			return -1
		}
	}
	t.Cleanup(func() { stop() })
	found := regexp.MustCompile(`serving at (http://\S+)`)
	for {
		select {
		case s := <-out.ch:
			out.all.WriteString(s)
			if m := found.FindStringSubmatch(out.all.String()); m != nil {
				return m[1], stop
			}
		case code := <-done:
			done <- code
			t.Fatalf("the server ended with %d: %s", code, out.all.String())
		case <-time.After(60 * time.Second):
			t.Fatal("the server does not start")
		}
	}
}

func TestServe(t *testing.T) {
	store := filepath.Join(t.TempDir(), "db")
	address, stop := serve(t, "--store", store, "../../seeds/docs")
	response, err := http.Get(address + "/api/v1/trace?q=dramatic+results")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var trace struct {
		Answer string
		Claims []any
	}
	if err := json.NewDecoder(response.Body).Decode(&trace); err != nil || response.StatusCode != http.StatusOK || len(trace.Claims) < 3 {
		t.Fatalf("%v, status %d, %d claims", err, response.StatusCode, len(trace.Claims))
	}

	// While it runs, a reading command asks it, and a writing one is told who has the store.
	var out, talk bytes.Buffer
	if code := run(t.Context(), []string{"claims", "--store", store, "dramatic"}, nil, &out, &talk); code != exitOK || !strings.Contains(talk.String(), "asking the server") || out.Len() == 0 {
		t.Errorf("claims beside a server: exit %d, %q, %q", code, talk.String(), out.String())
	}
	talk.Reset()
	out.Reset()
	// A query is for who may read the folder, as the command may.
	if code := run(t.Context(), []string{"query", "--store", store, "gizmo", "1 + 1"}, nil, &out, &talk); code != exitOK || out.String() != "2\n" {
		t.Errorf("query beside a server: exit %d, %q, %q", code, talk.String(), out.String())
	}
	refused, err := http.Get(address + "/api/v1/query?language=gizmo&text=1")
	if err != nil {
		t.Fatal(err)
	}
	defer refused.Body.Close()
	if refused.StatusCode != http.StatusForbidden {
		t.Errorf("a query without the token: status %d", refused.StatusCode)
	}
	talk.Reset()
	if code := run(t.Context(), []string{"load", "--store", store, "../../seeds/docs"}, nil, io.Discard, &talk); code != exitFailure || !strings.Contains(talk.String(), "process") {
		t.Errorf("load beside a server: exit %d, %q", code, talk.String())
	}

	if code := stop(); code != exitOK {
		t.Errorf("exit %d after a stop", code)
	}
	if code := run(t.Context(), []string{"verify", "--store", store}, nil, io.Discard, io.Discard); code != exitOK {
		t.Errorf("verify after a stop: exit %d", code)
	}
}

func TestServe_AddressInUse(t *testing.T) {
	address, _ := serve(t, "--store", "memory:", "../../seeds/docs")
	var talk bytes.Buffer
	code := run(t.Context(), []string{"serve", "--store", "memory:", "--listen", strings.TrimPrefix(address, "http://"), "../../seeds/docs"}, nil, io.Discard, &talk)
	if code != exitFailure || !strings.Contains(talk.String(), "--listen") {
		t.Errorf("exit %d, %q", code, talk.String())
	}
}

func TestOutput_LeavesNothingBehind(t *testing.T) {
	dir := t.TempDir()
	a := &app{ctx: t.Context(), stdout: io.Discard, stderr: io.Discard}
	err := a.output(filepath.Join(dir, "out.dot"), func(w io.Writer) error {
		_, _ = io.WriteString(w, "half")
		return io.ErrUnexpectedEOF
	})
	entries, readErr := os.ReadDir(dir)
	if err == nil || readErr != nil || len(entries) != 0 {
		t.Fatalf("err %v, left %v", err, entries)
	}
}

// help COMMAND is COMMAND --help, and help is --help.
func TestHelp(t *testing.T) {
	for _, c := range []struct{ help, asked []string }{
		{[]string{"help"}, []string{"--help"}},
		{[]string{"help", "load"}, []string{"load", "--help"}},
		{[]string{"help", "verify"}, []string{"verify", "--help"}},
	} {
		got, _ := whence(t, exitOK, c.help...)
		want, _ := whence(t, exitOK, c.asked...)
		if got != want || got == "" {
			t.Errorf("%q prints %q, and %q prints %q", c.help, got, c.asked, want)
		}
	}
	if _, talk := whence(t, exitUsage, "help", "loud"); !strings.Contains(talk, "loud") {
		t.Errorf("help of what is no command says %q", talk)
	}
}
