package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"whence/graph"
)

// A served is what the built program gave.
type served struct {
	Trace  float64 // milliseconds that `whence trace` takes as a process
	HTTP   answer  // traces asked of `whence serve`
	List   answer  // lists of claims, documents, speakers and figures
	Memory memory  // of `whence serve` once it has answered
}

const (
	processes = 9   // that are timed
	requests  = 200 // traces asked of the server

	indexing = 10 * time.Minute // that it may take to make the index of passages
)

// build builds the program.
func build(ctx context.Context, dir string) (program string, err error) {
	program = filepath.Join(dir, "whence")
	out, err := exec.CommandContext(ctx, "go", "build", "-o", program, "whence/cmd/whence").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("build whence: %w\n%s", err, out)
	}
	return program, nil
}

// measureProgram runs the program on the store of a made graph. What it keeps beside the store
// (the index of passages) it makes when it is first needed, which is not timed.
func measureProgram(ctx context.Context, program string, m *made) (served, error) {
	var s served
	store := filepath.Join(m.Dir, storeName)
	var took []time.Duration
	for n := range 1 + processes {
		claim := m.Questions.Trace[n%len(m.Questions.Trace)]
		cmd := exec.CommandContext(ctx, program, "trace", "--store", store, graph.ID(claim).Short())
		began := time.Now()
		if out, err := cmd.CombinedOutput(); err != nil {
			return s, fmt.Errorf("whence trace: %w\n%s", err, out)
		}
		if n > 0 {
			took = append(took, time.Since(began))
		}
	}
	slices.Sort(took)
	s.Trace = micros(took[len(took)/2]) / 1000
	return s, s.serve(ctx, program, store, m)
}

func (s *served) serve(ctx context.Context, program, store string, m *made) (err error) {
	cmd := exec.CommandContext(ctx, program, "serve", "--quiet", "--store", store, "--listen", "127.0.0.1:0")
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("whence serve: %w", err)
	}
	defer func() {
		err = errors.Join(err, cmd.Process.Signal(os.Interrupt), cmd.Wait())
	}()
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		return fmt.Errorf("whence serve: %w", err)
	}
	base, _, _ := strings.Cut(strings.TrimPrefix(line, "serving at "), " ")
	// The server has made its index of passages when it answers this, which takes longer than a question may: what
	// making it takes is in the most it had.
	if err := ready(ctx, base+"/api/v1/search?q=the", time.Second); err != nil {
		return err
	}
	claims := m.Questions.Trace
	var traces, lists []time.Duration
	for n := range requests {
		took, err := get(ctx, base+"/api/v1/claims/"+graph.ID(claims[n%len(claims)]).Short()+"/trace")
		if err != nil {
			return err
		}
		traces = append(traces, took)
		if n%10 == 0 {
			for _, list := range []string{"claims", "documents", "agents", "statistics"} {
				took, err := get(ctx, base+"/api/v1/"+list+"?limit=20")
				if err != nil {
					return err
				}
				lists = append(lists, took)
			}
		}
	}
	s.HTTP, s.List = answer{}.of(traces), answer{}.of(lists)
	s.Memory = memoryOf(strconv.Itoa(cmd.Process.Pid))
	return nil
}

// errUnavailable is what a server answers that is not ready.
var errUnavailable = errors.New("unavailable")

// ready waits until a server answers a request, and asks again a while after each time that it says it is not ready yet.
func ready(ctx context.Context, url string, wait time.Duration) error {
	ctx, cancel := context.WithTimeout(ctx, indexing)
	defer cancel()
	for {
		_, err := get(ctx, url)
		if !errors.Is(err, errUnavailable) {
			return err
		}
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return errors.Join(ctx.Err(), err)
		}
	}
}

// get times one request. The error wraps errUnavailable when the server is not ready.
func get(ctx context.Context, url string) (time.Duration, error) {
	began := time.Now()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return 0, err
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	took := time.Since(began)
	switch {
	case err != nil || response.StatusCode == http.StatusOK:
		return took, err
	case response.StatusCode == http.StatusServiceUnavailable:
		err = errUnavailable
	default:
		err = errors.New(response.Status)
	}
	return took, fmt.Errorf("%s: %w: %s", url, err, body)
}
