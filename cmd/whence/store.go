package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"whence/graph"
	"whence/graph/cayleystore"
	"whence/graph/folder"
	"whence/graph/passages"
	"whence/loader/resolve"
	"whence/seeds"
)

// open opens the store that the command line names. A command that only reads does not make one.
func (a *app) open(create bool) (graph.Store, error) {
	switch {
	case a.store == "memory:":
		return passages.InMemory(cayleystore.Memory()), nil
	case strings.Contains(a.store, "://"):
		return nil, usagef("--store %s: this version keeps a graph in a folder or in memory: only", a.store)
	case a.store == "":
		return nil, usagef("--store: name a folder, or memory:")
	}
	if info, err := os.Stat(a.store); err == nil && !info.IsDir() {
		return nil, usagef("--store %s is a file: name a folder", a.store)
	}
	if !create {
		if _, err := os.Stat(a.store); errors.Is(err, os.ErrNotExist) {
			return nil, fmt.Errorf("no store at %s: load documents into it first (whence load PATH): %w", a.store, graph.ErrNotFound)
		}
	}
	held, err := folder.Open(a.store, folder.Options{Migrating: a.migrating})
	if err != nil {
		return nil, err
	}
	store, err := passages.Keep(held, filepath.Join(a.store, passagesName))
	if err != nil {
		return nil, errors.Join(err, held.Close())
	}
	return store, nil
}

// migrating tells of what takes long and is done once.
func (a *app) migrating(from, to int) {
	fmt.Fprintf(a.stderr, "whence: bringing %s from format %d to %d, once; older versions of whence will refuse it\n", clean(a.store), from, to)
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
