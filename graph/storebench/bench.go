package main

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

//go:embed oxigraph.py
var oxigraphSource []byte

// oxigraphScript is written beside the data.
const oxigraphScript = "oxigraph.py"

// loads is how often an engine is loaded at most; the median counts.
const loads = 3

// A column is all that one engine gave at one size.
type column struct {
	kind   kind
	bulks  []loaded // all at once
	loads  []loaded // one transaction a document
	answer asked
}

// A result is all that was measured at one size.
type result struct {
	made    *made
	columns []column
	commits []loaded // of the whole store
	trace   asked
	program *served // nil when it was not measured
}

// bench measures every size and prints its table as it is done.
func bench(ctx context.Context, w io.Writer, o options) error {
	if slices.Contains(o.engines, oxigraph) {
		if err := os.WriteFile(filepath.Join(o.dir, oxigraphScript), oxigraphSource, 0o644); err != nil {
			return err
		}
		if out, err := exec.CommandContext(ctx, o.python, "-c", "import pyoxigraph").CombinedOutput(); err != nil {
			fmt.Fprintf(os.Stderr, "SKIPPED: Oxigraph is not measured: %s -c 'import pyoxigraph': %v\n%s", o.python, err, out)
			o.engines = slices.DeleteFunc(slices.Clone(o.engines), func(name string) bool { return name == oxigraph })
		}
	}
	program := ""
	if o.program {
		var err error
		if program, err = build(ctx, o.dir); err != nil {
			return err
		}
	}
	if err := printMachine(w); err != nil {
		return err
	}
	for _, size := range o.sizes {
		r, err := measure(ctx, o, program, size)
		if err != nil {
			return err
		}
		if !o.keep { // the next one needs the room
			if err := os.RemoveAll(r.made.Dir); err != nil {
				return err
			}
		}
		if err := r.print(w); err != nil {
			return err
		}
	}
	return nil
}

// measure makes a graph of a size and measures every engine on it.
func measure(ctx context.Context, o options, program string, size int) (*result, error) {
	dir := filepath.Join(o.dir, fmt.Sprint(size))
	if err := os.Mkdir(dir, 0o755); err != nil {
		return nil, err
	}
	began := time.Now()
	m, err := makeGraph(dir, size)
	if err != nil {
		return nil, fmt.Errorf("make a graph of %d quads: %w", size, err)
	}
	progress("%d quads made in %s", m.Quads, time.Since(began).Round(time.Second/10))
	r := &result{made: m}
	for _, name := range o.engines {
		c := column{kind: kindOf(name)}
		if c.kind.bulk {
			c.bulks, err = repeated(o.limit, c.kind.in(dir), func() (loaded, error) { return child[loaded](ctx, o, "bulk", name, m) })
			if err != nil {
				return nil, err
			}
			progress("%s: loaded in bulk %d times, %.0f quads/s", name, len(c.bulks), float64(m.Quads)/median(c.bulks, seconds))
		}
		if c.kind.loads {
			c.loads, err = repeated(o.limit, c.kind.in(dir), func() (loaded, error) { return child[loaded](ctx, o, "load", name, m) })
			if err != nil {
				return nil, err
			}
			progress("%s: loaded %d times, %.0f quads/s", name, len(c.loads), float64(m.Quads)/median(c.loads, seconds))
		}
		if c.answer, err = child[asked](ctx, o, "ask", name, m); err != nil {
			return nil, err
		}
		for question, a := range c.answer.Answers {
			progress("%s: %s: %d calls, p50 %.1f µs, p95 %.1f µs, processor %.1f µs", name, question, a.Calls, a.P50, a.P95, a.CPU)
		}
		r.columns = append(r.columns, c)
	}
	if err := r.agree(); err != nil {
		return nil, err
	}
	r.commits, err = repeated(o.limit, filepath.Join(dir, storeName), func() (loaded, error) { return child[loaded](ctx, o, "commit", "whence", m) })
	if err != nil {
		return nil, err
	}
	if r.trace, err = child[asked](ctx, o, "trace", "whence", m); err != nil {
		return nil, err
	}
	t := r.trace.Answers[askTrace]
	progress("trace: opened in %.1f ms, p50 %.0f µs, p95 %.0f µs, processor %.0f µs", r.trace.Open, t.P50, t.P95, t.CPU)
	if program != "" {
		s, err := measureProgram(ctx, program, m)
		if err != nil {
			return nil, err
		}
		r.program = &s
	}
	return r, nil
}

// repeated loads a folder anew a few times, as long as there is time for it; none is "".
func repeated(limit time.Duration, dir string, load func() (loaded, error)) ([]loaded, error) {
	var out []loaded
	began := time.Now()
	for len(out) < loads && (len(out) == 0 || time.Since(began) < 3*limit) {
		if dir != "" {
			if err := os.RemoveAll(dir); err != nil {
				return nil, err
			}
		}
		l, err := load()
		if err != nil {
			return nil, err
		}
		out = append(out, l)
	}
	return out, nil
}

// agree reports an engine that answers otherwise than the first.
func (r *result) agree() error {
	var err error
	for _, c := range r.columns[1:] {
		first := r.columns[0]
		for question, a := range c.answer.Answers {
			b, ok := first.answer.Answers[question]
			n := min(len(a.Counts), len(b.Counts))
			if ok && !slices.Equal(a.Counts[:n], b.Counts[:n]) {
				err = errors.Join(err, fmt.Errorf("%s and %s do not answer %q alike: %v and %v", first.kind.name, c.kind.name, question, b.Counts[:n], a.Counts[:n]))
			}
		}
	}
	return err
}

func seconds(l loaded) float64 { return l.Seconds }

func closing(l loaded) float64 { return l.Closing }

// median is of one figure of a list, which is not empty.
func median[T any](list []T, figure func(T) float64) float64 {
	figures := make([]float64, len(list))
	for i, x := range list {
		figures[i] = figure(x)
	}
	slices.Sort(figures)
	return figures[len(figures)/2]
}

// progress tells on standard error what has been done.
func progress(format string, args ...any) {
	fmt.Fprintf(os.Stderr, "%s  "+strings.TrimSuffix(format, "\n")+"\n", append([]any{time.Now().Format(time.TimeOnly)}, args...)...)
}
