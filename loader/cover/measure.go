package cover

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
)

// A Target is a text that marked queries may be about, one JSON object a line.
type Target struct {
	ID      string `json:"id"`
	Text    string `json:"text"`
	Title   string `json:"title"`
	Speaker string `json:"speaker"`
}

// A Marked is a query with the targets that are about it, by people's judgement; one JSON object a line.
type Marked struct {
	ID      string   `json:"id"`
	Query   string   `json:"query"`
	Speaker string   `json:"speaker"`
	Matches []string `json:"match_ids"`
}

// ReadLines reads one JSON object from each line that is not empty. name is what errors call the file.
func ReadLines[T Target | Marked](name string, r io.Reader) ([]T, error) {
	var out []T
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 16<<20)
	for n := 1; lines.Scan(); n++ {
		if len(lines.Bytes()) == 0 {
			continue
		}
		var x T
		if err := json.Unmarshal(lines.Bytes(), &x); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, n, err)
		}
		out = append(out, x)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return out, nil
}

// Texts returns what targets say, in their order.
func Texts(targets []Target) []Text {
	out := make([]Text, len(targets))
	for i, t := range targets {
		out[i] = Text{Words: t.Text, Title: t.Title, By: t.Speaker}
	}
	return out
}

// Figures say how good rankings are.
type Figures struct {
	Queries int `json:"queries"`
	// MAP5 is the mean over queries of the average precision of the first five: at each of them that matches, how
	// many so far do; summed, and divided by how many matches five places could hold.
	MAP5 float64 `json:"map_5"`
	P1   float64 `json:"p_1"` // share of queries whose first hit matches
	R5   float64 `json:"r_5"` // share of a query's matches among the first five, mean
	// Halves are MAP5 of every second query, from the first and from the second on.
	Halves [2]float64 `json:"map_5_halves"`
	// Sure counts, by tenths of the first hit's score, how many there are and how many match.
	Sure [10]Share `json:"first_by_score"`
}

// A Share is how many of some are right.
type Share struct {
	All   int `json:"all"`
	Right int `json:"right"`
}

// ranked is how many hits of a ranking are judged.
const ranked = 5

// Measure ranks the targets for each query, by some parts, and says how good that is. The index is of the
// targets, in their order.
func Measure(ctx context.Context, x *Index, targets []Target, queries []Marked, parts Parts) (Figures, error) {
	at := make(map[string]int, len(targets))
	for i, t := range targets {
		if _, twice := at[t.ID]; twice {
			return Figures{}, fmt.Errorf("two targets are called %s", t.ID)
		}
		at[t.ID] = i
	}
	f := Figures{Queries: len(queries)}
	var halves [2]int
	for n, q := range queries {
		matches := map[int]bool{}
		for _, id := range q.Matches {
			i, ok := at[id]
			if !ok {
				return f, fmt.Errorf("query %s: no target is called %s", q.ID, id)
			}
			matches[i] = true
		}
		if len(matches) == 0 {
			return f, fmt.Errorf("query %s matches nothing", q.ID)
		}
		hits, err := x.RankBy(ctx, Query{Words: q.Query, By: q.Speaker}, parts, ranked)
		if err != nil {
			return f, err
		}
		precision, found := 0.0, 0
		for place, h := range hits {
			if matches[h.At] {
				found++
				precision += float64(found) / float64(place+1)
			}
		}
		precision /= float64(min(ranked, len(matches)))
		f.MAP5 += precision
		f.Halves[n%2] += precision
		halves[n%2]++
		f.R5 += float64(found) / float64(len(matches))
		if len(hits) > 0 {
			tenth := min(int(hits[0].Score*10), len(f.Sure)-1)
			f.Sure[tenth].All++
			if matches[hits[0].At] {
				f.P1++
				f.Sure[tenth].Right++
			}
		}
	}
	all := float64(max(1, len(queries)))
	f.MAP5, f.P1, f.R5 = f.MAP5/all, f.P1/all, f.R5/all
	for i, n := range halves {
		f.Halves[i] /= float64(max(1, n))
	}
	return f, nil
}
