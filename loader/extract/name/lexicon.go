package name

import (
	"embed"
	"strings"

	"whence/graph"
)

//go:embed data/*.txt
var data embed.FS

// A wordSet holds words or phrases in lower case.
type wordSet map[string]struct{}

func (s wordSet) has(word string) bool {
	_, ok := s[word]
	return ok
}

var (
	female       = readWords("given_female")
	male         = readWords("given_male")
	either       = readWords("given_either")
	places       = readWords("places")
	topics       = readWords("topics")
	orgHeads     = readWords("organisation_heads")
	stateHeads   = readWords("government_heads")
	progHeads    = readWords("programme_heads")
	pressHeads   = readWords("publication_heads")
	workHeads    = readWords("work_heads")
	officeNouns  = readWords("offices")
	officeMods   = readWords("office_modifiers")
	ordinary     = readWords("ordinary")
	demonyms     = readWords("demonyms")
	honorifics   = readPairs("honorifics")
	known        = readPairs("known")
	nominals     = readPairs("nominals")
	longestKnown = longest(places, known)
)

// readLines returns the lines of a word list without its comments.
func readLines(list string) []string {
	b, err := data.ReadFile("data/" + list + ".txt")
	if err != nil {
		panic(err) // the list is part of the binary
	}
	var lines []string
	for line := range strings.Lines(string(b)) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			lines = append(lines, line)
		}
	}
	return lines
}

func readWords(list string) wordSet {
	set := wordSet{}
	for _, line := range readLines(list) {
		set[strings.ToLower(line)] = struct{}{}
	}
	return set
}

func readPairs(list string) map[string]string {
	pairs := map[string]string{}
	for _, line := range readLines(list) {
		word, value, _ := strings.Cut(line, "|")
		pairs[strings.ToLower(word)] = strings.TrimSpace(value)
	}
	return pairs
}

// longest returns the number of words of the longest listed phrase.
func longest(set wordSet, pairs map[string]string) int {
	most := 1
	for phrase := range set {
		most = max(most, strings.Count(phrase, " ")+1)
	}
	for phrase := range pairs {
		most = max(most, strings.Count(phrase, " ")+1)
	}
	return most
}

// Gender returns "female" or "male" if the given name tells it, else "".
func Gender(given string) string {
	switch low := strings.ToLower(given); {
	case female.has(low):
		return "female"
	case male.has(low):
		return "male"
	}
	return ""
}

// IsGiven reports whether the word is a common given name.
func IsGiven(word string) bool {
	low := strings.ToLower(word)
	return female.has(low) || male.has(low) || either.has(low)
}

// Listed returns the type under which a whole phrase is listed as a known body,
// publication, programme or place. ok is false when it is not listed.
func Listed(phrase string) (t graph.AgentType, ok bool) {
	low := strings.ReplaceAll(strings.ToLower(strings.ReplaceAll(phrase, "’", "'")), ". ", " ")
	if v, found := known[low]; found {
		return graph.AgentType(v), true
	}
	if places.has(low) {
		return graph.Place, true
	}
	return "", false
}

// Nominal returns the type of body that a common noun can refer back to: "the
// charity". ok is false for any other noun.
func Nominal(noun string) (t graph.AgentType, ok bool) {
	v, ok := nominals[strings.ToLower(noun)]
	return graph.AgentType(v), ok
}
