package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"whence/graph"
	"whence/graph/archive"
	"whence/graph/store"
)

// A keeper looks after a store that is open here: it is what the API's keeper routes ask.
type keeper struct{ store graph.Store }

// Stats implements [api.Keeper].
func (k keeper) Stats(ctx context.Context) (store.Stats, error) {
	m, err := store.Maintain(k.store)
	if err != nil {
		return store.Stats{}, err
	}
	return m.Stats(ctx)
}

// Verify implements [api.Keeper].
func (k keeper) Verify(ctx context.Context) ([]string, error) { return k.store.Verify(ctx) }

// Backup implements [api.Keeper].
func (k keeper) Backup(ctx context.Context, w io.Writer) error {
	return k.backup(ctx, w, nil)
}

func (k keeper) backup(ctx context.Context, w io.Writer, progress func(archive.Info)) error {
	m, err := store.Maintain(k.store)
	if err != nil {
		return err
	}
	return m.Freeze(ctx, func(f *store.Frozen) error {
		_, err := archive.Write(ctx, w, f, archive.Options{Program: "whence " + version, Now: now, Progress: progress})
		return err
	})
}

// tokenName is the file, in the folder of a store, of the token that its owner shows to the process that has it
// open. Only its owner can read it. It is made anew by each process that answers others.
const tokenName = "token"

// giveToken puts a new token into the folder of the store, and returns it with what takes it away. A store that is
// in no folder has none, and needs none: whoever may read it opens it.
func (a *app) giveToken() (token string, remove func() error, err error) {
	if !a.inFolder() {
		return "", func() error { return nil }, nil
	}
	token = rand.Text()
	path := filepath.Join(a.store, tokenName)
	// What a process that was killed left behind goes first: its permissions may be others.
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", nil, err
	}
	if err := os.WriteFile(path, []byte(token+"\n"), 0o600); err != nil {
		return "", nil, err
	}
	// Once: after the store is closed the file may be another's.
	return token, sync.OnceValue(func() error { return os.Remove(path) }), nil
}

// readToken returns the token in the folder of the store, "" when there is none or it is somebody else's.
func (a *app) readToken() (string, error) {
	b, err := os.ReadFile(filepath.Join(a.store, tokenName))
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission) {
		return "", nil
	} else if err != nil {
		return "", fmt.Errorf("asking as the owner of %s: %w", a.store, err)
	}
	return strings.TrimSpace(string(b)), nil
}

// inFolder reports whether the store is kept in a folder.
func (a *app) inFolder() bool { return a.store != "memory:" && !strings.Contains(a.store, "://") }
