package report

import (
	"slices"
	"strings"

	"whence/graph"
)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

func contains(s, part string) bool { return strings.Contains(s, part) }

// stopWords say nothing of what a text is about.
var stopWords = set(`a an the and or but nor of in on at to for from by with without as than that this these those it its he she they them his her their
	our we us you your i me my is are was were be been being am has have had having do does did will would shall should can could may might must not no
	so if then there here what which who whom whose when where why how all any some each every both more most other such only own same too very just also
	about around over under up down out off into through during before after between per some said says say according new one two`)

// irregular verbs and nouns, as their stems.
var irregular = map[string]string{
	"found": "find", "kept": "keep", "got": "get", "gotten": "get", "gave": "give", "given": "give", "took": "take", "taken": "take", "seen": "see", "saw": "see",
	"rose": "rise", "risen": "rise", "fell": "fall", "fallen": "fall", "grew": "grow", "grown": "grow", "spent": "spend", "paid": "pay", "lost": "lose",
	"built": "build", "sent": "send", "made": "make", "held": "hold", "sold": "sell", "bought": "buy", "left": "leave", "won": "win", "met": "meet", "told": "tell",
	"sought": "seek", "began": "begin", "begun": "begin", "men": "man", "women": "woman", "children": "child", "people": "person", "persons": "person",
}

// kin are words, as stems, that stand for one another where figures are told: the
// first of a line for the rest.
var kin = func() map[string]string {
	m := map[string]string{}
	for _, line := range []string{
		"work job employ employment worker", "ill illness sick sickness unwell", "pay wage salary earn earning", "home house housing", "school education",
		"crime offence", "immigration migrant migration", "welfare benefit", "cost price", "death die dead", "doctor gp", "student pupil",
	} {
		words := strings.Fields(line)
		for _, w := range words {
			m[w] = words[0]
		}
	}
	return m
}()

// stem cuts the endings of English words that change with number and tense, so
// that "finding" and "finds" are one.
func stem(w string) string {
	if s, ok := irregular[w]; ok {
		return s
	}
	for _, e := range []struct{ from, to string }{{"ies", "y"}, {"ied", "y"}, {"sses", "ss"}, {"ing", ""}, {"ed", ""}, {"s", ""}} {
		cut, ok := strings.CutSuffix(w, e.from)
		if !ok || len(cut) < 3 || e.from == "s" && (strings.HasSuffix(cut, "s") || strings.HasSuffix(cut, "u") || strings.HasSuffix(cut, "i")) {
			continue
		}
		w = cut + e.to
		if n := len(w); n > 3 && w[n-1] == w[n-2] && !strings.ContainsRune("lsz", rune(w[n-1])) {
			w = w[:n-1] // "planned"
		}
		break
	}
	if len(w) > 4 {
		w = strings.TrimSuffix(w, "e")
	}
	return w
}

// stems returns what a text is about: the stems of its words but stop words and
// numbers, with one for those that are kin, sorted, each once.
func stems(text string) []string {
	var out []string
	for _, w := range graph.FoldWords(text) {
		if len(w) > 1 && !stopWords[w] && (w[0] < '0' || w[0] > '9') {
			st := stem(w)
			if k := kin[st]; k != "" {
				st = k
			}
			out = append(out, st)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// common counts what two sorted lists have in common.
func common(a, b []string) int {
	n := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			n, i, j = n+1, i+1, j+1
		case a[i] < b[j]:
			i++
		default:
			j++
		}
	}
	return n
}
