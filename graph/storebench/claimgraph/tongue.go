package claimgraph

import (
	"math/rand/v2"
	"strings"

	"whence/graph"
)

// A tongue is made-up words, which are used as often as words are: the n-th most
// frequent about 1/n times as often as the first.
type tongue struct{ words []string }

var (
	onsets = strings.Fields(`b bl br c ch cl d dr f fl g gl gr h j k l m n p pl pr qu r s sc sh sl st t th tr v w wh`)
	vowels = strings.Fields(`a e i o u ai ea ee oo ou`)
	codas  = strings.Fields(`b ck d ft g l ld ll m mp n nd ng nt p r rd rn s sh st t th w x`)
	common = strings.Fields(`the of to and in a is that for it was on with as by at from be are this not have had but they which or an were his her their one all we there been more who will would when so no if out about up into than them can only other time new some could these two may then do first any my now such like our over`)
)

func newTongue(seed uint64) *tongue {
	r := rand.New(rand.NewPCG(seed, 1<<63))
	t := &tongue{words: append([]string{}, common...)}
	seen := map[string]bool{}
	for len(t.words) < 12_000 {
		if w := syllables(r, 1+r.IntN(3)); len(w) > 3 && !seen[w] {
			seen[w] = true
			t.words = append(t.words, w)
		}
	}
	return t
}

func syllables(r *rand.Rand, n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(onsets[r.IntN(len(onsets))] + vowels[r.IntN(len(vowels))])
		if i == n-1 || r.IntN(3) == 0 {
			b.WriteString(codas[r.IntN(len(codas))])
		}
	}
	return b.String()
}

// sentence draws so many words, and half as many again at most.
func (t *tongue) sentence(r *rand.Rand, n int) string {
	zipf := rand.NewZipf(r, 1.1, 2.7, uint64(len(t.words)-1))
	var b strings.Builder
	for i := range n + r.IntN(n/2+1) {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(t.words[zipf.Uint64()])
	}
	return b.String()
}

// name draws a name of nobody and nothing.
func (t *tongue) name(r *rand.Rand) string { return capital(syllables(r, 2+r.IntN(2))) }

// person draws somebody whom no authority file knows.
func (t *tongue) person(r *rand.Rand) graph.Agent {
	family := t.name(r)
	name := t.name(r) + " " + family
	gender := [...]string{"female", "male"}[r.IntN(2)]
	title := map[string]string{"female": "Ms ", "male": "Mr "}[gender]
	return graph.Agent{ID: graph.NewAgentID(name), Type: graph.Person, Name: name, Aliases: []string{title + family, family}, Gender: gender}
}

// capital makes the first letter, which is one of ours, a capital.
func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
