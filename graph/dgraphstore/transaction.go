package dgraphstore

import (
	"context"
	"errors"
	"fmt"

	"github.com/dgraph-io/dgo/v240"
	"github.com/dgraph-io/dgo/v240/protos/api"
)

// errUnknown is what a transaction fails with when it was lost on its way and no alpha can be asked what became of it.
var errUnknown = errors.New("it is not known whether this was written")

// commit makes mutations in one transaction, one request for each. It fails with [dgo.ErrAborted] when another
// transaction was first: then nothing was changed. After another error it was committed or not, and will not be
// any more; after errUnknown it may yet be.
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

// settle sees to it that a transaction that failed is not committed later, if need be after the caller has gone. Zero,
// which decides, is asked to abort it. It does not say whether it had committed it before.
func (b *backend) settle(ctx context.Context, start moment, failure error) error {
	if conflicted(failure) {
		return fmt.Errorf("%w: %w", dgo.ErrAborted, failure)
	}
	err := b.cluster.ask(context.WithoutCancel(ctx), func(ctx context.Context, a *alpha) error {
		_, err := a.CommitOrAbort(ctx, &api.TxnContext{StartTs: start.start, Hash: start.hash, Aborted: true})
		return err
	})
	if err != nil {
		return fmt.Errorf("%w: %w; %w", errUnknown, failure, err)
	}
	return failure
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
