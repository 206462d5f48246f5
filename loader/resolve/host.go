package resolve

import (
	"net/url"
	"slices"
	"strings"

	"whence/graph"
	"whence/loader/extract/name"
)

// host returns the body that a web address is by its host, where the document names it: "otterfoundation.org" and
// "foundation.otter.uk" are the Otter Foundation's. A name of one word is too often a service's, whose users speak; the longest
// name is meant, and of two as long neither.
func (x *resolver) host(address string) answer {
	none := answer{reason: "the text gives it neither publisher nor author"}
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return none
	}
	labels := strings.Split(strings.ToLower(u.Hostname()), ".")
	var best *member
	most, tie := 1, false
	for _, m := range x.cast.members {
		if m.typ == graph.Person || m.typ == "" || !asserts(m) {
			continue
		}
		for _, form := range m.forms {
			switch n := wordsInHost(form, labels); {
			case n > most:
				best, most, tie = m, n, false
			case n == most && best != nil && best != m:
				tie = true
			}
		}
	}
	if best == nil || tie {
		return none
	}
	return answer{member: best, reason: "the address has the name of " + best.canonical()}
}

// wordsInHost returns how many words a name has, if the labels of a host are made of them; else 0.
func wordsInHost(form string, labels []string) int {
	var ws []string
	for _, w := range strings.Fields(name.Fold(form)) {
		if w != "of" && w != "for" && w != "and" && w != "the" {
			ws = append(ws, w)
		}
	}
	if slices.Contains(labels, strings.Join(ws, "")) || slices.Contains(labels, strings.Join(ws, "-")) {
		return len(ws)
	}
	for _, w := range ws {
		if !slices.Contains(labels, w) {
			return 0
		}
	}
	return len(ws)
}
