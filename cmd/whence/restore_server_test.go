package main

import (
	"context"
	"crypto/rand"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
)

// From a folder into a database server and back: the same ledger, the same N-Quads.
func TestRestore_IntoPostgres(t *testing.T) {
	server := os.Getenv("WHENCE_POSTGRES")
	if server == "" {
		t.Skip("NOT TESTED: run .ci/postgres run go test ./cmd/whence -run Postgres, which starts a server")
	}
	u, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	schema := "test_" + strings.ToLower(rand.Text())
	t.Cleanup(func() {
		conn, err := pgx.Connect(context.Background(), server)
		if err != nil {
			t.Fatal(err)
		}
		_, err = conn.Exec(context.Background(), "DROP SCHEMA IF EXISTS "+schema+" CASCADE")
		if err := errors.Join(err, conn.Close(context.Background())); err != nil {
			t.Error(err)
		}
	})
	q := u.Query()
	q.Set("schema", schema)
	u.RawQuery = q.Encode()
	throughServer(t, u.String())
}

func TestRestore_IntoDgraph(t *testing.T) {
	server := os.Getenv("WHENCE_DGRAPH")
	if server == "" {
		t.Skip("NOT TESTED: set WHENCE_DGRAPH to the host:port of an alpha")
	}
	throughServer(t, "dgraph://"+server+"/test"+strings.ToLower(rand.Text()))
}

func throughServer(t *testing.T, server string) {
	dir := t.TempDir()
	first, last, archive := filepath.Join(dir, "first"), filepath.Join(dir, "last"), filepath.Join(dir, "a.whence")
	docAt(t, dir, "ferry.txt", ferry)
	docAt(t, dir, "tram.txt", "The tram was late, Tom Field said. Mayor Ann Reed said the ferry was three weeks late.")
	whence(t, exitOK, "load", "--store", first, filepath.Join(dir, "ferry.txt"), filepath.Join(dir, "tram.txt"))
	whence(t, exitOK, "backup", archive, "--store", first)
	whence(t, exitOK, "restore", archive, "--store", server)
	whence(t, exitOK, "verify", "--store", server)
	if _, talk := whence(t, exitFailure, "restore", archive, "--store", server); !strings.Contains(talk, "not empty") {
		t.Errorf("a second time: %q", talk)
	}
	whence(t, exitOK, "backup", archive, "--store", server)
	whence(t, exitOK, "restore", archive, "--store", last)
	export := func(store string) string {
		out, _ := whence(t, exitOK, "export", "nquads", "--ledger", "--store", store)
		return out
	}
	want := export(first)
	if got := export(server); got != want {
		t.Errorf("the server holds %d bytes of N-Quads, want %d", len(got), len(want))
	}
	if got := export(last); got != want {
		t.Errorf("back in a folder there are %d bytes of N-Quads, want %d", len(got), len(want))
	}
}
