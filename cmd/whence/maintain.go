package main

import (
	"encoding/json"
	"fmt"
	"os/user"
	"runtime/debug"

	"whence/graph"
	"whence/loader/embed"
	"whence/loader/extract"
	"whence/loader/match"
	"whence/loader/resolve"
)

type verifyCmd struct {
	Receipt    string `help:"Instead, make the answer of this receipt again and say whether it is the same, or which document differs." type:"path" placeholder:"FILE"`
	AcceptLoss bool   `help:"Instead, go on without the last commits, of a folder that has lost them. Load the documents again afterwards." xor:"receipt"`
}

// Run checks the store, or a receipt against it, and changes nothing.
func (c *verifyCmd) Run(a *app) error {
	if c.Receipt != "" {
		return a.verifyReceipt(c.Receipt)
	}
	if c.AcceptLoss {
		return a.acceptLoss()
	}
	a.lossy = true
	body, err := a.ask(question{path: "/api/v1/verify", owner: true})
	if err != nil {
		return err
	}
	var answer struct {
		Problems []string `json:"problems"`
	}
	if err := json.Unmarshal(body, &answer); err != nil {
		return err
	}
	if a.json {
		if err := a.print(body); err != nil {
			return err
		}
	} else {
		for _, p := range answer.Problems {
			fmt.Fprintln(a.stdout, clean(p))
		}
		if len(answer.Problems) == 0 {
			fmt.Fprintln(a.stdout, "the store holds what it says")
		}
	}
	if n := len(answer.Problems); n > 0 {
		return fmt.Errorf("%s found", plural(n, "problem")) // each says what to do
	}
	return nil
}

// acceptLoss lets a store go on that has lost its last commits.
func (a *app) acceptLoss() error {
	if !a.inFolder() {
		return usagef("--accept-loss is for the folder of a store: --store names none")
	}
	a.lossy = true
	s, err := a.open(false)
	if err != nil {
		return err
	}
	defer s.Close()
	held, ok := addressed(s)
	if !ok {
		return nil
	}
	if held.Loss() == nil {
		fmt.Fprintln(a.stdout, "nothing is lost")
		return nil
	}
	have, want := held.Lost()
	if err := held.AcceptLoss(); err != nil {
		return err
	}
	if have == want { // the count itself was damaged
		fmt.Fprintf(a.stdout, "%d commits are held, and counted anew from there: load again what may be missing\n", have)
		return s.Close()
	}
	fmt.Fprintf(a.stdout, "%d of %d commits are held, and the store goes on from there: load the documents again\n", have, want)
	return s.Close()
}

// whoFlags are for the ledger.
type whoFlags struct {
	Reason string `help:"Why, for the ledger." required:""`
	By     string `help:"Who decides; your login name unless told."`
}

func (f whoFlags) who() string {
	if f.By != "" {
		return f.By
	}
	if u, err := user.Current(); err == nil {
		return u.Username
	}
	return ""
}

type retractCmd struct {
	Document string `arg:"" help:"The document's ID, as whence documents prints it."`
	whoFlags
}

// Run ends every live label of a document.
func (c *retractCmd) Run(a *app) error {
	store, err := a.open(false)
	if err != nil {
		return err
	}
	defer store.Close()
	id := graph.ParseID(c.Document)
	ledger, err := store.Ledger(a.ctx, 0)
	if err != nil {
		return err
	}
	live, known := map[graph.Label]graph.LabelInfo{}, false
	for _, commit := range ledger {
		for _, info := range commit.Added {
			if info.Document == id {
				live[info.Label], known = info, true
			}
		}
		for _, l := range commit.Ended {
			delete(live, l)
		}
	}
	if !known {
		return fmt.Errorf("document %s: %w", c.Document, graph.ErrNotFound)
	}
	if len(live) == 0 {
		return fmt.Errorf("document %s is retracted already: %w", c.Document, graph.ErrConflict)
	}
	change := graph.Change{By: c.who(), Reason: c.Reason}
	for l := range live {
		change.Ends = append(change.Ends, l)
	}
	if _, err := store.Commit(a.ctx, change); err != nil {
		return err
	}
	fmt.Fprintf(a.stdout, "retracted %s: readers no longer see it; what it said is kept\n", clean(id.Short()))
	return store.Close()
}

type eraseCmd struct {
	Document string `arg:"" help:"The document's ID, as whence documents prints it."`
	whoFlags
	Yes bool `help:"Erase: it cannot be undone." required:""`
}

// Run removes a document for good.
func (c *eraseCmd) Run(a *app) error {
	store, err := a.open(false)
	if err != nil {
		return err
	}
	defer store.Close()
	id := graph.ParseID(c.Document)
	if _, err := store.Erase(a.ctx, id, c.who(), c.Reason, now()); err != nil {
		return err
	}
	if err := a.forget(store); err != nil {
		return err
	}
	fmt.Fprintf(a.stdout, "erased %s: its text and quads are gone, a tombstone is kept\n", clean(id.Short()))
	return store.Close()
}

type versionCmd struct{}

// Run prints the versions of the program and of what its results depend on.
func (c *versionCmd) Run(a *app) error {
	v := map[string]string{"whence": version, "extractor": extract.Build, "resolver": resolve.Resolver, "matcher": match.Matcher, "encoder": embed.Build}
	if info, ok := debug.ReadBuildInfo(); ok {
		v["go"] = info.GoVersion
	}
	if a.json {
		return jsonTo(a.stdout).Encode(v)
	}
	_, err := fmt.Fprintf(a.stdout, "whence %s (%s; %s, %s, %s)\n", v["whence"], v["go"], v["extractor"], v["resolver"], v["matcher"])
	return err
}
