package main

import (
	"encoding/binary"
	"hash/crc32"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A folder that has lost its last commits answers nothing, and is not backed up, until somebody accepts that.
func TestLostCommits(t *testing.T) {
	dir := t.TempDir()
	db := filepath.Join(dir, "db")
	document := filepath.Join(dir, "ferry.txt")
	if err := os.WriteFile(document, []byte(ferry), 0o600); err != nil {
		t.Fatal(err)
	}
	whence(t, exitOK, "load", "--store", db, document)
	if out, _ := whence(t, exitOK, "verify", "--accept-loss", "--store", db); !strings.Contains(out, "nothing is lost") {
		t.Errorf("of a whole store it says %q", out)
	}
	// The count outside the log says that there were two more (graph/pebblequads, head.go).
	slot := binary.BigEndian.AppendUint64(nil, 3)
	slot = binary.BigEndian.AppendUint32(slot, 0x68656164)
	slot = binary.BigEndian.AppendUint32(slot, crc32.ChecksumIEEE(slot))
	if err := os.WriteFile(filepath.Join(db, "quads", "head"), append(slot, slot...), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"claims"}, {"trace", "ferry"}, {"export", "nquads"}, {"stats"}, {"backup", filepath.Join(dir, "all.whence")}, {"load", document}, {"query", "gizmo", "g.V().All()"},
	} {
		if _, talk := whence(t, exitFailure, append(args, "--store", db)...); !strings.Contains(talk, "the last 2 of 3 commits are lost") || !strings.Contains(talk, "--accept-loss") {
			t.Errorf("%s says %q", args[0], talk)
		}
	}
	if out, _ := whence(t, exitFailure, "verify", "--store", db); !strings.Contains(out, "the last 2 of 3 commits are lost") {
		t.Errorf("verify says %q", out)
	}
	if out, _ := whence(t, exitOK, "verify", "--accept-loss", "--store", db); !strings.Contains(out, "1 of 3 commits are held") {
		t.Errorf("--accept-loss says %q", out)
	}
	whence(t, exitOK, "verify", "--store", db)
	whence(t, exitOK, "claims", "--store", db)
}

// A folder whose count of commits is gone is read with a warning, and written to when somebody has accepted that.
func TestMissingCount(t *testing.T) {
	dir := t.TempDir()
	db, document := filepath.Join(dir, "db"), filepath.Join(dir, "ferry.txt")
	if err := os.WriteFile(document, []byte(ferry), 0o600); err != nil {
		t.Fatal(err)
	}
	whence(t, exitOK, "load", "--store", db, document)
	head := filepath.Join(db, "quads", "head")
	if err := os.Remove(head); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(document, []byte(ferry+"\nMore of it."), 0o600); err != nil {
		t.Fatal(err)
	}
	const says = "is missing; 1 commits are held"
	if _, talk := whence(t, exitOK, "claims", "--store", db); !strings.Contains(talk, "warning: ") || !strings.Contains(talk, head+": ") || !strings.Contains(talk, says) {
		t.Errorf("claims says %q", talk)
	}
	if _, talk := whence(t, exitFailure, "load", "--store", db, document); !strings.Contains(talk, head+": ") || !strings.Contains(talk, "--accept-loss") {
		t.Errorf("load says %q", talk)
	}
	for range 2 {
		if out, _ := whence(t, exitFailure, "verify", "--store", db); strings.Count(out, head+": ") != 1 || !strings.Contains(out, says) {
			t.Errorf("verify says %q", out)
		}
	}
	if out, _ := whence(t, exitOK, "verify", "--accept-loss", "--store", db); !strings.Contains(out, "counted anew") {
		t.Errorf("--accept-loss says %q", out)
	}
	whence(t, exitOK, "load", "--store", db, document)
	if out, talk := whence(t, exitOK, "verify", "--store", db); !strings.Contains(out, "holds what it says") || talk != "" {
		t.Errorf("verify says %q, %q", out, talk)
	}
}
