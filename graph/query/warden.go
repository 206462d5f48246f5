package query

import (
	"context"
	"fmt"
	"runtime"
	"runtime/metrics"
	"time"

	"whence/graph"
)

// maxMemory is by how many bytes the process may grow during a query. Nothing tells whose memory it is: what is
// loaded beside the query counts too.
const maxMemory = 256 << 20

// watch ends a job that takes too much memory, and interrupts one that was ended until it has done so. It returns
// then.
func (j *job) watch(ctx context.Context, ended <-chan struct{}) {
	const often = 5 * time.Millisecond
	tick := time.NewTicker(often)
	defer tick.Stop()
	before := memory()
	for {
		select {
		case <-ended:
			return
		case <-tick.C:
		}
		grown := memory() - before
		if grown > maxMemory && grown < 2*maxMemory { // it may be garbage
			runtime.GC()
			grown = memory() - before
		}
		if grown > maxMemory {
			j.fail(fmt.Errorf("the query took more than %d MB of memory: %w", maxMemory>>20, graph.ErrInvalid))
		}
		if ctx.Err() == nil {
			continue
		}
		j.mu.Lock()
		if j.interrupt != nil {
			j.interrupt() // again and again: a script can catch it
		}
		j.mu.Unlock()
	}
}

// memory returns how much the process has in use, in bytes: what is still used or not swept yet, and stacks.
func memory() int64 {
	samples := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}, {Name: "/memory/classes/heap/stacks:bytes"}}
	metrics.Read(samples)
	return int64(samples[0].Value.Uint64() + samples[1].Value.Uint64())
}
