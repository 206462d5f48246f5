package main

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"whence/api"
	"whence/graph/archive"
)

// docAt writes a document, and returns its path.
func docAt(t *testing.T, dir, name, text string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

const ferry = "The ferry was three weeks late, Mayor Ann Reed said on Friday. \"It will run again,\" she said.\n"

// whence runs a command, and fails the test unless it ends with a code.
func whence(t *testing.T, want int, args ...string) (stdout, stderr string) {
	t.Helper()
	var out, talk bytes.Buffer
	if code := run(t.Context(), args, strings.NewReader(""), &out, &talk); code != want {
		t.Fatalf("whence %s: exit %d, want %d\n%s%s", strings.Join(args, " "), code, want, &out, &talk)
	}
	return out.String(), talk.String()
}

// asksHolder checks that the owner's commands are answered by the process that has the store open.
func asksHolder(t *testing.T, store string) {
	t.Helper()
	dir := t.TempDir()
	file := filepath.Join(dir, "all.whence")
	if _, talk := whence(t, exitOK, "backup", file, "--store", store); !strings.Contains(talk, "asking the server") {
		t.Errorf("backup says %q", talk)
	}
	info, err := os.Stat(file)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the backup: %v, %v", info, err)
	}
	if out, _ := whence(t, exitOK, "verify", "--store", store); !strings.Contains(out, "holds what it says") {
		t.Errorf("verify says %q", out)
	}
	restored := filepath.Join(dir, "db")
	whence(t, exitOK, "restore", file, "--store", restored)
	whence(t, exitOK, "verify", "--store", restored)
	here, _ := whence(t, exitOK, "stats", "--store", store)
	there, _ := whence(t, exitOK, "stats", "--store", restored)
	if !strings.Contains(here, "documents    1,") || !strings.HasPrefix(there, before(here, "backend")) {
		t.Errorf("stats of the store:\n%s\nof what was restored:\n%s", here, there)
	}
	if left, err := filepath.Glob(filepath.Join(dir, "*restoring*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func before(s, mark string) string {
	s, _, _ = strings.Cut(s, mark)
	return s
}

func TestBackup_BesideAServer(t *testing.T) {
	dir := t.TempDir()
	store := filepath.Join(dir, "db")
	address, stop := serve(t, "--store", store, docAt(t, dir, "ferry.txt", ferry))
	asksHolder(t, store)
	response, err := http.Get(address + "/api/v1/backup")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusUnauthorized {
		t.Errorf("a backup without the token: status %d", response.StatusCode)
	}
	token, err := os.Stat(filepath.Join(store, tokenName))
	if err != nil || token.Mode().Perm() != 0o600 {
		t.Errorf("the token: %v, %v", token, err)
	}
	if code := stop(); code != exitOK {
		t.Errorf("exit %d", code)
	}
	if _, err := os.Stat(filepath.Join(store, tokenName)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the token after the server: %v", err)
	}
}

func TestAttend(t *testing.T) {
	dir := t.TempDir()
	store := filepath.Join(dir, "db")
	whence(t, exitOK, "load", "--store", store, docAt(t, dir, "ferry.txt", ferry))
	var talk bytes.Buffer
	a := &app{ctx: t.Context(), stdout: io.Discard, stderr: &talk, store: store}
	s, err := a.open(false)
	if err != nil {
		t.Fatal(err)
	}
	stop := a.attend(s)
	asksHolder(t, store)
	// Only the owner is answered, whatever the question.
	if err := os.Remove(filepath.Join(store, tokenName)); err != nil {
		t.Fatal(err)
	}
	if _, talk := whence(t, exitFailure, "claims", "--store", store); !strings.Contains(talk, "token") {
		t.Errorf("claims without the token: %q", talk)
	}
	stop()
	stop()
	if _, talk := whence(t, exitFailure, "claims", "--store", store); !strings.Contains(talk, "is open in process") {
		t.Errorf("claims after the end: %q", talk)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if talk.Len() > 0 {
		t.Error(talk.String())
	}
}

func TestBackup_LeavesTheOldOneWhenItFails(t *testing.T) {
	dir := t.TempDir()
	file := docAt(t, dir, "all.whence", "yesterday's")
	whence(t, exitFailure, "backup", file, "--store", filepath.Join(dir, "nowhere"))
	b, err := os.ReadFile(file)
	entries, readErr := os.ReadDir(dir)
	if err != nil || readErr != nil || string(b) != "yesterday's" || len(entries) != 1 {
		t.Errorf("%q, %v, %v, %v", b, entries, err, readErr)
	}
}

// An archive that ends too early because its writer failed is told as such.
func TestBackup_HalfAnArchiveIsNone(t *testing.T) {
	err := whole(filepath.Join(t.TempDir(), "x"), 0o600, func(f *os.File) error {
		if _, err := io.WriteString(f, "whence archive 1\nH"); err != nil {
			return err
		}
		if _, err := f.Seek(0, io.SeekStart); err != nil {
			return err
		}
		_, err := archive.Check(t.Context(), f)
		return err
	})
	if err == nil || !strings.Contains(err.Error(), "cut short") {
		t.Error(err)
	}
}

var _ api.Keeper = keeper{}
