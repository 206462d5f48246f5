package folder_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"whence/graph"
	"whence/graph/cayleystore"
	"whence/graph/codec"
	"whence/graph/folder"
	"whence/graph/graphtest"
)

// faultSeed begins what the tests of faults draw by chance, so that one that failed can be run again.
var faultSeed = flag.Uint64("fault-seed", rand.Uint64(), "begins what the tests of faults draw by chance")

// historyLength is how many commits the stores of these tests go through.
const historyLength = 40

// What TestMain does in place of the tests, in a process of its own: the name of a deed and what it takes.
const deedVariable = "WHENCE_TEST_DEED"

var deeds = map[string]func(args []string) error{"load": load}

func TestMain(m *testing.M) {
	if words := strings.Fields(os.Getenv(deedVariable)); len(words) > 0 {
		if err := deeds[words[0]](words[1:]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// process returns a process that will do a deed.
func process(deed string, args ...any) *exec.Cmd {
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), deedVariable+"="+deed+" "+strings.TrimSpace(fmt.Sprintln(args...)))
	return c
}

// load goes on with the history of a folder, for so many commits at most, and prints a line for each that was
// acknowledged. It waits for its turn while another process has the folder.
func load(args []string) error {
	most, err := strconv.Atoi(args[1])
	if err != nil {
		return err
	}
	var s *folder.Folder
	for {
		if s, err = folder.Open(args[0], folder.Options{}); !errors.Is(err, graph.ErrLocked) {
			break
		}
		time.Sleep(time.Millisecond)
	}
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	done := 0
	err = graphtest.NewHistory(historyLength).Play(ctx, s, func(n int) {
		fmt.Println(n)
		if done++; done == most {
			stop()
		}
	})
	if done == most && errors.Is(err, context.Canceled) {
		err = nil
	}
	return errors.Join(err, s.Close())
}

// A process that loads is killed at random moments: while it opens the folder, makes it, commits, flushes
// and merges. Every commit is whole or absent, every one that it had told of is there, and what goes
// on after it ends with what an undisturbed load ends with.
func TestKill(t *testing.T) {
	kills := 5
	if s := os.Getenv("WHENCE_KILLS"); s != "" {
		var err error
		if kills, err = strconv.Atoi(s); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("again: WHENCE_KILLS=%d go test ./graph/folder -run '^TestKill$' -fault-seed=%d", kills, *faultSeed)
	rnd := rand.New(rand.NewPCG(*faultSeed, 0)) //nolint:gosec // for tests
	h := graphtest.NewHistory(historyLength)
	h.Observe(t, cayleystore.MemoryBackend())
	var (
		dir                 string
		acknowledged, whole int
	)
	for killed := 0; killed < kills && !t.Failed(); {
		if dir == "" {
			dir, acknowledged = filepath.Join(t.TempDir(), "whence.db"), 0
		}
		last, died := killLoad(t, rnd, dir)
		acknowledged = max(acknowledged, last)
		if died {
			killed++
		}
		// Else it is killed again before anybody has mended anything.
		if ended := !died || killed == kills; ended || rnd.IntN(2) == 0 {
			checkFolder(t, h, dir, acknowledged, ended)
			if ended {
				dir = ""
				whole++
			}
		}
	}
	t.Logf("%d processes were killed, %d histories came to their end", kills, whole)
}

// killLoad starts a load and kills it at some moment. It returns the last commit that was told of, and whether the
// load was killed before its end.
func killLoad(t *testing.T, rnd *rand.Rand, dir string) (acknowledged int, killed bool) {
	t.Helper()
	c := process("load", dir, historyLength)
	var stderr bytes.Buffer
	c.Stderr = &stderr
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	kill := func(after time.Duration) {
		time.Sleep(after)
		_ = c.Process.Kill() // it may have ended
	}
	commits := rnd.IntN(12)
	later := time.Duration(rnd.Int64N(int64(8 * time.Millisecond)))
	if commits == 0 { // from its start on
		go kill(time.Duration(rnd.Int64N(int64(150 * time.Millisecond))))
	}
	seen := 0
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if acknowledged, err = strconv.Atoi(lines.Text()); err != nil {
			t.Errorf("the load prints %q", lines.Text())
		}
		if seen++; seen == commits {
			go kill(later)
		}
	}
	if err := c.Wait(); err == nil {
		return acknowledged, false
	}
	if stderr.Len() > 0 {
		t.Errorf("after %d commits the load says %s", acknowledged, &stderr)
	}
	return acknowledged, true
}

// checkFolder checks what a folder holds, and, if it is to, goes on with it to the end of its history.
func checkFolder(t *testing.T, h *graphtest.History, dir string, acknowledged int, toEnd bool) {
	t.Helper()
	b := openBackend(t, dir)
	if have, want := b.Lost(); have != want {
		t.Errorf("%d of %d commits are there", have, want)
	}
	n, err := h.Check(t.Context(), b, acknowledged, acknowledged+1)
	if err != nil {
		t.Errorf("%s: %v", dir, err)
	}
	if err := b.Close(); err != nil {
		t.Error(err)
	}
	if !toEnd {
		return
	}
	s := openFolder(t, dir)
	if err := h.Play(t.Context(), s, func(int) {}); err != nil {
		t.Errorf("going on from commit %d: %v", n, err)
	}
	var got, want bytes.Buffer
	undisturbed := cayleystore.Memory()
	if err := h.Play(t.Context(), undisturbed, func(int) {}); err != nil {
		t.Fatal(err)
	}
	for w, s := range map[io.Writer]graph.Store{&got: s, &want: undisturbed} {
		if err := codec.DumpNQuads(t.Context(), w, s, graph.At{}, true); err != nil {
			t.Error(err)
		}
	}
	if !bytes.Equal(got.Bytes(), want.Bytes()) {
		t.Errorf("going on from commit %d gives other N-Quads than a load in one go: %d bytes, want %d", n, got.Len(), want.Len())
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	b = openBackend(t, dir)
	if _, err := h.Check(t.Context(), b, h.Len(), h.Len()); err != nil {
		t.Error(err)
	}
	if err := b.Close(); err != nil {
		t.Error(err)
	}
}

// Several processes want one folder, which is not there yet, at the same time. One has it at a time, and
// each goes on where the one before it ended.
func TestProcessesTakeTurns(t *testing.T) {
	const processes = 4
	dir := filepath.Join(t.TempDir(), "whence.db")
	var all []*exec.Cmd
	var outs [processes]bytes.Buffer
	for i := range processes {
		c := process("load", dir, historyLength/processes)
		c.Stdout, c.Stderr = &outs[i], &outs[i]
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		all = append(all, c)
	}
	told := map[string]bool{}
	for i, c := range all {
		if err := c.Wait(); err != nil {
			t.Errorf("%v: %s", err, &outs[i])
		}
		for n := range strings.FieldsSeq(outs[i].String()) {
			if told[n] {
				t.Errorf("commit %s was made twice", n)
			}
			told[n] = true
		}
	}
	if len(told) != historyLength {
		t.Errorf("%d commits were made, want %d", len(told), historyLength)
	}
	h := graphtest.NewHistory(historyLength)
	h.Observe(t, cayleystore.MemoryBackend())
	b := openBackend(t, dir)
	defer b.Close()
	if _, err := h.Check(t.Context(), b, historyLength, historyLength); err != nil {
		t.Error(err)
	}
}
