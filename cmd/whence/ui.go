package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/schollz/progressbar/v3"
)

// The rules of the terminal: stdout is data, stderr is talk. Progress shows on a
// terminal only. What comes from documents never reaches a terminal as it is: see clean and filter.

// isTerminal reports whether a stream is a terminal that a person looks at.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0 && os.Getenv("TERM") != "dumb"
}

// folded is clean text in one line, white space folded.
func folded(s string) string { return strings.Join(strings.Fields(clean(s)), " ") }

// cut shortens text to n characters.
func cut(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return strings.TrimRight(string(r[:n-1]), " ") + "…"
}

// progress returns a function that shows how far a long work is, and one that
// clears it; both do nothing when stderr is no terminal.
func (a *app) progress(what string) (step func(done int, last string), clear func()) {
	if !isTerminal(a.stderr) {
		return func(int, string) {}, func() {}
	}
	bar := progressbar.NewOptions(-1, progressbar.OptionSetWriter(a.stderr), progressbar.OptionSetDescription(what),
		progressbar.OptionShowCount(), progressbar.OptionShowIts(), progressbar.OptionClearOnFinish(), progressbar.OptionSpinnerType(14))
	return func(done int, _ string) { _ = bar.Set(done) }, func() { _ = bar.Finish() }
}

// working shows a line on a terminal until it is cleared, while something goes on that cannot be counted.
func (a *app) working(what string) (clear func()) {
	if !isTerminal(a.stderr) {
		return func() {}
	}
	m := newMeter(a.stderr, time.Now)
	m.write(what)
	return m.clear
}

// plural writes a count with its noun.
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
