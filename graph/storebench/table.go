package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"
)

// printMachine says where and when it was measured.
func printMachine(w io.Writer) error {
	model, memory := "processor not known", ""
	if data, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		for line := range strings.Lines(string(data)) {
			if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
				model = strings.TrimSpace(value)
				break
			}
		}
	}
	if data, err := os.ReadFile("/proc/meminfo"); err == nil {
		var total float64
		for line := range strings.Lines(string(data)) {
			total = kilobytes(line, "MemTotal:", total)
		}
		memory = fmt.Sprintf(", %.0f GB of memory", total/1024)
	}
	_, err := fmt.Fprintf(w, "%s, %d cores%s, %s/%s, %s, %s\n", model, runtime.NumCPU(), memory, runtime.GOOS, runtime.GOARCH, runtime.Version(),
		time.Now().Format("2 January 2006"))
	return err
}

// print prints the tables of one size, as Markdown.
func (r *result) print(out io.Writer) error {
	w := bufio.NewWriter(out)
	m := r.made
	fmt.Fprintf(w, "\n#### %s quads: %s documents, %.0f MB as N-Quads\n\n", thousands(m.Quads), thousands(m.Documents), float64(m.Bytes)/1e6)
	r.row(w, "", func(c column) string { return c.kind.title })
	r.row(w, "---", func(column) string { return "---" })
	bolt := r.rate(r.of("bolt").loads)
	r.row(w, "load, each document durable before the next, quads/s", func(c column) string { return thousands(int(r.rate(c.loads))) })
	r.row(w, "the same, times bolt", func(c column) string { return ratio(r.rate(c.loads), bolt) })
	r.row(w, "closing it after that, when all is on the disk, ms", func(c column) string {
		if len(c.loads) == 0 || c.kind.folder == "" {
			return none
		}
		return number(1000 * median(c.loads, closing))
	})
	r.row(w, "load in bulk, durable in the end, quads/s", func(c column) string { return thousands(int(r.rate(c.bulks))) })
	r.row(w, "bytes on disk for each quad, closed", func(c column) string {
		if len(c.loads) == 0 || c.loads[0].Bytes == 0 {
			return none
		}
		return fmt.Sprintf("%.0f", float64(c.loads[len(c.loads)-1].Bytes)/float64(m.Quads))
	})
	r.row(w, "opening it to the first answer, ms", func(c column) string { return number(c.answer.Open) })
	r.row(w, "memory of that process once it has answered, MB: all (own)", func(c column) string { return c.answer.Memory.String() })
	r.ask(w, askNode, "all quads of a node (%s), µs")
	r.ask(w, askSpeaker, "two hops, claims of the same speaker (%s), µs")
	r.ask(w, askDocument, "two hops, documents in which a speaker is heard (%s), µs")
	r.ask(w, askGizmo, "the same as a query in Gizmo (%s), µs")

	t := r.trace.Answers[askTrace]
	last := r.commits[len(r.commits)-1]
	fmt.Fprintf(w, "\n| the whole store: quads, texts and ledger | |\n|---|---|\n")
	fmt.Fprintf(w, "| commits of a document each, quads/s | %s |\n", thousands(int(float64(m.Quads)/median(r.commits, seconds))))
	fmt.Fprintf(w, "| closing it after that, ms | %s |\n", number(1000*median(r.commits, closing)))
	fmt.Fprintf(w, "| bytes on disk for each quad, closed | %.0f |\n", float64(last.Bytes)/float64(m.Quads))
	fmt.Fprintf(w, "| opening it to the first trace, ms | %s |\n", number(r.trace.Open))
	fmt.Fprintf(w, "| trace of a claim (family of %s, 6 hops), ms: p50, p95, processor time | %.2f, %.2f, %.2f |\n",
		span(t.Counts), t.P50/1000, t.P95/1000, t.CPU/1000)
	fmt.Fprintf(w, "| memory of that process, MB: all (own), most | %s, %s |\n", r.trace.Memory, number(r.trace.Memory.Most))
	if s := r.program; s != nil {
		fmt.Fprintf(w, "| `whence trace` as a process, ms | %s |\n", number(s.Trace))
		fmt.Fprintf(w, "| trace asked of `whence serve`, ms: p50, p95 | %.2f, %.2f |\n", s.HTTP.P50/1000, s.HTTP.P95/1000)
		fmt.Fprintf(w, "| list of 20 asked of `whence serve`, ms: p50, p95 | %.2f, %.2f |\n", s.List.P50/1000, s.List.P95/1000)
		fmt.Fprintf(w, "| memory of `whence serve` after %d traces and %d lists, MB: all (own), most | %s, %s |\n", requests, 4*requests/10, s.Memory, number(s.Memory.Most))
	}
	return w.Flush()
}

// none stands where there is no figure.
const none = "–"

func (r *result) row(w *bufio.Writer, head string, cell func(column) string) {
	if head == "---" {
		fmt.Fprint(w, "|---|")
		for range r.columns {
			fmt.Fprint(w, "---|")
		}
		fmt.Fprintln(w)
		return
	}
	fmt.Fprintf(w, "| %s |", head)
	for _, c := range r.columns {
		fmt.Fprintf(w, " %s |", cell(c))
	}
	fmt.Fprintln(w)
}

// ask prints what one question took, and how many answers it has.
func (r *result) ask(w *bufio.Writer, question, head string) {
	counts := r.columns[0].answer.Answers[question].Counts
	for _, c := range r.columns {
		if a := c.answer.Answers[question]; len(a.Counts) > len(counts) {
			counts = a.Counts
		}
	}
	r.row(w, fmt.Sprintf(head+": p50 (p95)", span(counts)), func(c column) string {
		a, ok := c.answer.Answers[question]
		if !ok {
			return none
		}
		return number(a.P50) + " (" + number(a.P95) + ")"
	})
}

// of returns what an engine gave; nothing when it was not measured.
func (r *result) of(name string) column {
	i := slices.IndexFunc(r.columns, func(c column) bool { return c.kind.name == name })
	if i < 0 {
		return column{}
	}
	return r.columns[i]
}

// rate is in quads a second; 0 for what was not loaded.
func (r *result) rate(loads []loaded) float64 {
	if len(loads) == 0 {
		return 0
	}
	return float64(r.made.Quads) / median(loads, seconds)
}

func (m memory) String() string { return number(m.All) + " (" + number(m.Own) + ")" }

func ratio(a, b float64) string {
	if a == 0 || b == 0 {
		return none
	}
	return fmt.Sprintf("%.1f", a/b)
}

// number writes three digits at least.
func number(x float64) string {
	switch {
	case x == 0:
		return none
	case x < 10:
		return fmt.Sprintf("%.2f", x)
	case x < 100:
		return fmt.Sprintf("%.1f", x)
	}
	return thousands(int(x + .5))
}

// thousands writes a whole number with commas; 0 as nothing.
func thousands(n int) string {
	if n == 0 {
		return none
	}
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// span says from how many to how many.
func span(counts []int) string {
	switch {
	case len(counts) == 0:
		return none
	case slices.Min(counts) == slices.Max(counts):
		return fmt.Sprint(counts[0])
	}
	return fmt.Sprintf("%d to %d", slices.Min(counts), slices.Max(counts))
}
