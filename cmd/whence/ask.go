package main

import (
	"bytes"
	"cmp"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"whence/api"
	"whence/graph"
	"whence/graph/query"
	"whence/loader/cover"
	"whence/loader/resolve"
)

// Reading commands are clients of the API: they ask it inside this process, or
// the server that holds the folder, and print what it answers. So a question has one
// answer, however it is asked.

// question is one request to the API.
type question struct {
	path    string
	values  url.Values
	media   string        // what to accept; "" is JSON
	timeout time.Duration // 0 is askTimeout; a server that is asked has its own
	// receipt is the file that the receipt of the answer is written to; "" is none.
	receipt string
	// owner says that only the store's owner is answered, however long it takes.
	owner bool
}

// add sets a parameter unless it is empty.
func (q *question) add(name, value string) {
	if q.values == nil {
		q.values = url.Values{}
	}
	if value != "" {
		q.values.Set(name, value)
	}
}

// ask returns the API's answer to a question, and writes its receipt if one is asked for.
func (a *app) ask(q question) ([]byte, error) {
	if q.receipt == "" {
		return a.answer(q)
	}
	if q.media == mediaDOT { // the receipt is in the place of the media type
		q.add("format", "dot")
	}
	q.media = api.ReceiptMedia
	body, err := a.answer(q)
	if err != nil {
		return nil, err
	}
	receipt, err := api.ReadReceipt(body)
	if err != nil {
		return nil, err
	}
	return []byte(receipt.Answer), a.output(q.receipt, func(w io.Writer) error {
		_, err := io.WriteString(w, escaped(string(body)))
		return err
	})
}

const mediaDOT = "text/vnd.graphviz"

// answer returns what the API says in the form that is asked for.
func (a *app) answer(q question) ([]byte, error) {
	target := q.path
	if len(q.values) > 0 {
		target += "?" + q.values.Encode()
	}
	store, err := a.openToRead()
	switch {
	case errors.Is(err, graph.ErrLocked):
		return a.fetch(err, target, q)
	case err != nil:
		return nil, err
	}
	defer store.Close()
	r, err := a.request("http://localhost"+target, q.media)
	if err != nil {
		return nil, err
	}
	w := recorder{header: http.Header{}, status: http.StatusOK}
	var fault error
	o := a.options(cmp.Or(q.timeout, askTimeout), func(err error) { fault = err })
	if q.owner {
		o.Keeper, o.Token = keeper{store}, rand.Text()
		r.RemoteAddr = "127.0.0.1:0"
		r.Header.Set("Authorization", "Bearer "+o.Token)
	}
	api.New(store, o).ServeHTTP(&w, r)
	if fault != nil {
		return nil, fault
	}
	return answered(w.status, w.body.Bytes())
}

// options tells the API what the program is made of.
func (a *app) options(timeout time.Duration, faults func(error)) api.Options {
	return api.Options{Querier: query.NewRunner(maxQueries, queryMemory), Version: version, Resolver: resolve.Resolver, Matcher: cover.NewHeld(a.vectorsPath()), Timeout: timeout, Faults: faults}
}

// maxQueries is how many queries in a query language run at a time; the others wait.
const maxQueries = 4

// queryMemory is by how many bytes the process may grow during one of them.
const queryMemory = 256 << 20

// askTimeout bounds one question from the command line.
const askTimeout = 5 * time.Minute

func (a *app) request(address, media string) (*http.Request, error) {
	r, err := http.NewRequestWithContext(a.ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	if media == "" {
		media = "application/json"
	}
	r.Header.Set("Accept", media)
	return r, nil
}

// fetch asks the process that has the store open, since it is locked for this one.
func (a *app) fetch(locked error, target string, q question) ([]byte, error) {
	ctx := a.ctx
	if !q.owner {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, askTimeout)
		defer cancel()
	}
	response, err := a.fromHolder(ctx, locked, target, q.media)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, err
	}
	return answered(response.StatusCode, body)
}

// recorder keeps an answer of the API in memory.
type recorder struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (w *recorder) Header() http.Header         { return w.header }
func (w *recorder) WriteHeader(status int)      { w.status = status }
func (w *recorder) Write(b []byte) (int, error) { return w.body.Write(b) }

// answered turns a problem into an error: the asker's mistake is a usage error.
func answered(status int, body []byte) ([]byte, error) {
	if status == http.StatusOK {
		return body, nil
	}
	var p struct {
		Title     string `json:"title"`
		Detail    string `json:"detail"`
		Parameter string `json:"parameter"`
		Answer    string `json:"answer"`
	}
	if err := json.Unmarshal(body, &p); err != nil || p.Title == "" {
		return nil, fmt.Errorf("the API answered with status %d", status)
	}
	message := p.Detail
	if message == "" {
		message = p.Title
	}
	if status == http.StatusBadRequest && p.Parameter != "" && !strings.Contains(message, p.Parameter) {
		message = p.Parameter + ": " + message
	}
	if status == http.StatusBadRequest {
		return nil, usagef("%s", message)
	}
	if p.Answer != "" {
		message = p.Answer + ": " + message
	}
	return nil, errors.New(message)
}

// print writes an answer in JSON: the data as it came.
func (a *app) print(body []byte) error {
	_, err := io.WriteString(a.stdout, escaped(string(body)))
	return err
}

// written writes an answer in the form it was asked for, but for what a terminal would act on.
func written(w io.Writer, body []byte, format string) error {
	show := escaped
	if format == "dot" {
		show = visible
	}
	_, err := io.WriteString(w, show(string(body)))
	return err
}

// clockFlags are the two clocks of a question, and what makes its answer one that can be made again.
type clockFlags struct {
	AsOf    string `help:"Leave out what was published later than this date." placeholder:"DATE"`
	KnownBy string `help:"Leave out what was recorded later than this time (RFC 3339)." placeholder:"TIME"`
	Receipt string `help:"Also write the receipt of the answer, which whence verify --receipt checks anywhere." type:"path" placeholder:"FILE"`
}

func (f clockFlags) to(q *question) {
	q.add("as_of", f.AsOf)
	q.add("known_by", f.KnownBy)
	q.receipt = f.Receipt
}

// linkFlags are which links a question follows.
type linkFlags struct {
	MinConfidence int    `help:"Do not follow links scored below this, in thousandths." default:"600"`
	Basis         string `help:"declared: follow only what texts and people declare; all: also reuse that was computed." enum:"declared,all" default:"all"`
}

func (f linkFlags) to(q *question) {
	q.add("min_confidence", fmt.Sprint(f.MinConfidence))
	q.add("basis", f.Basis)
}

// pageFlags are which part of a list.
type pageFlags struct {
	Limit  int    `help:"At most this many." default:"50"`
	Cursor string `help:"Go on after this ID, as the list before said." placeholder:"ID"`
}

func (f pageFlags) to(q *question) {
	q.add("limit", fmt.Sprint(f.Limit))
	q.add("cursor", f.Cursor)
}
