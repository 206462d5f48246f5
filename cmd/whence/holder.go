package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"

	"whence/api"
	"whence/graph"
	"whence/graph/folder"
)

// One process has a folder open, and answers the others: serve where it listens, and any other that
// has it open for long at an address of its own, where only the store's owner is answered.

// fromHolder asks the process that has the store open. locked is why it could not be opened here, and the
// error when nobody answers for it. The caller closes the body.
func (a *app) fromHolder(ctx context.Context, locked error, target, media string) (*http.Response, error) {
	_, address, err := folder.Holder(a.store)
	if err != nil || address == "" {
		return nil, locked
	}
	fmt.Fprintf(a.stderr, "whence: asking the server at %s, which holds %s\n", clean(address), a.store)
	r, err := a.request(address+target, media)
	if err != nil {
		return nil, err
	}
	token, err := a.readToken()
	if err != nil {
		return nil, err
	}
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	return http.DefaultClient.Do(r.WithContext(ctx))
}

// attend answers other processes while this one has the store open and does something else. Without it they are told
// that the store is locked, so what keeps it from answering is only a note.
func (a *app) attend(s graph.Store) (stop func()) {
	stop, err := a.answering(s)
	if err != nil {
		fmt.Fprintln(a.stderr, "note: other commands cannot ask this one:", clean(err.Error()))
		return func() {}
	}
	return stop
}

func (a *app) answering(s graph.Store) (stop func(), err error) {
	held, ok := addressed(s)
	if !ok || held.ReadOnly() {
		return func() {}, nil
	}
	listener, err := new(net.ListenConfig).Listen(a.ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	token, remove, err := a.giveToken()
	if err != nil {
		return nil, errors.Join(err, listener.Close())
	}
	if err := held.SetAddress("http://" + listener.Addr().String()); err != nil {
		return nil, errors.Join(err, remove(), listener.Close())
	}
	o := a.options(askTimeout, nil)
	o.Keeper, o.Token, o.Private = keeper{s}, token, true
	server := &http.Server{Handler: api.New(s, o), ReadHeaderTimeout: readTimeout, ReadTimeout: readTimeout, WriteTimeout: writeTimeout, IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeader}
	go func() { _ = server.Serve(listener) }()
	return sync.OnceFunc(func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(a.ctx), stopTimeout)
		defer cancel()
		// The address goes first: who asks from now on is told that the store is locked. What is still
		// being answered ends, or is broken off.
		_ = held.SetAddress("")
		_ = remove()
		if server.Shutdown(ctx) != nil {
			_ = server.Close()
		}
	}), nil
}

// addressed returns what inside a store tells other processes where it is answered for; ok is false when
// it is in no folder.
func addressed(s graph.Store) (held *folder.Folder, ok bool) {
	for s != nil {
		if held, ok := s.(*folder.Folder); ok {
			return held, true
		}
		wrapper, ok := s.(interface{ Unwrap() graph.Store })
		if !ok {
			break
		}
		s = wrapper.Unwrap()
	}
	return nil, false
}
