package dgraphstore

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"sync/atomic"
	"time"

	"github.com/dgraph-io/dgo/v240"
	"github.com/dgraph-io/dgo/v240/protos/api"
	"google.golang.org/grpc"
	"google.golang.org/grpc/backoff"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/connectivity"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/keepalive"
	"google.golang.org/grpc/status"
)

const (
	// defaultAttempt is how long one alpha has for one answer: one that hangs is given up for another.
	defaultAttempt = time.Minute
	// avoided is how long an alpha that did not answer is asked only when no other is left; when it let
	// wait for longer than that, four times as long as it let wait.
	avoided = 3 * time.Second
	// unreached is how long it is tried to reach a cluster of which no alpha was ever connected to: an address at
	// which nothing listens is most likely a wrong one.
	unreached = 3 * time.Second
)

// A cluster asks the alphas of a Dgraph cluster. It holds dgo's generated clients and no [dgo.Txn]: many ask at
// once within one transaction, and may ask another alpha in the middle of it.
type cluster struct {
	where             string
	alphas            []*alpha
	patience, attempt time.Duration
	turn              atomic.Uint64
	reached           atomic.Bool // there was a connection to one of them
}

// An alpha is one server.
type alpha struct {
	api.DgraphClient
	conn  *grpc.ClientConn
	until atomic.Int64 // when it is to be asked again, in nanoseconds since 1970
}

// dial prepares connections; they are made when they are needed.
func dial(a address) (*cluster, error) {
	c := &cluster{where: strings.Join(a.alphas, ", "), patience: patience, attempt: defaultAttempt}
	c.turn.Store(rand.Uint64N(uint64(len(a.alphas)))) // many processes do not all begin with the first
	for _, host := range a.alphas {
		conn, err := grpc.NewClient(host,
			grpc.WithTransportCredentials(insecure.NewCredentials()),
			// An answer is bounded by pages, but a single text may be long: Dgraph's own bound.
			grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(math.MaxInt32), grpc.MaxCallSendMsgSize(math.MaxInt32)),
			grpc.WithKeepaliveParams(keepalive.ClientParameters{Time: 5 * time.Minute, Timeout: 20 * time.Second}),
			grpc.WithConnectParams(grpc.ConnectParams{
				Backoff:           backoff.Config{BaseDelay: 100 * time.Millisecond, Multiplier: 1.6, Jitter: 0.2, MaxDelay: 2 * time.Second},
				MinConnectTimeout: 4 * time.Second,
			}),
		)
		if err != nil {
			return nil, errors.Join(fmt.Errorf("alpha %s: %w", host, err), c.Close())
		}
		c.alphas = append(c.alphas, &alpha{DgraphClient: api.NewDgraphClient(conn), conn: conn})
	}
	return c, nil
}

// Close ends the connections.
func (c *cluster) Close() error {
	var errs []error
	for _, a := range c.alphas {
		errs = append(errs, a.conn.Close())
	}
	return errors.Join(errs...)
}

// next returns the alpha whose turn it is, of those that are not avoided.
func (c *cluster) next() *alpha {
	turn, now := c.turn.Add(1), time.Now().UnixNano()
	for i := range c.alphas {
		a := c.alphas[(turn+uint64(i))%uint64(len(c.alphas))]
		if now >= a.until.Load() {
			return a
		}
	}
	return c.alphas[turn%uint64(len(c.alphas))]
}

// once asks one alpha.
func (c *cluster) once(ctx context.Context, ask func(ctx context.Context, a *alpha) error) error {
	a, began := c.next(), time.Now()
	limited, cancel := context.WithTimeout(ctx, c.attempt)
	defer cancel()
	err := ask(limited, a)
	if !c.reached.Load() && (err == nil || a.conn.GetState() == connectivity.Ready) {
		c.reached.Store(true)
	}
	if err != nil && ctx.Err() != nil {
		return ctx.Err()
	}
	if passing(err) {
		a.until.Store(time.Now().Add(max(avoided, 4*time.Since(began))).UnixNano())
	}
	return err
}

