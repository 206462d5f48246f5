package cayleystore

import (
	"context"

	hkv "github.com/hidal-go/hidalgo/kv"
)

// A sharedKV lets several batches of Cayley's, each of which opens a transaction
// and commits it, share one.
type sharedKV struct {
	hkv.KV
	open *sharedTx // the transaction that update shares; nil outside it
}

// update calls f, and commits all that was written in it, or nothing when f or
// the commit fails or ctx is done. One update at a time.
func (k *sharedKV) update(ctx context.Context, f func() error) error {
	tx, err := k.KV.Tx(true)
	if err != nil {
		return err
	}
	shared := &sharedTx{Tx: tx, ctx: ctx}
	k.open = shared
	err = f()
	k.open = nil
	if shared.err != nil {
		err = shared.err // Cayley keeps only its words
	}
	if err == nil {
		err = ctx.Err()
	}
	if err == nil {
		err = tx.Commit(ctx)
	}
	if closeErr := tx.Close(); err == nil {
		err = closeErr
	}
	return err
}

// Tx opens a transaction, or joins the one that is shared.
func (k *sharedKV) Tx(write bool) (hkv.Tx, error) {
	if write && k.open != nil {
		return k.open, nil
	}
	return k.KV.Tx(write)
}

// A sharedTx leaves committing to update, and stops when its context is done,
// which Cayley does not pass on.
type sharedTx struct {
	hkv.Tx
	ctx context.Context
	err error // the first write that failed
}

func (t *sharedTx) Put(k hkv.Key, v hkv.Value) error {
	return t.write(func() error { return t.Tx.Put(k, v) })
}

func (t *sharedTx) Del(k hkv.Key) error {
	return t.write(func() error { return t.Tx.Del(k) })
}

func (t *sharedTx) write(f func() error) error {
	if t.err == nil {
		t.err = t.ctx.Err()
	}
	if t.err == nil {
		t.err = f()
	}
	return t.err
}

func (t *sharedTx) Commit(context.Context) error { return nil }
func (t *sharedTx) Close() error                 { return nil }
