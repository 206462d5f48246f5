// Command whence answers where a claim comes from.
//
// It loads documents into a graph of who said what, where and on whose word, and
// traces a claim through it on the command line and over HTTP. See the README.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"
	"github.com/willabides/kongplete"

	"whence/graph"
)

// version is set by the linker in releases.
var version = "0.1.0-dev"

// Exit codes. A command that did only part of its work never ends with 0.
const (
	exitOK      = 0
	exitFailure = 1
	exitUsage   = 2
	exitPartial = 3 // some documents failed, the rest is done
)

// cli is the whole command line; its tags are the help.
type cli struct {
	Store string `help:"Where the graph is kept: a folder, postgres://…, dgraph://host:port,…, or memory:." env:"WHENCE_STORE" default:"whence.db" placeholder:"STORE"`
	JSON  bool   `help:"Print JSON instead of text, where the command has any." name:"json"`

	Load       loadCmd       `cmd:"" help:"Load documents into the graph."`
	Serve      serveCmd      `cmd:"" help:"Load documents, if any are named, and serve the API and the web page."`
	Match      matchCmd      `cmd:"" help:"List the claims and fact-checks that cover what somebody says."`
	Trace      traceCmd      `cmd:"" help:"Show where a claim comes from."`
	Claims     claimsCmd     `cmd:"" help:"List claims."`
	Documents  documentsCmd  `cmd:"" help:"List documents."`
	Agents     agentsCmd     `cmd:"" help:"List people and bodies."`
	Statistics statisticsCmd `cmd:"" help:"List figures and whom the text credits with them."`
	Timeline   timelineCmd   `cmd:"" help:"Tell in order what was said, and what was said of it since."`
	Path       pathCmd       `cmd:"" help:"Show how two things are connected, over what claims go by."`
	Report     reportCmd     `cmd:"" help:"List what is wrong with claims and where they come from, the worst first."`
	Search     searchCmd     `cmd:"" help:"Search the texts themselves."`
	Query      queryCmd      `cmd:"" help:"Ask a question in one of the query languages of Cayley."`
	Export     exportCmd     `cmd:"" help:"Write the graph, or a part of it, in another format."`
	Extract    extractCmd    `cmd:"" help:"Print what is found in files as JSON lines, without a store."`
	Rank       rankCmd       `cmd:"" help:"Print the sentences of files, the most worth checking first, without a store."`
	Eval       evalCmd       `cmd:"" help:"Score the extractor on hand-marked text."`
	Index      indexCmd      `cmd:"" help:"Encode what is held, so that match also finds what is said in other words."`
	Verify     verifyCmd     `cmd:"" help:"Check that the store holds what it says."`
	Reread     rereadCmd     `cmd:"" help:"Read what is held as this version does, without the files, and tell what differs."`
	Stats      statsCmd      `cmd:"" help:"Count what the store holds."`
	Backup     backupCmd     `cmd:"" help:"Write all that the store holds into one file, also while it is served or loaded into."`
	Restore    restoreCmd    `cmd:"" help:"Restore such a file into an empty store, of whatever kind."`
	Confirm    confirmCmd    `cmd:"" help:"Say that a link which was found holds."`
	Reject     rejectCmd     `cmd:"" help:"Say that a link does not hold, or that a claim was never made."`
	Retract    retractCmd    `cmd:"" help:"Take a document out of what readers see; nothing is deleted."`
	Erase      eraseCmd      `cmd:"" help:"Remove a document's text and quads for good, leaving a tombstone."`
	Version    versionCmd    `cmd:"" help:"Print the version."`
	Help       helpCmd       `cmd:"" help:"Show what a command does and takes."`

	Completion kongplete.InstallCompletions `cmd:"" help:"Print shell completions to add to your shell's start-up file."`
}

// A helpCmd asks for what --help after a command prints, which ends the program.
type helpCmd struct {
	Command []string `arg:"" optional:"" help:"The command; without one they are listed."`
}

