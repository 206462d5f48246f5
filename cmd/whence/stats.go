package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

type statsCmd struct{}

// stats is the answer of /api/v1/stats, as far as it is printed.
type stats struct {
	Commits                                    int64
	Written                                    string
	Documents, Versions, Readings, Segments    int
	Claims, Figures, Sources, Agents, Speakers int
	Relations, Links                           map[string]int
	Decisions, Tombstones                      int
	Labels                                     map[string]struct{ Live, Ended int }
	Quads                                      int64
	Texts                                      int
	TextBytes                                  int64 `json:"text_bytes"`
	Extractors, Matchers                       map[string]int
	Resolutions                                struct {
		Resolver     string
		Same, Others int
	}
	Sizes *struct {
		Backend string
		Format  int
		Parts   []struct {
			Name  string
			Bytes int64
		}
	}
}

// Run prints how much is held.
func (c *statsCmd) Run(a *app) error {
	body, err := a.ask(question{path: "/api/v1/stats", owner: true})
	if err != nil {
		return err
	}
	if a.json {
		return a.print(body)
	}
	var s stats
	if err := json.Unmarshal(body, &s); err != nil {
		return err
	}
	line := func(name, format string, args ...any) {
		fmt.Fprintf(a.stdout, "%-12s %s\n", name, clean(fmt.Sprintf(format, args...)))
	}
	line("documents", "%d, in %s and %s", s.Documents, plural(s.Versions, "version"), plural(s.Readings, "reading"))
	line("claims", "%d by %s", s.Claims, plural(s.Speakers, "speaker"))
	line("figures", "%d", s.Figures)
	line("sources", "%d", s.Sources)
	line("agents", "%d", s.Agents)
	line("segments", "%d", s.Segments)
	line("relations", "%s", counts(s.Relations))
	line("links", "%s", counts(s.Links))
	line("decisions", "%d", s.Decisions)
	line("commits", "%d, the last at %s", s.Commits, orDash(s.Written))
	var labels []string
	for _, layer := range slices.Sorted(maps.Keys(s.Labels)) {
		labels = append(labels, fmt.Sprintf("%s %d (and %d ended)", layer, s.Labels[layer].Live, s.Labels[layer].Ended))
	}
	line("labels", "%s", orDash(strings.Join(labels, ", ")))
	line("erased", "%s", plural(s.Tombstones, "text"))
	line("quads", "%d", s.Quads)
	line("texts", "%d of %s", s.Texts, size(s.TextBytes))
	line("extractor", "%s", counts(s.Extractors))
	resolver := fmt.Sprintf("%s %d", s.Resolutions.Resolver, s.Resolutions.Same)
	if s.Resolutions.Others > 0 {
		resolver += fmt.Sprintf(", other builds %d", s.Resolutions.Others)
	}
	line("resolver", "%s", resolver)
	line("matcher", "%s", counts(s.Matchers))
	if s.Sizes == nil {
		return nil
	}
	format := ""
	if s.Sizes.Format > 0 {
		format = fmt.Sprintf(", format %d", s.Sizes.Format)
	}
	line("backend", "%s%s", s.Sizes.Backend, format)
	var all int64
	var parts []string
	for _, p := range s.Sizes.Parts {
		all += p.Bytes
		parts = append(parts, fmt.Sprintf("%s %s", p.Name, size(p.Bytes)))
	}
	line("takes", "%s: %s", size(all), strings.Join(parts, ", "))
	return nil
}

// counts tells how many there are, and how many of each name, in order of name.
func counts(of map[string]int) string {
	all := 0
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(of)) {
		all += of[name]
		parts = append(parts, fmt.Sprintf("%s %d", name, of[name]))
	}
	if all == 0 {
		return "0"
	}
	return fmt.Sprintf("%d: %s", all, strings.Join(parts, ", "))
}

// size tells a size in the unit that fits.
func size(n int64) string {
	switch {
	case n >= 10<<30:
		return fmt.Sprintf("%d GiB", n>>30)
	case n >= 10<<20:
		return fmt.Sprintf("%d MiB", n>>20)
	case n >= 10<<10:
		return fmt.Sprintf("%d KiB", n>>10)
	}
	return fmt.Sprintf("%d bytes", n)
}
