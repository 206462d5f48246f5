// Package api answers questions about a graph over HTTP, and serves the page
// that asks them. openapi.yaml beside this file is the contract.
//
// Everything is read-only. Each answer sees one state of the graph: it is made
// whole inside one [graph.Store] View, and written after the view has ended, so
// that a slow client holds nobody up.
package api

import (
	"context"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/gin-gonic/gin"

	"whence/graph"
	"whence/graph/passages"
)

// Options are what an API may be told. Zero fields have a good default.
type Options struct {
	Logger  *slog.Logger  // one line for each request, without what was asked; nil logs nothing
	Timeout time.Duration // for one answer; 0 is [DefaultTimeout]
	// Hosts are the names under which the API may be asked, without port, besides
	// localhost and IP addresses; "*" is any. A page elsewhere whose name is made to
	// point at this machine is thereby refused.
	Hosts   []string
	Version string // of the program, told at /healthz and in receipts
	// Resolver is the program's build of what says who is meant, told in receipts.
	Resolver string
	// Matcher answers /api/v1/match; without one that route is not served.
	Matcher Matcher
	// Keeper answers /api/v1/stats, /api/v1/verify and /api/v1/backup; without one they are not served.
	Keeper Keeper
	// Token is what a request must bear to be answered as the store's owner; "" is nobody. It is as
	// secret as the store itself.
	Token string
	// Private answers nothing but /healthz to a request that does not bear the token.
	Private bool
	// Querier answers /api/v1/query, by which whoever asks can take much of the machine's time and memory; without one
	// that is refused.
	Querier Querier
	// OwnQueries has the Querier answer nobody but the store's owner.
	OwnQueries bool
	// Faults is called with each error that is our own fault, which answers leave out; nil drops them.
	Faults func(error)
}

// Bounds of requests. Those of the parameters stand in openapi.yaml.
const (
	DefaultTimeout = 20 * time.Second
	MaxBody        = 64 << 10 // bytes; nothing is read from a body
)

// New returns the API and the page over a store, which it does not close. Of a store without an
// index of its passages ([passages.Keep]) it keeps one in memory.
func New(store graph.Store, o Options) http.Handler {
	releaseMode()
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Timeout <= 0 {
		o.Timeout = DefaultTimeout
	}
	over := index(store)
	s := &server{store: over, o: o, surveys: surveys{store: over}}
	engine := gin.New()
	engine.HandleMethodNotAllowed = true
	engine.RedirectTrailingSlash = false
	// The path is matched as it was sent, so that a URI is one segment of it.
	// Gin would unescape a segment as if it were a query, "+" as a space.
	engine.UseEscapedPath = true
	engine.UnescapePathValues = false
	engine.Use(s.guard)
	if o.Private {
		engine.Use(s.private)
	}
	engine.NoRoute(s.noRoute)
	engine.NoMethod(s.noMethod)
	for _, r := range routes {
		if r.matched && o.Matcher == nil {
			continue
		}
		engine.GET(r.path, s.handle(r))
		engine.HEAD(r.path, s.handle(r))
	}
	if o.Keeper != nil {
		s.keepRoutes(engine)
	}
	for path, f := range files() {
		engine.GET(path, f.serve)
		engine.HEAD(path, f.serve)
	}
	return engine
}

// releaseMode stops gin from printing its routes. The mode is gin's, not ours.
var releaseMode = sync.OnceFunc(func() { gin.SetMode(gin.ReleaseMode) })

// server is an API over one store.
type server struct {
	store   indexed
	o       Options
	surveys surveys
}

// An indexed is a store with an index of its passages, which follows it.
type indexed interface {
	graph.Store
	graph.PassageFinder
	Update(ctx context.Context) error
}

// index gives a store without an index one in memory.
func index(store graph.Store) indexed {
	if s, ok := store.(indexed); ok {
		return s
	}
	return passages.InMemory(store)
}