// app is what commands are run with.
type app struct {
	ctx            context.Context
	stdin          io.Reader
	stdout, stderr io.Writer
	store          string
	cache          int64 // bytes of memory for blocks of the store's files; 0 for the usual
	lossy          bool  // open a store that has lost commits, too
	json           bool
	meter          *meter // of a load; nil when stderr is no terminal
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	// What ends at once without harm may be ended twice: putting a large folder in order takes its time.
	context.AfterFunc(ctx, stop)
	os.Exit(run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// exited is how kong is made to leave without ending the process.
type exited int

// run is the program without the process around it.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) (code int) {
	var c cli
	defer func() {
		switch e := recover().(type) {
		case nil:
		case exited:
			code = int(e)
		default:
			panic(e)
		}
	}()
	parser, err := kong.New(&c,
		kong.Name("whence"),
		kong.Description("Whence tells where a claim comes from: who said it, in which document, on whose word, and what was said of it since.\n\n"+
			"Exit codes: 0 done; 1 failed; 2 wrong usage; 3 some documents failed, the rest is loaded."),
		kong.UsageOnError(), kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		kong.Writers(stdout, stderr), kong.Exit(func(code int) { panic(exited(code)) }),
	)
	if err != nil {
		fmt.Fprintln(stderr, "whence:", err)
		return exitFailure
	}
	kongplete.Complete(parser)
	k, err := parser.Parse(args)
	if err == nil && strings.HasPrefix(k.Command(), "help") {
		k, err = parser.Parse(append(c.Help.Command, "--help"))
	}
	if err != nil {
		fmt.Fprintf(stderr, "whence: %v\nTry: whence --help\n", err)
		return exitUsage
	}
	out := &checkedWriter{w: stdout}
	a := &app{ctx: ctx, stdin: stdin, stdout: out, stderr: stderr, store: c.Store, json: c.JSON}
	err = k.Run(a)
	if out.err != nil && (err == nil || errors.Is(err, errPartial)) {
		err = out.err
	}
	return a.exit(err)
}

// checkedWriter remembers the first error of stdout, so that lines can be printed
// without a check each and a full disk or a closed pipe still ends with a failure.
type checkedWriter struct {
	w   io.Writer
	err error
}

func (c *checkedWriter) Write(b []byte) (int, error) {
	if c.err != nil {
		return 0, c.err
	}
	n, err := c.w.Write(b)
	if err != nil {
		c.err = fmt.Errorf("standard output: %w", err)
	}
	return n, err
}

// errPartial ends a command that did what it could.
var errPartial = errors.New("some documents failed")

// usageError is the user's mistake, with what to do about it.
type usageError struct{ message string }

func (e usageError) Error() string { return e.message }

func usagef(format string, args ...any) error { return usageError{fmt.Sprintf(format, args...)} }

// exit prints an error and returns the exit code that tells of it.
func (a *app) exit(err error) int {
	var usage usageError
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, errPartial):
		return exitPartial
	case errors.As(err, &usage):
		fmt.Fprintln(a.stderr, "whence:", clean(err.Error()))
		return exitUsage
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(a.stderr, "whence: interrupted; what was loaded before is kept whole")
		return exitFailure
	}
	fmt.Fprintln(a.stderr, "whence:", clean(err.Error()))
	if hint := hint(err); hint != "" {
		fmt.Fprintln(a.stderr, "       "+hint)
	}
	return exitFailure
}

// hint says what to do about an error.
func hint(err error) string {
	switch {
	case errors.Is(err, graph.ErrLocked):
		return "Stop that process first (Ctrl-C or kill; it ends in order), or name another store with --store."
	case errors.Is(err, graph.ErrVersion):
		return "Use the version of whence that wrote it, or load the documents into a new store."
	case errors.Is(err, graph.ErrDamaged) && !strings.Contains(err.Error(), "restore "): // it does not say itself
		return "Restore a backup into a new store (whence restore), or load the documents into one."
	}
	return ""
}
