package figure

import (
	"strings"

	"whence/loader/extract/date/word"
)

// currency reads "£", "US$", "GBP" before a number.
func (s *sentence) currency(i int) (code string, n int) {
	w := s.at(i)
	if code, ok := currencySigns[w.Lower]; ok {
		next := s.at(i + 1)
		if of, ok := dollars[next.Lower]; ok && w.Is("$") && next.Upper && next.Glued && s.at(i+2).Kind == word.Digits {
			return of, 2 // "$A5"
		}
		if next.Is("=") {
			return code, 2
		}
		return code, 1
	}
	if code, ok := dollars[w.Lower]; ok && w.Upper && s.at(i+1).Is("$") {
		return code, 2
	}
	if w.Is("y") && w.Upper && s.at(i+1).Is("=") && s.at(i+2).Glued {
		return "JPY", 2 // as news agencies write it
	}
	if code := s.code(i); code != "" && s.at(i+1).Kind == word.Digits {
		return code, 1
	}
	return "", 0
}

// code returns the currency whose code is word i, with its capitals: "GBP", "RM".
func (s *sentence) code(i int) string {
	if w := s.at(i); w.Kind == word.Letters && w.Upper {
		return currencyCodes[s.text[w.Start:w.End]]
	}
	return ""
}

// namedCurrency reads "pounds", "US dollars" at word j.
func (s *sentence) namedCurrency(a *amount, j int) int {
	w := s.at(j)
	if code, ok := currencyNames[w.Lower]; ok && !w.Is("won", "rand", "sterling") {
		a.unit = code
		return 1
	}
	next := s.at(j + 1)
	if code, ok := dollarsOf[w.Lower]; ok && next.Is("dollars", "dollar") {
		a.unit = code
		return 2
	}
	if code, ok := crownsOf[w.Lower]; ok && next.Is("crowns", "krone", "kroner", "krona", "kronor", "koruna") {
		a.unit = code
		return 2
	}
	if code, ok := currencyNames[next.Lower]; ok && w.Upper && (strings.HasSuffix(w.Lower, "ese") || strings.HasSuffix(w.Lower, "ish") || strings.HasSuffix(w.Lower, "an") || strings.HasSuffix(w.Lower, "i")) {
		a.unit = code // "Chinese yuan"
		return 2
	}
	return 0
}

// dollarsOf are the words before "dollars".
var dollarsOf = map[string]string{"us": "USD", "american": "USD", "australian": "AUD", "canadian": "CAD", "singapore": "SGD", "zealand": "NZD", "taiwan": "TWD"}

// crownsOf are the words before "crowns" and what other tongues call them.
var crownsOf = map[string]string{"danish": "DKK", "swedish": "SEK", "norwegian": "NOK", "icelandic": "ISK", "czech": "CZK"}
