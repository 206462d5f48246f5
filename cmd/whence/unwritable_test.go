package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// On a full disk whatever reads goes on, and whatever writes says so.
func TestFullDisk(t *testing.T) {
	const noRoom = "/dev/full"
	if _, err := os.Stat(noRoom); err != nil {
		t.Skip("no such device here: ", err)
	}
	dir := t.TempDir()
	db, document := filepath.Join(dir, "db"), filepath.Join(dir, "ferry.txt")
	if err := os.WriteFile(document, []byte(ferry), 0o600); err != nil {
		t.Fatal(err)
	}
	whence(t, exitOK, "load", "--store", db, document)
	full := func() { // until something has failed on it
		t.Helper()
		if err := os.Symlink(noRoom, filepath.Join(db, "lock.unfinished")); err != nil {
			t.Fatal(err)
		}
	}
	for _, args := range [][]string{
		{"claims"},
		{"trace", "ferry"},
		{"search", "ferry"},
		{"export", "nquads"},
		{"stats"},
		{"verify"},
		{"backup", filepath.Join(dir, "all.whence")},
		{"query", "gizmo", "g.V().limit(1).all()"},
		{"load", "--dry-run", document},
		{"reread", "--dry-run", "--all"},
	} {
		full()
		if out, talk := whence(t, exitOK, append(args, "--store", db)...); out == "" || strings.Contains(talk, db) {
			t.Errorf("%s says %q, %q", args[0], out, talk)
		}
	}
	for _, args := range [][]string{{"load", document}, {"reread"}, {"retract", "x", "--reason", "x"}} {
		full()
		if _, talk := whence(t, exitFailure, append(args, "--store", db)...); !strings.Contains(talk, db) || !strings.Contains(talk, "no space left") {
			t.Errorf("%s says %q", args[0], talk)
		}
	}
}
