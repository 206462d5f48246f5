package graph

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// FindRoots turns what a person typed into claims: an ID, or words that stand in the content of claims,
// best first: those that hold the words in one run before those that hold them in any order, and
// within each the shorter first. ErrNotFound when there is none, and the
// error says whether documents are held at all.
func FindRoots(ctx context.Context, r Reader, query string, o TraceOptions) ([]ID, error) {
	limit, err := o.limit()
	if err != nil {
		return nil, err
	}
	if id := ParseID(strings.TrimSpace(query)); looksLikeID(id) {
		return rootByID(ctx, r, id)
	}
	words := FoldWords(query)
	if len(words) == 0 {
		return nil, fmt.Errorf("claim %q: want an ID or words: %w", query, ErrInvalid)
	}
	page, err := Claims(ctx, r, ClaimQuery{Words: query, Commenters: true})
	if err != nil {
		return nil, err
	}
	readers := 0
	type candidate struct {
		id     ID
		run    bool
		length int
	}
	var found []candidate
	for _, v := range page.Items {
		if v.Segment != nil && v.Segment.Type.IsReader() && !o.Commenters {
			readers++
			continue
		}
		text := FoldWords(v.Claim.Words())
		found = append(found, candidate{v.Claim.ID, holdsRun(text, words), len(text)})
	}
	if len(found) == 0 {
		return nil, noRoots(ctx, r, query, readers, page.Warnings)
	}
	slices.SortFunc(found, func(a, b candidate) int {
		switch {
		case a.run && !b.run:
			return -1
		case b.run && !a.run:
			return 1
		case a.length != b.length:
			return a.length - b.length
		}
		return strings.Compare(string(a.id), string(b.id))
	})
	ids := make([]ID, min(limit, len(found)))
	for i := range ids {
		ids[i] = found[i].id
	}
	return ids, nil
}

// looksLikeID reports whether a query is an ID rather than words. Words are
// never one piece that begins as our IDs do.
func looksLikeID(id ID) bool {
	return strings.HasPrefix(string(id), Namespace) && !strings.ContainsAny(string(id), " \t\n")
}

func rootByID(ctx context.Context, r Reader, id ID) ([]ID, error) {
	nodes, err := r.Nodes(ctx, []ID{id})
	if err != nil {
		return nil, err
	}
	if len(nodes) == 0 {
		return nil, fmt.Errorf("claim %s: %w", id.Short(), ErrNotFound)
	}
	if _, ok := nodes[0].(*Claim); !ok {
		return nil, fmt.Errorf("%s is a %s, not a claim: %w", id.Short(), nodes[0].NodeType(), ErrInvalid)
	}
	return []ID{nodes[0].NodeID()}, nil
}

// noRoots says why no claim was found: nothing is held, or only what was left aside holds the words.
func noRoots(ctx context.Context, r Reader, query string, readers int, warnings []string) error {
	docs, err := r.List(ctx, TypeDocument, "", 1)
	switch {
	case err != nil:
		return err
	case len(docs) == 0:
		return fmt.Errorf("no documents are held: load some first: %w", ErrNotFound)
	case readers == 1:
		return fmt.Errorf("no claim with the words %q but one of a reader in a comment: %w", query, ErrNotFound)
	case readers > 1:
		return fmt.Errorf("no claim with the words %q but %d of readers in comments: %w", query, readers, ErrNotFound)
	case len(warnings) > 0:
		return fmt.Errorf("no claim with the words %q in this view (%s): %w", query, strings.TrimSuffix(strings.Join(warnings, " "), "."), ErrNotFound)
	}
	return fmt.Errorf("no claim with the words %q in the documents held: %w", query, ErrNotFound)
}
