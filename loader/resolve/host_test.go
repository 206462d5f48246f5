package resolve

import (
	"testing"

	"whence/graph"
)

// Whose an address is, told by the names of the document.
func TestHost(t *testing.T) {
	tests := []struct{ name, address, want string }{
		{"words joined", "https://www.otterfoundation.org/news/1", "Otter Foundation"},
		{"words joined by a hyphen", "https://otter-foundation.org.uk", "Otter Foundation"},
		{"a label for each word, in any order", "https://www.foundation.otter.uk/2019/", "Otter Foundation"},
		{"the longest of several", "https://otter.foundation.trust.org", "Otter Foundation Trust"},
		{"one word is a service's", "https://yapper.com/okafor/1", ""},
		{"a person's page is not searched", "https://janereed.org", ""},
		{"a name inside a path", "https://example.org/otterfoundation", ""},
		{"no address", "::", ""},
	}
	x := &resolver{cast: newCast("d", "", nil)}
	for _, body := range []string{"Otter Foundation", "Otter Foundation Trust", "Yapper"} {
		x.cast.introduce(body, graph.Organisation, "")
	}
	x.cast.introduce("Jane Reed", graph.Person, "")
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := ""
			if m := x.host(tt.address).member; m != nil {
				got = m.canonical()
			}
			if got != tt.want {
				t.Errorf("host(%q) is %q, want %q", tt.address, got, tt.want)
			}
		})
	}
}
