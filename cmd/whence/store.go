package main

import (
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"

	"whence/graph"
	"whence/graph/cayleystore"
	"whence/graph/dgraphstore"
	"whence/graph/folder"
	"whence/graph/passages"
	"whence/graph/pgquads"
	"whence/graph/store"
	"whence/loader/resolve"
	"whence/seeds"
)

// open opens the store that the command line names, and makes it if create says so.
func (a *app) open(create bool) (graph.Store, error) { return a.openFor(create, false) }

// openToRead opens the store for a command that writes nothing.
func (a *app) openToRead() (graph.Store, error) { return a.openFor(false, true) }

func (a *app) openFor(create, reading bool) (graph.Store, error) {
	switch {
	case a.store == "memory:":
		return passages.InMemory(cayleystore.Memory()), nil
	case strings.Contains(a.store, "://"):
		return a.openServer(create)
	case a.store == "":
		return nil, usagef("--store: name a folder, a database (postgres://…, dgraph://…), or memory:")
	}
	if info, err := os.Stat(a.store); err == nil && !info.IsDir() {
		return nil, usagef("--store %s is a file: name a folder", a.store)
	}
	if !create {
		if _, err := os.Stat(a.store); errors.Is(err, os.ErrNotExist) {
			return nil, fmt.Errorf("no store at %s: load documents into it first (whence load PATH): %w", a.store, graph.ErrNotFound)
		}
	}
	held, err := folder.Open(a.store, folder.Options{Migrating: a.migrating, CacheBytes: a.cache, Warn: a.warn, Settling: a.settling, Reading: reading})
	if err != nil {
		return nil, err
	}
	if err := a.checkLoss(held); err != nil {
		return nil, errors.Join(err, held.Close())
	}
	if held.ReadOnly() {
		return passages.InMemory(held), nil
	}
	indexed, err := passages.Keep(held, filepath.Join(a.store, passagesName))
	if err != nil {
		return nil, errors.Join(err, held.Close())
	}
	return indexed, nil
}

// checkLoss refuses a folder that has lost commits, and warns of one of which that cannot be told.
func (a *app) checkLoss(held *folder.Folder) error {
	loss := held.Loss()
	if loss == nil || a.lossy {
		return nil
	}
	if have, want := held.Lost(); have < want {
		return fmt.Errorf("%w. Every answer would be without them", loss)
	}
	a.warn(loss.Error() + ". Nothing is written before that")
	return nil
}

// warn tells of what does not keep the command from its work.
func (a *app) warn(what string) { fmt.Fprintln(a.stderr, "warning:", clean(what)) }

// openServer opens a store that a database server keeps. The index of passages lives as long as the process: it is
// made from the texts when the first search asks for it.
func (a *app) openServer(create bool) (graph.Store, error) {
	backend, err := a.serverBackend(create)
	if err != nil {
		return nil, err
	}
	s, err := store.New(backend, store.Options{})
	if err != nil {
		return nil, errors.Join(err, backend.Close())
	}
	return passages.InMemory(s), nil
}

// serverBackend opens what a database server keeps a store in.
func (a *app) serverBackend(create bool) (store.Backend, error) {
	switch scheme, _, _ := strings.Cut(a.store, "://"); scheme {
	case "postgres", "postgresql":
		return pgquads.Open(a.ctx, a.store, pgquads.Options{})
	case "dgraph":
		return dgraphstore.Open(a.ctx, a.store, dgraphstore.Options{Existing: !create})
	default:
		return nil, usagef("--store %s://…: want a folder, postgres://…, dgraph://… or memory:", clean(scheme))
	}
}

// migrating tells of what takes long and is done once.
func (a *app) migrating(from, to int) {
	fmt.Fprintf(a.stderr, "whence: bringing %s from format %d to %d, once; older versions of whence will refuse it\n", clean(a.store), from, to)
}

// settling shows on a terminal that the store is put in order while it is closed, and makes Ctrl-C end the process
// there: nothing of what was done hangs on it, and the next command that writes makes up for it.
func (a *app) settling() (done func()) {
	if isTerminal(a.stderr) {
		signal.Reset(os.Interrupt)
	}
	return a.working(inOrder + "; Ctrl-C ends that, and nothing is lost")
}

// passagesName is the folder of the index of passages, in that of the store.
const passagesName = "passages"

// authorityFlag names the file of who is who.
type authorityFlag struct {
	Authority string `help:"File of who is who (YAML): names, aliases, offices with their dates. \"built-in\" is the one that ships with whence, \"none\" identifies nobody." default:"built-in" placeholder:"FILE"`
}

func (f authorityFlag) load() (*resolve.Authority, error) {
	switch f.Authority {
	case "none":
		return nil, nil
	case "built-in":
		a, err := resolve.LoadAuthority(seeds.Authority())
		if err != nil {
			return nil, fmt.Errorf("the built-in authority file: %w", err)
		}
		return a, nil
	}
	b, err := os.ReadFile(f.Authority)
	if err != nil {
		return nil, usagef("--authority: %v", err)
	}
	a, err := resolve.LoadAuthority(b)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", f.Authority, err)
	}
	return a, nil
}
