// Command train learns the weights of whence/loader/extract/checkworthy from marked sentences:
//
//	go run ./loader/extract/checkworthy/train -sentences seeds/gold/worth.tsv \
//		-out loader/extract/checkworthy/weights.txt
//
// The same sentences give the same weights. It prints how a model learnt from nine tenths of the
// sentences does on the other tenth, ten times.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"

	"whence/loader/extract/checkworthy"
)

func main() {
	sentences := flag.String("sentences", "", "file of marked sentences")
	out := flag.String("out", "", "file for the weights")
	ridge := flag.Float64("ridge", checkworthy.DefaultRidge, "how strongly weights are held near zero")
	flag.Parse()
	if *sentences == "" || flag.NArg() > 0 {
		flag.Usage()
		os.Exit(2)
	}
	if err := run(*sentences, *out, *ridge); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

func run(sentences, out string, ridge float64) error {
	b, err := os.ReadFile(sentences)
	if err != nil {
		return err
	}
	examples, err := checkworthy.ReadExamples(bytes.NewReader(b))
	if err != nil {
		return fmt.Errorf("%s: %w", sentences, err)
	}
	ratings, err := checkworthy.CrossValidate(examples, ridge, 10)
	if err != nil {
		return err
	}
	fmt.Print(checkworthy.Measure(ratings))
	if out == "" {
		return nil
	}
	m, err := checkworthy.Learn(examples, ridge)
	if err != nil {
		return err
	}
	var file bytes.Buffer
	if _, err := m.WriteTo(&file); err != nil {
		return err
	}
	return os.WriteFile(out, file.Bytes(), 0o644)
}
