package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/pprof"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/cayleygraph/quad"
)

// childArg is the first argument of a process that measures one engine. The rest are what
// it does, the engine, the folder of the graph, the limit, and where to write a profile of it
// ("" for none); it prints its result as JSON.
const childArg = "measure"

// A loaded is what a load gave.
type loaded struct {
	Seconds float64 // for all documents; not the reading of N-Quads
	Closing float64 // seconds to close it after that, when all is on the disk
	Bytes   int64   // on disk once it is closed
}

// An asked is what the questions gave.
type asked struct {
	Open    float64 // milliseconds from nothing to the first answer, of an existing graph
	Memory  memory  // once all is answered
	Answers map[string]answer
}

// An answer is how long the answers to one question took, in microseconds.
type answer struct {
	Calls    int
	P50, P95 float64 // by the clock
	CPU      float64 // the mean of the processor time, with that of collecting garbage
	Counts   []int   // how many there are, in the order of the nodes asked about; only of those that were
}

// The questions, as the results name them.
const (
	askNode     = "node"
	askSpeaker  = "speaker"
	askDocument = "documents"
	askGizmo    = "gizmo"
	askTrace    = "trace"
)

// child measures one engine in a process of its own.
func child[T any](ctx context.Context, o options, what, name string, m *made) (T, error) {
	var result T
	args := []string{what, name, m.Dir, o.limit.String()}
	program := []string{os.Args[0], childArg}
	if name == oxigraph {
		program = []string{o.python, filepath.Join(o.dir, oxigraphScript)}
		args[3] = strconv.FormatFloat(o.limit.Seconds(), 'f', -1, 64)
	} else if o.profile != "" {
		args = append(args, filepath.Join(o.profile, fmt.Sprintf("%s-%s-%d.prof", name, what, m.Quads)))
	} else {
		args = append(args, "")
	}
	cmd := exec.CommandContext(ctx, program[0], append(program[1:], args...)...)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, os.Stderr
	if err := cmd.Run(); err != nil {
		return result, fmt.Errorf("%s %s: %w", what, name, err)
	}
	if err := json.Unmarshal(out.Bytes(), &result); err != nil {
		return result, fmt.Errorf("%s %s: %w", what, name, err)
	}
	return result, nil
}

func runChild(ctx context.Context, args []string) error {
	if len(args) != 5 {
		return errors.New("this is started by storebench itself")
	}
	if args[4] != "" {
		f, err := os.Create(args[4])
		if err != nil {
			return err
		}
		defer f.Close()
		if err := pprof.StartCPUProfile(f); err != nil {
			return err
		}
		defer pprof.StopCPUProfile()
	}
	m, err := readMade(args[2])
	if err != nil {
		return err
	}
	limit, err := time.ParseDuration(args[3])
	if err != nil {
		return err
	}
	var result any
	switch args[0] {
	case "load":
		result, err = load(ctx, kindOf(args[1]), m, fill)
	case "bulk":
		result, err = load(ctx, kindOf(args[1]), m, bulk)
	case "ask":
		result, err = ask(ctx, kindOf(args[1]), m, limit)
	case "commit":
		result, err = commit(ctx, m)
	case "trace":
		result, err = trace(ctx, m, limit)
	default:
		err = fmt.Errorf("%q is nothing to do", args[0])
	}
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(result)
}

// load fills an engine with a made graph.
func load(ctx context.Context, k kind, m *made, fill func(context.Context, engine, *made) (time.Duration, error)) (loaded, error) {
	dir := k.in(m.Dir)
	e, err := k.open(dir)
	if err != nil {
		return loaded{}, err
	}
	took, err := fill(ctx, e, m)
	began := time.Now()
	if err := errors.Join(err, e.Close()); err != nil {
		return loaded{}, err
	}
	l := loaded{Seconds: took.Seconds(), Closing: time.Since(began).Seconds()}
	if k.folder == "" {
		return l, nil
	}
	l.Bytes, err = sizeOf(dir)
	return l, err
}

