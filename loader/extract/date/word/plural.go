package word

import "strings"

// oddPlurals do not end in s.
var oddPlurals = map[string]bool{
	"people": true, "children": true, "men": true, "women": true, "staff": true, "police": true, "personnel": true, "grandchildren": true,
	"schoolchildren": true, "businesspeople": true, "policemen": true, "policewomen": true, "clergy": true, "cattle": true, "sheep": true,
	"fish": true, "mice": true, "teeth": true, "criteria": true, "bacteria": true, "servicemen": true, "servicewomen": true, "salespeople": true, "feet": true,
	"percent": true, "mps": true, "gps": true, "meps": true, "msps": true, "pcs": true, "ngos": true, "ceos": true, "tvs": true, "evs": true, "aircraft": true, "offspring": true, "livestock": true, "spacecraft": true, "youth": true,
}

// notPlurals end in s and are no plural nouns.
var notPlurals = map[string]bool{
	"has": true, "was": true, "does": true, "goes": true, "says": true, "always": true, "perhaps": true, "besides": true, "afterwards": true, "towards": true,
	"upwards": true, "sometimes": true, "its": true, "ours": true, "theirs": true, "hers": true, "yours": true, "whereas": true, "yes": true, "gas": true,
	"news": true, "lens": true, "whose": true, "christmas": true, "nowadays": true, "overseas": true, "alas": true, "thanks": true, "regards": true,
	"ones": true, "others": true, "indoors": true, "outdoors": true, "makes": true, "gets": true, "takes": true, "comes": true, "includes": true, "means": true,
}

// Plural reports whether a word in lower case looks like a plural noun.
func Plural(lower string) bool {
	if oddPlurals[lower] || len(lower) > 5 && strings.HasSuffix(lower, "men") && !strings.HasSuffix(lower, "imen") {
		return true
	}
	if len(lower) < 4 || !strings.HasSuffix(lower, "s") || notPlurals[lower] {
		return false
	}
	return !strings.HasSuffix(lower, "ss") && !strings.HasSuffix(lower, "ous") && !strings.HasSuffix(lower, "is") && !strings.HasSuffix(lower, "us") && !strings.HasSuffix(lower, "ics")
}
