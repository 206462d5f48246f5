package cayleystore

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	hkv "github.com/hidal-go/hidalgo/kv"
	"github.com/hidal-go/hidalgo/kv/flat"
	hleveldb "github.com/hidal-go/hidalgo/kv/flat/leveldb"
	"github.com/syndtr/goleveldb/leveldb"
	"github.com/syndtr/goleveldb/leveldb/opt"
	"github.com/syndtr/goleveldb/leveldb/storage"
)

// An engine is LevelDB. A transaction that it cannot open or commit, as on a full
// disk, can leave its locks held: then the next one, and its Close, would wait for ever.
// So after such a failure an engine takes no more writes, and Close does not wait long for it.
type engine struct {
	hkv.KV
	ldb   *leveldb.DB
	files storage.Storage

	mu     sync.Mutex
	failed error // the first transaction that was not opened or committed
}

// leave is how long Close waits for an engine that failed. What it still does in the
// background ends within that time or never; nothing of it counts before it is committed.
const leave = 2 * time.Second

// openFolder opens LevelDB in a folder.
func openFolder(dir string, o *opt.Options) (*engine, error) {
	files, err := storage.OpenFile(dir, false)
	if err != nil {
		return nil, err
	}
	return openEngine(files, o)
}

// openEngine opens LevelDB in a storage, which it closes, also when it fails.
func openEngine(files storage.Storage, o *opt.Options) (*engine, error) {
	ldb, err := leveldb.Open(files, o)
	if err != nil {
		_ = files.Close() // nothing was written
		return nil, err
	}
	db := hleveldb.New(ldb)
	db.SetWriteOptions(&opt.WriteOptions{Sync: true})
	return &engine{KV: flat.Upgrade(db), ldb: ldb, files: files}, nil
}

// Tx opens a transaction.
func (e *engine) Tx(write bool) (hkv.Tx, error) {
	if !write {
		return e.KV.Tx(false)
	}
	if err := e.failure(); err != nil {
		return nil, fmt.Errorf("nothing can be written until the store is opened again: %w", err)
	}
	tx, err := e.KV.Tx(true)
	if err != nil {
		return nil, e.fail(err)
	}
	return &engineTx{tx, e}, nil
}

func (e *engine) failure() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.failed
}

func (e *engine) fail(err error) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.failed == nil {
		e.failed = err
	}
	return err
}

// Close releases LevelDB, which waits for what is in progress, and the folder.
func (e *engine) Close() error {
	if e.failure() == nil {
		return errors.Join(e.ldb.Close(), e.files.Close())
	}
	closed := make(chan error, 1)
	go func() { closed <- e.ldb.Close() }()
	select {
	case <-closed: // its error is the failure again
	case <-time.After(leave):
	}
	return e.files.Close()
}

// An engineTx is a transaction for writing.
type engineTx struct {
	hkv.Tx
	engine *engine
}

func (t *engineTx) Commit(ctx context.Context) error {
	if err := t.Tx.Commit(ctx); err != nil {
		return t.engine.fail(err)
	}
	return nil
}