// bulk adds all documents at once. The time does not hold that of reading N-Quads.
func bulk(ctx context.Context, e engine, m *made) (took time.Duration, err error) {
	b, ok := e.(bulky)
	if !ok {
		return 0, errors.New("it has no way to load in bulk")
	}
	var reading time.Duration
	began := time.Now()
	last := began
	err = b.Bulk(ctx, func(yield func([]quad.Quad, error) bool) {
		for quads, err := range m.documents() {
			reading += time.Since(last)
			if !yield(quads, err) {
				return
			}
			last = time.Now()
		}
	})
	return time.Since(began) - reading, err
}

// fill adds a document after the other.
func fill(ctx context.Context, e engine, m *made) (took time.Duration, err error) {
	for quads, err := range m.documents() {
		if err != nil {
			return 0, err
		}
		began := time.Now()
		if err := e.Load(ctx, quads); err != nil {
			return 0, err
		}
		took += time.Since(began)
		if err := ctx.Err(); err != nil {
			return 0, err
		}
	}
	return took, nil
}

// ask puts the questions to an engine that is loaded.
func ask(ctx context.Context, k kind, m *made, limit time.Duration) (asked, error) {
	a := asked{Answers: map[string]answer{}}
	began := time.Now()
	e, err := k.open(k.in(m.Dir))
	if err != nil {
		return a, err
	}
	defer e.Close()
	if k.folder == "" {
		if _, err := fill(ctx, e, m); err != nil {
			return a, err
		}
	}
	if _, err := e.Node(ctx, quad.IRI(m.Questions.Node[0])); err != nil {
		return a, err
	}
	if k.folder != "" {
		a.Open = float64(time.Since(began).Microseconds()) / 1000
	}
	put := func(name string, nodes []string, f func(quad.IRI) (int, error)) {
		if err == nil {
			a.Answers[name], err = timed(ctx, nodes, limit, f)
		}
	}
	put(askNode, m.Questions.Node, func(n quad.IRI) (int, error) { return e.Node(ctx, n) })
	put(askSpeaker, m.Questions.Claim, func(n quad.IRI) (int, error) { return e.TwoHops(ctx, n, sameSpeaker) })
	put(askDocument, m.Questions.Speaker, func(n quad.IRI) (int, error) { return e.TwoHops(ctx, n, documentsOf) })
	if g, ok := e.(gizmo); ok {
		put(askGizmo, m.Questions.Speaker, func(n quad.IRI) (int, error) { return g.Gizmo(ctx, n, documentsOf) })
	}
	a.Memory = memoryOf("self")
	return a, err
}

// passes is how often every node is asked about and timed, after once without.
const passes = 5

// timed asks about every node, within a limit. The first time all of them are asked is left
// out, unless there is no time for a second.
func timed(ctx context.Context, nodes []string, limit time.Duration, f func(quad.IRI) (int, error)) (answer, error) {
	a := answer{}
	var took []time.Duration
	began, used := time.Now(), cpu()
	done := func() answer {
		a = a.of(took)
		a.CPU = micros(cpu()-used) / float64(len(took))
		return a
	}
	for pass := range 1 + passes {
		if pass == 1 {
			took, used = took[:0], cpu()
		}
		for _, n := range nodes {
			if err := ctx.Err(); err != nil {
				return a, err
			}
			if len(took) > 2 && time.Since(began) > limit {
				return done(), nil
			}
			start := time.Now()
			count, err := f(quad.IRI(n))
			took = append(took, time.Since(start))
			if err != nil {
				return a, fmt.Errorf("%s: %w", n, err)
			}
			if pass == 0 {
				a.Counts = append(a.Counts, count)
			}
		}
	}
	return done(), nil
}

// cpu is the processor time that this process has had; 0 where the system does not tell.
func cpu() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		return 0
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

func (a answer) of(took []time.Duration) answer {
	slices.Sort(took)
	a.Calls, a.P50, a.P95 = len(took), micros(took[len(took)/2]), micros(took[len(took)*95/100])
	return a
}

func micros(d time.Duration) float64 { return float64(d.Nanoseconds()) / 1000 }

// kilobytes reads a line of /proc/PID/status, in MB; else returns what it was.
func kilobytes(line, name string, was float64) float64 {
	rest, ok := strings.CutPrefix(line, name)
	if !ok {
		return was
	}
	n, err := strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(rest), " kB"))
	if err != nil {
		return was
	}
	return float64(n) / 1024
}
