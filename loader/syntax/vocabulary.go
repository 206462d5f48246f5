package syntax

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// namesOf lists the names that occur at least thrice, the most frequent first.
func namesOf(examples []Example, name func(Token) string) []string {
	count := map[string]int{}
	for _, e := range examples {
		for _, t := range e.Tokens {
			count[name(t)]++
		}
	}
	maps.DeleteFunc(count, func(_ string, n int) bool { return n < 3 })
	return mostFrequent(count)
}

func mostFrequent(count map[string]int) []string {
	names := slices.Collect(maps.Keys(count))
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a, b))
	})
	return names
}

// contractionsOf lists the words without an apostrophe that are mostly written
// for two words: "cannot", "gonna". Genitives are not: "travellers" may be one, but seldom is.
func contractionsOf(examples []Example) map[string]int {
	split, whole := map[string]map[int]int{}, map[string]int{}
	for _, e := range examples {
		for i, t := range e.Tokens {
			form := t.Span.Of(e.Text)
			if !letters(form) {
				continue
			}
			if i+1 < len(e.Tokens) && e.Tokens[i+1].Span.Start == t.Span.End && e.Tokens[i+1].Tag != "POS" {
				if next := e.Tokens[i+1].Span.Of(e.Text); letters(next) {
					key := strings.ToLower(form + next)
					if split[key] == nil {
						split[key] = map[int]int{}
					}
					split[key][len(form)]++
				}
			}
			whole[strings.ToLower(form)]++
		}
	}
	out := map[string]int{}
	for key, at := range split {
		for n := range len(key) {
			if at[n] >= 2 && at[n] > whole[key] {
				out[key] = max(out[key], n)
			}
		}
	}
	return out
}

// editsOf lists the edits that make lemmas of forms, the most frequent first, and
// the words that another edit is needed for.
func editsOf(examples []Example) (edits []string, irregular [][3]string) {
	type key struct{ tag, form string }
	count := map[string]int{}
	lemmas := map[key]map[string]int{}
	needs := map[key][]string{} // edits
	for _, e := range examples {
		for _, t := range e.Tokens {
			form := t.Span.Of(e.Text)
			edit, ok := editOf(form, t.Lemma)
			if _, number := numeral(form); number || !ok {
				continue
			}
			k := key{t.bothTags(), strings.ToLower(form)}
			if lemmas[k] == nil {
				lemmas[k] = map[string]int{}
			}
			if lemmas[k][t.Lemma]++; !slices.Contains(needs[k], edit) {
				needs[k] = append(needs[k], edit)
				count[edit]++
			}
		}
	}
	maps.DeleteFunc(count, func(_ string, n int) bool { return n < 6 })
	for k, of := range lemmas {
		lemma := mostFrequent(of)[0]
		rare := slices.ContainsFunc(needs[k], func(edit string) bool { return count[edit] == 0 })
		if rare && of[lemma] >= 2 {
			irregular = append(irregular, [3]string{k.tag, k.form, lemma})
		}
	}
	slices.SortFunc(irregular, func(a, b [3]string) int { return slices.Compare(a[:], b[:]) })
	return mostFrequent(count), irregular
}
