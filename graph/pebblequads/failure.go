package pebblequads

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/cockroachdb/pebble/v2"

	"whence/graph"
)

// A failure is the first error that the engine met where it could not give it to
// a caller, or that leaves it in a state in which it must not write: it takes no
// more writes then, and what is read stays what was held before.
type failure struct {
	once      sync.Once
	err       error
	set       chan struct{} // closed when err is set
	stuck     chan struct{} // closed after that, when the engine will do nothing more
	stickOnce sync.Once
	told      atomic.Bool // a caller has heard of it
}

func newFailure() *failure {
	return &failure{set: make(chan struct{}), stuck: make(chan struct{})}
}

// stick is fail, of what the engine will not come back from.
func (f *failure) stick(err error) {
	f.fail(damage(err))
	f.stickOnce.Do(func() { close(f.stuck) })
}

func (f *failure) fail(err error) {
	f.once.Do(func() {
		f.err = err
		close(f.set)
	})
}

// is reports whether something failed.
func (f *failure) is() bool {
	select {
	case <-f.set:
		return true
	default:
		return false
	}
}

// get returns what a writer is told, nil when nothing failed.
func (f *failure) get() error {
	if !f.is() {
		return nil
	}
	f.told.Store(true)
	return fmt.Errorf("nothing can be written until the store is opened again: %w", f.err)
}

// within has the engine do something, and returns when that is done, or when the engine has
// failed and will not do it: because it never comes back from what failed (see [guard]), or because it takes
// longer than may be.
func (d *DB) within(do func() error) error {
	done := make(chan error, 1)
	go func() {
		err := errors.New("the engine gave up")
		defer func() { done <- err }()
		defer caught(&err)
		err = do()
	}()
	select {
	case err := <-done:
		if err != nil && d.failed.is() {
			err = d.failed.err // what it says is a consequence
		}
		return damage(err)
	case <-d.failed.set:
	}
	select {
	case err := <-done:
		return damage(err)
	case <-d.failed.stuck:
	case <-time.After(d.patience):
	}
	return d.failed.err
}

// listener notes what goes wrong in the background: a file that cannot be written, on
// a full disk for one, or that does not read back.
func (d *DB) listener() *pebble.EventListener {
	return &pebble.EventListener{
		BackgroundError: func(err error) {
			if !errors.Is(err, pebble.ErrCancelledCompaction) {
				d.failed.fail(damage(err))
			}
		},
		DataCorruption: func(info pebble.DataCorruptionInfo) {
			d.failed.fail(&damagedError{path: info.Path, what: plainly(info.Details), err: info.Details})
		},
	}
}

// logger takes what the engine has to say. It is silent but for what the engine holds
// to be fatal: where it would end the process, what was asked of it ends with an error
// (see [caught]), and a goroutine of its own ends.
type logger struct{ d *DB }

func (logger) Infof(string, ...any)  {}
func (logger) Errorf(string, ...any) {}

func (l logger) Fatalf(format string, args ...any) {
	err := fatal(format, args)
	l.d.failed.fail(err)
	if onStack("whence/graph/pebblequads.") {
		panic(err)
	}
	runtime.Goexit()
}

// fatal keeps an error among the arguments in the chain.
func fatal(format string, args []any) error {
	for _, a := range args {
		if err, ok := a.(error); ok {
			return fmt.Errorf("%s: %w", strings.TrimSuffix(strings.TrimRight(format, "%vsw+"), ": "), damage(err))
		}
	}
	return fmt.Errorf(format, args...)
}

// caught turns a panic of the engine, which meets some damage so, into an error. What
// panics elsewhere goes on.
func caught(err *error) {
	p := recover()
	if p == nil {
		return
	}
	if !onStack("cockroachdb/pebble") {
		panic(p)
	}
	e, ok := p.(error)
	if !ok {
		e = fmt.Errorf("%v", p)
	}
	if *err = damage(e); !errors.Is(*err, graph.ErrDamaged) {
		*err = fmt.Errorf("the engine gave up: %w", *err)
	}
}

// onStack reports whether a function with this in its name is at work, the
// panicking ones among them.
func onStack(name string) bool {
	pc := make([]uintptr, 64)
	frames := runtime.CallersFrames(pc[:runtime.Callers(3, pc)])
	for {
		f, more := frames.Next()
		if strings.Contains(f.Function, name) && !strings.Contains(f.Function, "logger") {
			return true
		}
		if !more {
			return false
		}
	}
}
