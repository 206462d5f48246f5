package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"runtime/debug"
	"time"

	"whence/api"
	"whence/graph/passages"
	"whence/loader"
)

type serveCmd struct {
	Paths  []string `arg:"" optional:"" name:"path" help:"Files and folders to load first." type:"path"`
	Listen string   `help:"Address to listen on. Other machines reach the server only if you say so here." default:"127.0.0.1:8080" placeholder:"HOST:PORT"`
	Host   []string `help:"Names under which the server may be asked, besides localhost and IP addresses." placeholder:"NAME"`
	Quiet  bool     `help:"Do not log requests."`
	Watch  bool     `help:"Go on loading what appears or changes at the paths. A file that goes away is not retracted."`
	Ahead  bool     `help:"Read all that is held at once, so that the first report need not wait. It takes memory: about as much again as the graph."`
	Query  bool     `help:"Answer query languages (/api/v1/query) to everybody who can ask, not only to whoever may read the folder of the store. By them an asker can take much of the machine's time and memory."`
	sourceFlags
	authorityFlag
}

// Bounds of a connection. An answer has its own time-out, which is shorter.
const (
	readTimeout  = 10 * time.Second
	writeTimeout = 60 * time.Second
	idleTimeout  = 2 * time.Minute
	stopTimeout  = 10 * time.Second
	maxHeader    = 32 << 10
)

// serveCache is how many bytes of blocks a server keeps in memory. Eight times as many would save an eighth of the
// processor time of traces and lists at a million quads, and take 30 MB more.
const serveCache = 4 << 20

// serveGarbage is how much garbage a server gathers, in hundredths of what is in use, before it is collected. Twice as
// much, which is what Go takes, is 8 MB more at a million quads, and saves a tenth of the processor time.
const serveGarbage = 50

// Run loads, if there is what, and serves until it is interrupted.
func (c *serveCmd) Run(a *app) (err error) {
	if c.Watch && len(c.Paths) == 0 {
		return usagef("--watch: name the files and folders to watch")
	}
	a.cache = serveCache
	store, err := a.open(len(c.Paths) > 0)
	if err != nil {
		return err
	}
	defer store.Close()
	// Listen before loading: an address in use is told at once.
	listener, err := new(net.ListenConfig).Listen(a.ctx, "tcp", c.Listen)
	if err != nil {
		return fmt.Errorf("--listen %s: %w", c.Listen, err)
	}
	defer listener.Close()
	failed := false
	var watch *loader.Watch
	if len(c.Paths) > 0 {
		stop := a.attend(store)
		defer stop()
		l, err := a.loader(store, c.sourceFlags, c.authorityFlag, loader.Options{})
		if err != nil {
			return err
		}
		watch = loader.NewWatch(l, c.Paths)
		report, err := a.load(func() (loader.Report, error) {
			if c.Watch {
				return watch.First(a.ctx)
			}
			return l.Load(a.ctx, c.Paths)
		})
		if err != nil {
			return err
		}
		a.printReport(report)
		if err := reportError(report); err != nil && !errors.Is(err, errPartial) && !c.Watch {
			return err
		}
		failed = len(report.Problems) > 0
		stop()
	}
	address := "http://" + listener.Addr().String()
	token, removeToken, err := a.giveToken()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, removeToken()) }()
	if folder, ok := addressed(store); ok {
		if err := folder.SetAddress(address); err != nil {
			return err
		}
	}
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(serveGarbage)
	}
	if indexed, ok := store.(*passages.Store); ok {
		// So that the first question need not wait. What fails here fails there again, and is told.
		go func() {
			_ = indexed.Update(a.ctx)
			debug.FreeOSMemory() // making it, and starting, takes more than is needed from then on
		}()
	}
	o := a.options(api.DefaultTimeout, nil)
	o.Hosts, o.Keeper, o.Token, o.OwnQueries = c.Host, keeper{store}, token, !c.Query
	if !c.Quiet {
		o.Logger = slog.New(slog.NewTextHandler(a.stderr, nil))
	}
	server := &http.Server{
		Handler: api.New(store, o), ReadHeaderTimeout: readTimeout, ReadTimeout: readTimeout,
		WriteTimeout: writeTimeout, IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeader,
	}
	if c.Ahead {
		// What fails here fails there again, and is told.
		if r, err := a.request("http://localhost/api/v1/reports/orphan-evidence?limit=1", ""); err == nil {
			go server.Handler.ServeHTTP(&recorder{header: http.Header{}}, r)
		}
	}
	stopped := make(chan error, 1)
	go func() {
		<-a.ctx.Done()
		ctx, cancel := context.WithTimeout(context.WithoutCancel(a.ctx), stopTimeout)
		defer cancel()
		stopped <- server.Shutdown(ctx)
	}()
	fmt.Fprintf(a.stdout, "serving at %s (stop with Ctrl-C)\n", address)
	watching := make(chan struct{})
	go func() {
		defer close(watching)
		if !c.Watch {
			return
		}
		lost, err := a.follow(a.ctx, watch)
		if err != nil { // what is held can still be asked for
			fmt.Fprintln(a.stderr, "whence: nothing more is loaded:", clean(err.Error()))
		}
		failed = failed || lost || err != nil
	}()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	err = <-stopped
	<-watching
	if err := errors.Join(err, removeToken(), store.Close()); err != nil {
		return err
	}
	if failed {
		return errPartial
	}
	return nil
}
