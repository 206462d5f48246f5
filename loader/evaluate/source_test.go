package evaluate

import "testing"

func TestHead(t *testing.T) {
	for phrase, want := range map[string]string{
		"Sen. Dana Ostrow, a close ally":         "ostrow",
		"two senior officials who asked to stay": "officials",
		"the chair of the board":                 "chair",
		"Rob Ames Jr.":                           "ames",
		"Henry Poole III":                        "poole",
		"Jr.":                                    "jr",
		"Mr Lind’s":                              "lind",
		"the union - long silent -":              "union",
		"the union-backed group":                 "group",
		"“The Drum”":                             "drum",
		"Ofsted (the inspectorate)":              "ofsted",
		"whose aunt":                             "aunt",
		"Wholesale buyers":                       "buyers",
		"ÉMILIE Öst":                             "öst",
		"Lee\u00a0from\u00a0Hull":                "lee",
		"—":                                      "",
		"":                                       "",
		" , (x)":                                 "x",
	} {
		if got := head(phrase); got != want {
			t.Errorf("head(%q) = %q, want %q", phrase, got, want)
		}
	}
}

func TestIsPronoun(t *testing.T) {
	for source, want := range map[string]bool{"She": true, "“they": true, "who": true, "she herself": false, "everyone": false, "": false, "Ian": false} {
		if got := isPronoun(source); got != want {
			t.Errorf("isPronoun(%q) = %v", source, got)
		}
	}
}
