package graphtest

import (
	"slices"
	"time"

	"whence/graph"
)

// The documents of the suite: a newspaper reports a minister, a charity reports
// the newspaper, a ministry gives the figures. Umlauts and symbols stand before
// the words, so that bytes are not characters.

func press() *Document {
	d := NewDocument("https://press.example/coaches", "Müller & Söhne — 🙂 Café. Ruth Kendal said coaches cut waiting lists. The Ministry of Work counts 12,500 people, its figures show.")
	claim := d.Claim("coaches cut waiting lists", "Ruth Kendal")
	own := d.Claim("The Ministry of Work counts 12,500 people", "")
	d.Figure(own, "12,500", 12500, d.Source("its figures", "", "Ministry of Work"))
	d.Relate(claim, graph.SupportedBy, own, "show")
	return d
}

func statement() *Document {
	d := NewDocument("https://charity.example/statement", "“Coaches cut waiting lists”, Kendal told the press. We doubt it, as the answer of 22 October says.")
	claim := d.Claim("Coaches cut waiting lists", "Kendal")
	answer := d.Source("the answer of 22 October", "https://answers.example/2024-10-22", "")
	d.Relate(claim, graph.ClarifiedBy, answer, "We doubt it")
	return d
}

func ministry() *Document {
	d := NewDocument("https://ministry.example/figures", "In 2023, 12,500 people were counted.")
	d.Figure(d.Claim("12,500 people were counted", ""), "12,500", 12500, "")
	return d
}

// ministers returns an authority file in which one person has these other names.
func ministers(aliases ...string) (a *graph.Authority, kendal graph.ID) {
	kendal = graph.AuthorityAgentID("kendal")
	slices.Sort(aliases)
	return NewAuthority(
		graph.Agent{
			ID: kendal, Type: graph.Person, Name: "Ruth Kendal", Aliases: aliases, Identified: true, Gender: "female",
			Offices: []graph.Office{{Title: "Secretary of State", Body: "Ministry of Work", From: "2024-07-05"}}, External: []string{"https://people.example/kendal"},
		},
		graph.Agent{ID: graph.AuthorityAgentID("ministry"), Type: graph.Government, Name: "Ministry of Work", Identified: true},
	), kendal
}

func correction(c graph.Claim, to graph.ID, at time.Time) graph.Decision {
	d := graph.Decision{
		Act: graph.ActCorrect, Field: string(graph.AssertedBy), Targets: []graph.Target{{Node: c.ID, Passage: c.Content[0]}},
		After: string(to), By: "reviewer", At: at, Reason: "heard it",
	}
	d.ID = graph.NewDecisionID(d)
	return d
}
