// Package treebank reads Universal Dependencies treebanks (CoNLL-U) and scores
// what a parser makes of them. Only the trainer and its tests use it.
package treebank

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"

	"whence/graph"
	"whence/loader/syntax"
)

// ReadFile reads a .conllu file, or a .conllu.xz by way of the xz program.
func ReadFile(path string) ([]syntax.Example, error) {
	if !strings.HasSuffix(path, ".xz") {
		f, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		return Read(f)
	}
	if _, err := os.Stat(path); err != nil {
		return nil, err
	}
	cmd := exec.Command("xz", "-dc", "--", path)
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	sentences, err := Read(out)
	if err != nil {
		_ = cmd.Process.Kill() // the error of reading says more
		_ = cmd.Wait()
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return sentences, cmd.Wait()
}

// Read reads CoNLL-U. Words that a text writes as one (don't) are separate words
// with spans of their own, as they are in English, where they only stand together.
func Read(in io.Reader) ([]syntax.Example, error) {
	var out []syntax.Example
	var s syntax.Example
	var forms []string
	together := "" // the last of the words that are written together
	var open brackets
	scan := bufio.NewScanner(in)
	scan.Buffer(nil, 1<<20)
	for n := 1; scan.Scan(); n++ {
		line := scan.Text()
		switch {
		case line == "":
			if len(s.Tokens) > 0 {
				if err := align(&s, forms); err != nil {
					return nil, fmt.Errorf("line %d: %w", n, err)
				}
				s.Mentions = open.closed
				out = append(out, s)
			}
			s, forms, open = syntax.Example{Document: s.Document}, forms[:0], brackets{}
		case strings.HasPrefix(line, "# newdoc id = "):
			s.Document = strings.TrimPrefix(line, "# newdoc id = ")
			s.Begins = true
		case line == "# newpar" || strings.HasPrefix(line, "# newpar id"):
			s.Begins = true
		case strings.HasPrefix(line, "# text = "):
			s.Text = strings.TrimPrefix(line, "# text = ")
		case strings.HasPrefix(line, "#"):
		default:
			fields := strings.Split(line, "\t")
			if len(fields) != 10 {
				return nil, fmt.Errorf("line %d: %d fields, want 10", n, len(fields))
			}
			if strings.ContainsRune(fields[0], '.') {
				continue // an empty word
			}
			if _, last, ok := strings.Cut(fields[0], "-"); ok {
				together = last // written together with the words before
				s.Joined = strings.Contains(fields[9], "SpaceAfter=No")
				continue
			}
			if fields[0] == together {
				together = ""
			} else if together == "" {
				s.Joined = strings.Contains(fields[9], "SpaceAfter=No")
			}
			head, err := strconv.Atoi(fields[6])
			if err != nil {
				return nil, fmt.Errorf("line %d: head: %w", n, err)
			}
			forms = append(forms, fields[1])
			open.read(fields[9], len(s.Tokens))
			s.Tokens = append(s.Tokens, syntax.Token{Lemma: fields[2], Tag: fields[4], UPOS: fields[3], Head: head - 1, Rel: fields[7]})
		}
	}
	return out, scan.Err()
}

// align finds the words in the text, in order.
func align(s *syntax.Example, forms []string) error {
	at := 0
	for i, form := range forms {
		t := &s.Tokens[i]
		j := strings.Index(s.Text[at:], form)
		if j < 0 || strings.TrimSpace(s.Text[at:at+j]) != "" {
			return fmt.Errorf("word %d %q is not next in %q", i+1, form, s.Text)
		}
		t.Span = graph.Span{Start: at + j, End: at + j + len(form)}
		if t.Head < -1 || t.Head >= len(forms) {
			return fmt.Errorf("word %d: head out of range", i+1)
		}
		at = t.Span.End
	}
	return nil
}
