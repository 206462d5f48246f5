package pebblequads_test

import (
	"os/exec"
	"strings"
	"testing"

	cgraph "github.com/cayleygraph/cayley/graph"
	cayleytest "github.com/cayleygraph/cayley/graph/graphtest"
	"github.com/cockroachdb/pebble/v2/vfs"

	"whence/graph/pebblequads"
)

// TestCayley runs the suite that Cayley holds its own backends to, all of it.
func TestCayley(t *testing.T) {
	// It finds its data from the folder of a backend in Cayley's own module.
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/cayleygraph/cayley").Output()
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(strings.TrimSpace(string(out)) + "/graph/memstore")
	cayleytest.TestAll(t, func(t testing.TB) (cgraph.QuadStore, cgraph.Options, func()) {
		db, err := pebblequads.Open("/db", &pebblequads.Options{FS: vfs.NewMem()})
		if err != nil {
			t.Fatal(err)
		}
		qs := db.QuadStore()
		return qs, nil, func() {
			if err := qs.Err(); err != nil {
				t.Error(err)
			}
			if err := db.Close(); err != nil {
				t.Error(err)
			}
		}
	}, &cayleytest.Config{AlwaysRunIntegration: true})
}
