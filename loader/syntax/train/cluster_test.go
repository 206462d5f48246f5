package main

import (
	"os"
	"path/filepath"
	"testing"
)

func TestClusters_GroupWordsThatPointTheSameWay(t *testing.T) {
	path := filepath.Join(t.TempDir(), "vectors.json")
	const file = `{"dimensions": 2, "words": ["a", "b", "c", "d"], "vectors": {
		"a": [1, 0, 1], "b": [0, 2, 2], "c": [3, 0.1, 3], "d": [0.1, 1, 1]}}`
	if err := os.WriteFile(path, []byte(file), 0o600); err != nil {
		t.Fatal(err)
	}
	// With as many clusters as words each has its own; two are enough.
	points := [][]float32{unit([]float32{1, 0}), unit([]float32{0, 2}), unit([]float32{3, 0.1}), unit([]float32{0.1, 1})}
	of, centres := kMeans(points, 2)
	if len(centres) != 2 || of[0] != of[2] || of[1] != of[3] || of[0] == of[1] {
		t.Errorf("clusters %v", of)
	}
	got, err := clusters(path)
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 4 || got["a"] == got["b"] {
		t.Errorf("clusters %v", got)
	}
}

func TestClusters_RefusesAWordWithoutVector(t *testing.T) {
	path := filepath.Join(t.TempDir(), "vectors.json")
	if err := os.WriteFile(path, []byte(`{"dimensions": 2, "words": ["a"], "vectors": {}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := clusters(path); err == nil {
		t.Error("no error")
	}
}
