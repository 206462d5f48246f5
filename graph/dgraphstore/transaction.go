package dgraphstore

import (
	"context"
	"errors"
	"fmt"

	"github.com/dgraph-io/dgo/v240"
	"github.com/dgraph-io/dgo/v240/protos/api"
)

// errInterrupted is what a transaction fails with that was lost on its way. It was not committed, and never will be.
var errInterrupted = errors.New("the transaction was interrupted")

// commit makes mutations in one transaction, one request for each. It fails with [dgo.ErrAborted] when another
// transaction was first, and with errInterrupted; after either nothing was changed.
func (b *backend) commit(ctx context.Context, start moment, mutations []*api.Mutation) error {
	all := &api.TxnContext{StartTs: start.start, Hash: start.hash}
	for _, m := range mutations {
		r := &api.Request{StartTs: start.start, Hash: start.hash, Mutations: []*api.Mutation{m}, CommitNow: len(mutations) == 1}
		err := b.cluster.once(ctx, func(ctx context.Context, a *alpha) error {
			got, err := a.Query(ctx, r)
			if err == nil {
				all.Keys, all.Preds = append(all.Keys, got.Txn.GetKeys()...), append(all.Preds, got.Txn.GetPreds()...)
			}
			return err
		})
		if err != nil {
			return b.settle(ctx, start, err)
		}
	}
	if len(mutations) == 1 {
		return nil
	}
	err := b.cluster.once(ctx, func(ctx context.Context, a *alpha) error {
		_, err := a.CommitOrAbort(ctx, all)
		return err
	})
	if err != nil {
		return b.settle(ctx, start, err)
	}
	return nil
}

// settle finds out what became of a transaction whose commit failed, if need be after the caller has gone. Zero, which
// decides, is asked to abort it: it says so when it has committed it, and will not commit it any more when it has not.
func (b *backend) settle(ctx context.Context, start moment, failure error) error {
	if conflicted(failure) {
		return fmt.Errorf("%w: %w", dgo.ErrAborted, failure)
	}
	after := context.WithoutCancel(ctx)
	var fate *api.TxnContext
	err := b.cluster.ask(after, func(ctx context.Context, a *alpha) (err error) {
		fate, err = a.CommitOrAbort(ctx, &api.TxnContext{StartTs: start.start, Hash: start.hash, Aborted: true})
		return err
	})
	switch {
	case err != nil:
		return fmt.Errorf("it is not known whether this was written: %w; %w", failure, err)
	case fate.CommitTs != 0:
		return nil
	case ctx.Err() != nil:
		return fmt.Errorf("%w: %w", errInterrupted, ctx.Err())
	}
	return fmt.Errorf("%w: %w", errInterrupted, failure)
}

// integer and text are statements that give a node a value, gone one that takes its value away.
func integer(node, predicate string, n int64) *api.NQuad {
	return &api.NQuad{Subject: node, Predicate: predicate, ObjectValue: &api.Value{Val: &api.Value_IntVal{IntVal: n}}}
}

func text(node, predicate, s string) *api.NQuad {
	return &api.NQuad{Subject: node, Predicate: predicate, ObjectValue: &api.Value{Val: &api.Value_StrVal{StrVal: s}}}
}

func gone(node, predicate string) *api.NQuad {
	return &api.NQuad{Subject: node, Predicate: predicate, ObjectValue: &api.Value{Val: &api.Value_DefaultVal{DefaultVal: "_STAR_ALL"}}}
}
