package cayleystore_test

import (
	"context"
	"fmt"
	"log"

	"whence/graph"
	"whence/graph/cayleystore"
	"whence/graph/graphtest"
)

func ExampleMemory() {
	s := cayleystore.Memory()
	defer s.Close()
	ctx := context.Background()

	d := graphtest.NewDocument("https://press.example/trains", "Trains will run hourly, Ann Lee said.")
	claim := d.Claim("Trains will run hourly", "Ann Lee")
	commit, err := s.Commit(ctx, d.Change(nil, graphtest.Day(1)))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("commit", commit.Number, "adds", len(commit.Added), "labels")

	err = s.View(ctx, graph.At{}, func(r graph.Reader) error {
		edges, err := r.Out(ctx, []graph.ID{claim}, graph.AssertedBy)
		if err != nil {
			return err
		}
		nodes, err := r.Nodes(ctx, []graph.ID{edges[0].To})
		if err != nil {
			return err
		}
		fmt.Println("asserted by", nodes[0].(*graph.Agent).Name)
		return nil
	})
	if err != nil {
		log.Fatal(err)
	}
	// Output:
	// commit 1 adds 2 labels
	// asserted by Ann Lee
}
