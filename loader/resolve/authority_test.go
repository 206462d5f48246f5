package resolve

import (
	"errors"
	"strings"
	"testing"

	"whence/graph"
	"whence/loader/extract/name"
)

func TestLoadAuthority_ErrorsNameTheLine(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"not YAML", "agents:\n  - key: [a\n", "["},
		{"unknown field", "agents:\n  - key: a\n    name: A\n    type: person\n    colour: red\n", "5:"},
		{"unknown type", "agents:\n  - key: a\n    name: A\n    type: robot\n", "line 4"},
		{"bad key", "agents:\n  - key: A b\n    name: A\n    type: person\n", "line 2"},
		{"key twice", "agents:\n  - key: a\n    name: A\n    type: person\n  - key: a\n    name: B\n    type: person\n", "line 5"},
		{"key like a hash", "agents:\n  - key: " + strings.Repeat("a", 32) + "\n    name: A\n    type: person\n", "line 2"},
		{"no name", "agents:\n  - key: a\n    type: person\n", "line 2"},
		{"unknown gender", "agents:\n  - key: a\n    name: A\n    type: person\n    gender: f\n", "line 5"},
		{"bad date", "agents:\n  - key: a\n    name: A\n    type: person\n    offices:\n      - title: Mayor\n        from: 5 July 2024\n", "line 7"},
		{"ends before it begins", "agents:\n  - key: a\n    name: A\n    type: person\n    offices:\n      - title: Mayor\n        from: 2024-07-05\n        until: \"2023\"\n", "line 8"},
		{"title without a post", "agents:\n  - key: a\n    name: A\n    type: person\n    offices:\n      - title: Rivers\n", "line 6"},
		{"programme with an unknown field", "programmes:\n  - key: a\n    name: A\n    x: y\n", "4:"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := LoadAuthority([]byte(c.text))
			if !errors.Is(err, graph.ErrInvalid) {
				t.Fatalf("error %v does not wrap ErrInvalid", err)
			}
			if !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %q does not say %q", err, c.want)
			}
		})
	}
}

func TestLoadAuthority_LabelIsOfWhatItSays(t *testing.T) {
	load := func(text string) graph.Label {
		a, err := LoadAuthority([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		return a.Label
	}
	one := load("agents:\n  - {key: a, name: A, type: person, aliases: [x, y]}\n  - {key: b, name: B, type: place}\n")
	if other := load("# a comment\nagents:\n  - key: b\n    type: place\n    name: B\n  - {type: person, key: a, name: A, aliases: [y, x]}\n"); other != one {
		t.Error("layout, comments and order change the label")
	}
	if other := load("agents:\n  - {key: a, name: A, type: person, aliases: [x]}\n  - {key: b, name: B, type: place}\n"); other == one {
		t.Error("an alias less leaves the label as it was")
	}
}

func TestAuthority_SharedAliasNamesNobody(t *testing.T) {
	a, err := LoadAuthority([]byte("agents:\n  - {key: a, name: Ann Lee, type: person, aliases: [Lee]}\n  - {key: b, name: Bob Lee, type: person, aliases: [Lee]}\n"))
	if err != nil {
		t.Fatal(err)
	}
	if got := a.named("Lee"); got != nil {
		t.Errorf("Lee is %s", got.Name)
	}
	if got := a.named("the ann lee’s"); got == nil || got.Name != "Ann Lee" {
		t.Errorf("article and possessive are in the way: %v", got)
	}
}

func TestAuthority_HoldersOn(t *testing.T) {
	a := authority(t)
	post := func(title string) name.Post {
		p, ok := name.ParsePost(title)
		if !ok {
			t.Fatalf("%q is no post", title)
		}
		return p
	}
	for _, c := range []struct {
		title    string
		on       graph.Date
		possible int
	}{
		{"Secretary of State for Rivers and Water", "2024-10", 1},
		{"Rivers and Water Secretary", "2024-10", 1},
		{"Water Secretary", "2024-10-16", 1},
		{"Rivers Secretary", "2024", 2},
		{"Rivers Secretary", "", 2},
		{"Rivers Secretary", "2021", 0},
		{"Shadow Rivers Secretary", "2024-10", 0},
		{"Roads Secretary", "2024-10", 0},
		{"Rivers Minister", "2024-10", 0},
	} {
		if got, _ := a.holdersOn(post(c.title), c.on); len(got) != c.possible {
			t.Errorf("%s on %q: %v, want %d", c.title, c.on, got, c.possible)
		}
	}
}
