// Command storebench measures stores side by side, on the same quads and with the same
// questions: Whence's own, stock Cayley on bolt and in memory, and Oxigraph. It prints the
// tables that stand in BENCHMARKS.md.
//
//	go run ./graph/storebench -quads 100000,1000000
//
// Package claimgraph invents the quads. Every engine is measured in a process of its own:
// once for loading, where each document is a transaction of its own, and once for the
// questions, so that neither its garbage nor its caches are another's. What an engine
// answers is counted, and two that differ in an answer are an error.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"strconv"
	"strings"
	"time"
)

// options are what a run may be told.
type options struct {
	sizes   []int
	engines []string
	dir     string        // for the data, which is deleted
	keep    bool          // is not
	python  string        // that has pyoxigraph
	limit   time.Duration // for one question put to one engine
	program bool          // measure the built program too
	profile string        // folder for profiles; "" for none
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	err := run(ctx, os.Args[1:])
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "storebench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	if len(args) > 0 && args[0] == childArg {
		return runChild(ctx, args[1:])
	}
	var o options
	flags := flag.NewFlagSet("storebench", flag.ContinueOnError)
	sizes := flags.String("quads", "100000,200000,1000000", "sizes of the graph, in quads, separated by commas; a graph has at least so many")
	engines := flags.String("engines", strings.Join(engineNames(), ","), "engines to measure, separated by commas")
	flags.StringVar(&o.dir, "dir", "", "folder for the data, which is deleted in the end; empty for one of the system's")
	flags.BoolVar(&o.keep, "keep", false, "keep the data")
	flags.StringVar(&o.python, "python", "python3", "Python that has pyoxigraph")
	flags.DurationVar(&o.limit, "limit", 20*time.Second, "how long one question is put to one engine, or its load repeated, at most")
	flags.BoolVar(&o.program, "program", true, "measure the built program too: whence trace and whence serve")
	flags.StringVar(&o.profile, "profile", "", "folder for processor profiles of each step, the last of a step that is repeated; empty for none")
	if err := flags.Parse(args); err != nil {
		return err
	}
	for s := range strings.SplitSeq(*sizes, ",") {
		n, err := strconv.Atoi(strings.ReplaceAll(strings.TrimSpace(s), "_", ""))
		if err != nil || n < 1 {
			return fmt.Errorf("-quads %q: want a number of quads", s)
		}
		o.sizes = append(o.sizes, n)
	}
	o.engines = strings.Split(*engines, ",")
	for _, name := range o.engines {
		if !slices.Contains(engineNames(), name) {
			return fmt.Errorf("-engines %q: want some of %s", name, strings.Join(engineNames(), ", "))
		}
	}
	dir, err := os.MkdirTemp(o.dir, "storebench-")
	if err != nil {
		return err
	}
	o.dir = dir
	err = bench(ctx, os.Stdout, o)
	if !o.keep {
		err = errors.Join(err, os.RemoveAll(dir))
	}
	return err
}