// ask asks one alpha after the other until one answers. What is asked may be done more than once.
func (c *cluster) ask(ctx context.Context, ask func(ctx context.Context, a *alpha) error) error {
	for p := c.patient(); ; {
		err := c.once(ctx, ask)
		if err == nil {
			return nil
		}
		if err := p.again(ctx, err); err != nil {
			return err
		}
	}
}

// A patient caller tries again for a bounded time.
type patient struct {
	cluster *cluster
	began   time.Time
	pause   time.Duration
	tries   int
}

func (c *cluster) patient() *patient {
	return &patient{cluster: c, began: time.Now(), pause: 10 * time.Millisecond}
}

// isOver reports whether it was tried for long enough.
func (p *patient) isOver() bool {
	most := p.cluster.patience
	if !p.cluster.reached.Load() {
		most = min(most, unreached)
	}
	return p.tries >= len(p.cluster.alphas) && time.Since(p.began) > most
}

// again returns nil when it is time to try again after an error; else what is to be said of it.
func (p *patient) again(ctx context.Context, err error) error {
	aborted := errors.Is(err, dgo.ErrAborted)
	p.tries++
	switch {
	case ctx.Err() != nil, errors.Is(err, errUnknown), !aborted && !passing(err):
		return err
	case p.isOver():
		return p.cluster.explain(err)
	}
	if p.tries < len(p.cluster.alphas) && !aborted {
		return nil // another alpha may answer at once
	}
	// Those that were in each other's way must not meet again.
	pause := p.pause/2 + rand.N(p.pause)
	p.pause = min(2*p.pause, time.Second)
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(pause):
		return nil
	}
}

// explain says what can be done about an error that did not pass.
func (c *cluster) explain(err error) error {
	if errors.Is(err, dgo.ErrAborted) {
		return fmt.Errorf("the Dgraph cluster at %s aborted every attempt for %s; other processes write to this store, or its tablets are being moved; try again: %w",
			c.where, c.patience, err)
	}
	if !c.reached.Load() {
		return fmt.Errorf("no alpha of a Dgraph cluster can be reached at %s: see that this is where they listen (9080 unless they were told otherwise), and that one runs: %w", c.where, err)
	}
	return fmt.Errorf("no alpha of the Dgraph cluster at %s answered for %s; see that most of the alphas and of the zeros run and are reached from here, and try again: %w",
		c.where, c.patience, err)
}

// query asks a query, which may be asked more than once.
func (c *cluster) query(ctx context.Context, r *api.Request) (*api.Response, error) {
	var out *api.Response
	err := c.ask(ctx, func(ctx context.Context, a *alpha) (err error) {
		out, err = a.Query(ctx, r)
		return err
	})
	return out, err
}

// passing tells whether an error may go away by itself, or at another alpha: it was lost on the way, or
// the alpha is starting, stopping or without a leader.
func passing(err error) bool {
	if err == nil {
		return false
	}
	switch status.Code(err) {
	case codes.Unavailable, codes.DeadlineExceeded, codes.Canceled, codes.ResourceExhausted:
		return true
	case codes.Unknown: // Dgraph says most things in words
		text := strings.ToLower(err.Error())
		for _, words := range passingWords {
			if strings.Contains(text, words) {
				return true
			}
		}
	}
	return false
}

// passingWords are from the errors of Dgraph v24 (worker, conn, edgraph, x) that its servers give while they start,
// stop, elect a leader, move a tablet or are overloaded.
var passingWords = []string{
	"please retry", "please throttle", "no connection", "no network connection", "unhealthy connection", "unavailable", "only leader", "no longer leader", "draining",
	"deadline exceeded", "context canceled", "shutting down", "isn't being served", "blocked due to predicate move",
}

// conflicted tells whether a transaction was aborted because another was first.
func conflicted(err error) bool {
	return status.Code(err) == codes.Aborted || err != nil && strings.Contains(err.Error(), dgo.ErrAborted.Error())
}
