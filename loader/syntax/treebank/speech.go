package treebank

import "strings"

// speech are verbs of saying and thinking whose clause is what somebody holds.
var speech = func() map[string]bool {
	out := map[string]bool{}
	for v := range strings.FieldsSeq(`say tell claim warn announce report argue add insist deny admit
		suggest explain state note declare allege accuse predict promise reply respond ask confirm
		testify write believe think acknowledge assert complain concede contend estimate urge`) {
		out[v] = true
	}
	return out
}()
