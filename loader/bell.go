package loader

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/fsnotify/fsnotify"
)

// A bell rings when the system says that something happens in folders. Where it cannot say so, nothing rings, and
// a Watch looks from time to time all the same.
type bell struct {
	events *fsnotify.Watcher // nil when the system has none for us
	rang   chan struct{}
	deaf   bool            // somewhere it hears nothing, and that was told
	heard  map[string]bool // folders that are listened to
}

func newBell() (b *bell, note string) {
	b = &bell{rang: make(chan struct{}, 1)}
	events, err := fsnotify.NewWatcher()
	if err != nil {
		b.deaf = true
		return b, deafness(err)
	}
	b.events = events
	go b.listen()
	return b, ""
}

func deafness(err error) string {
	return fmt.Sprintf("the system does not tell of every change (%v): it is looked for from time to time", err)
}

// listen ends when events are closed.
func (b *bell) listen() {
	ring := func() {
		select {
		case b.rang <- struct{}{}:
		default:
		}
	}
	for {
		select {
		case e, ok := <-b.events.Events:
			if !ok {
				return
			}
			if e.Op != fsnotify.Chmod {
				ring()
			}
		case _, ok := <-b.events.Errors: // events were lost
			if !ok {
				return
			}
			ring()
		}
	}
}

// watch listens in folders, and where a path is not a folder, in the one it lies in or would; fresh says that one was not
// listened to before. All are listened to anew: one may be another folder under the same name.
func (b *bell) watch(folders, paths []string) (fresh bool, note string) {
	if b.events == nil {
		return false, ""
	}
	for _, p := range paths {
		if info, err := os.Stat(p); err != nil || !info.IsDir() {
			folders = append(folders, filepath.Dir(p))
		}
	}
	heard := map[string]bool{}
	for _, f := range folders {
		switch err := b.events.Add(f); {
		case err == nil:
			heard[f] = true
			fresh = fresh || !b.heard[f]
		case !b.deaf && !os.IsNotExist(err):
			b.deaf, note = true, deafness(err)
		}
	}
	b.heard = heard
	return fresh, note
}

// wait returns when the bell rings or the time is over, false when the context has ended.
func (b *bell) wait(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-b.rang:
	case <-t.C:
	case <-ctx.Done():
		return false
	}
	return true
}

func (b *bell) close() {
	if b.events != nil {
		_ = b.events.Close()
	}
}
