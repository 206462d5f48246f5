package store

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"whence/graph"
	"whence/graph/codec"
)

// What is kept up to date commit by commit is what graph.Select gives for each.
func TestSeenIsSelect(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		pick := func(name string, n int) int { return rapid.IntRange(0, n-1).Draw(r, name) }
		authority := func(i int) graph.Label { return graph.Label(fmt.Sprint("authority ", i)) }
		reading := func(doc, version, build int) graph.LabelInfo {
			return graph.LabelInfo{
				Label: graph.Label(fmt.Sprint("reading ", doc, version, build)), Layer: graph.LayerReading,
				Document: graph.ID(fmt.Sprint("doc ", doc)), Version: graph.ID(fmt.Sprint("version ", doc, version)),
			}
		}
		resolution := func(of graph.LabelInfo, a int) graph.LabelInfo {
			info := graph.LabelInfo{
				Label: graph.Label(fmt.Sprint("resolution ", of.Label, a)), Layer: graph.LayerResolution,
				Document: of.Document, Version: of.Version, Inputs: []graph.Label{of.Label, ""},
			}
			if a > 0 {
				info.Inputs[1] = authority(a)
			}
			return info
		}
		drawReading := func() graph.LabelInfo { return reading(pick("document", 2), pick("version", 2), pick("build", 2)) }
		s, all := newSeen(), map[graph.Label]bool{}
		var commits []graph.Commit
		for n := int64(1); n <= 12; n++ {
			c := graph.Commit{Number: n, Time: time.Date(2024, 1, int(n), 0, 0, 0, 0, time.UTC)}
			added := map[graph.Label]bool{}
			add := func(info graph.LabelInfo) {
				if !added[info.Label] {
					info.Commit, info.Recorded = c.Number, c.Time
					c.Added = append(c.Added, info)
					added[info.Label], all[info.Label] = true, true
				}
			}
			for range 1 + pick("entries", 3) {
				switch pick("entry", 6) {
				case 0, 1:
					info := drawReading()
					info.Capture = graph.Capture{
						Path: fmt.Sprint("path ", pick("path", 2)), Trusted: pick("trusted", 2) == 1,
						Retrieved: time.Date(2023, 1, 1+pick("retrieved", 5), 0, 0, 0, 0, time.UTC),
					}
					add(info)
				case 2:
					add(resolution(drawReading(), pick("authority", 3)))
				case 3:
					a, b := resolution(drawReading(), pick("authority", 3)), resolution(drawReading(), pick("authority", 3))
					add(graph.LabelInfo{Label: "link " + a.Label + b.Label, Layer: graph.LayerLink, Inputs: []graph.Label{a.Label, b.Label}})
				case 4:
					add(graph.LabelInfo{Label: authority(1 + pick("authority", 2)), Layer: graph.LayerAuthority})
				case 5:
					for label := range all {
						c.Ended = append(c.Ended, label)
					}
					slices.Sort(c.Ended)
					c.Ended = c.Ended[:min(len(c.Ended), pick("ends", 4))]
				}
			}
			slices.Sort(c.Ended)
			c.Ended = slices.Compact(c.Ended)
			commits = append(commits, c)
			s.add(c, string(codec.EncodeEntry(c)))
		}
		for n := range commits {
			want := graph.Select(commits[:n+1], graph.At{}).Live
			for label := range all {
				if _, is := want[label]; is != s.at(label, int64(n+1)) {
					r.Fatalf("after commit %d: %q is seen: %v, selected: %v", n+1, label, !is, is)
				}
			}
		}
	})
}
