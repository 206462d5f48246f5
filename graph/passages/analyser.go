package passages

import (
	"slices"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/kljensen/snowball/english"

	"whence/graph"
)

// analyser cuts words as all search of the project does ([graph.FoldWords]), in
// whatever language, and takes the English endings off those that may be English.
type analyser struct{}

// Analyze implements [analysis.Analyzer]. Where words stand is told by counting them:
// their offsets would make half of the index, and what is shown is found in the text.
func (analyser) Analyze(text []byte) analysis.TokenStream {
	words := graph.FoldWords(string(text))
	tokens := make(analysis.TokenStream, len(words))
	for i, w := range words {
		tokens[i] = &analysis.Token{Term: []byte(stem(w)), Position: i + 1, Type: analysis.AlphaNumeric}
	}
	return tokens
}

// stem takes the ending off a folded word. A word with anything but the letters a to z is left as it is.
func stem(word string) string {
	for _, c := range []byte(word) {
		if c < 'a' || c > 'z' {
			return word
		}
	}
	return english.Stem(word, false)
}

// content returns the phrases that say what is asked for: those that are not
// one of the commonest English words by itself, unless there is nothing else.
func content(phrases []graph.Phrase) []graph.Phrase {
	out := slices.DeleteFunc(slices.Clone(phrases), func(p graph.Phrase) bool { return !p.Exact && functionWords[p.Words[0]] })
	if len(out) == 0 {
		return phrases
	}
	return out
}

// functionWords stand in most passages and tell none from another. "may", "will",
// "can", "not" and "no" are not among them: in claims they are what matters.
var functionWords = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range []string{
		"a", "an", "and", "are", "as", "at", "be", "been", "but", "by", "did", "do", "does", "for", "from", "had", "has", "have",
		"he", "her", "his", "how", "i", "in", "into", "is", "it", "its", "of", "on", "or", "s", "she", "t", "that", "the", "their", "them",
		"there", "they", "this", "to", "was", "we", "were", "what", "when", "where", "which", "who", "whom", "why", "with", "you",
	} {
		m[w] = true
	}
	return m
}()
