package query

import (
	"context"
	"fmt"
	"runtime"
	"runtime/metrics"
	"time"
)

// stackShare is which part of the memory stacks may take: where they end, the process does.
const stackShare = 8

// watch ends a job during which the process grows by more than so many bytes, and interrupts one that was ended until
// it has done so. It returns then. Nothing tells whose memory it is: what is loaded beside the query counts too.
func (j *job) watch(ctx context.Context, most int64, ended <-chan struct{}) {
	const often = 5 * time.Millisecond
	tick := time.NewTicker(often)
	defer tick.Stop()
	heapBefore, stacksBefore := memory()
	for {
		select {
		case <-ended:
			return
		case <-tick.C:
		}
		if ctx.Err() == nil {
			heap, stacks := memory()
			if grown := heap - heapBefore; grown > most && grown < 2*most { // it may be garbage
				runtime.GC()
				heap, stacks = memory()
			}
			if heap-heapBefore <= most && stacks-stacksBefore <= most/stackShare {
				continue
			}
			j.fail(invalid(fmt.Sprintf("the query took more than %d MB of memory", most>>20)))
		}
		j.mu.Lock()
		if j.interrupt != nil {
			j.interrupt() // again and again: a script can catch it
		}
		j.mu.Unlock()
	}
}

// memory returns how much the process has in use, in bytes: what is still used or not swept yet, and stacks.
func memory() (heap, stacks int64) {
	samples := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}, {Name: "/memory/classes/heap/stacks:bytes"}}
	metrics.Read(samples)
	return int64(samples[0].Value.Uint64()), int64(samples[1].Value.Uint64())
}
