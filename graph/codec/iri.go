package codec

import (
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/cayleygraph/quad"

	"whence/graph"
)

// wrapped is the prefix of IRIs that stand for what is not an absolute IRI.
const wrapped = graph.Namespace + "iri:"

// SafeIRI returns the IRI of an ID. An ID that is an absolute IRI in the
// characters that N-Quads allows stays as it is; any other, since the world puts
// spaces and quotation marks into its links, is percent-encoded behind
// urn:whence:iri:. No two IDs share an IRI, and [IDOf] is the inverse.
func SafeIRI(id graph.ID) quad.IRI {
	s := string(id)
	if isIRI(s) && !strings.HasPrefix(s, wrapped) {
		return quad.IRI(s)
	}
	var b strings.Builder
	b.WriteString(wrapped)
	const hex = "0123456789ABCDEF"
	for len(s) > 0 {
		r, n := utf8.DecodeRuneInString(s) // of a byte that is no character: U+FFFD, 1
		if r != '%' && r != utf8.RuneError && allowed(r) {
			b.WriteString(s[:n])
		} else {
			for _, c := range []byte(s[:n]) {
				b.WriteByte('%')
				b.WriteByte(hex[c>>4])
				b.WriteByte(hex[c&15])
			}
		}
		s = s[n:]
	}
	return quad.IRI(b.String())
}

// IDOf returns the ID that an IRI stands for.
func IDOf(iri quad.IRI) graph.ID {
	if rest, ok := strings.CutPrefix(string(iri), wrapped); ok {
		if s, err := url.PathUnescape(rest); err == nil {
			return graph.ID(s)
		}
	}
	return graph.ID(iri)
}

// isIRI reports whether s has a scheme (RFC 3986, 3.1) and only allowed characters.
func isIRI(s string) bool {
	colon := strings.IndexByte(s, ':')
	if colon < 1 {
		return false
	}
	for i := 0; i < colon; i++ {
		c := s[i] | 0x20
		letter := 'a' <= c && c <= 'z'
		other := '0' <= s[i] && s[i] <= '9' || s[i] == '+' || s[i] == '-' || s[i] == '.'
		if !letter && (i == 0 || !other) {
			return false
		}
	}
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return utf8.ValidString(s[i:]) && !strings.ContainsFunc(s[i:], func(r rune) bool { return r == utf8.RuneError || !allowed(r) })
		}
		if !plain[s[i]] {
			return false
		}
	}
	return true
}

// plain is what allowed says of ASCII characters.
var plain = func() (is [utf8.RuneSelf]bool) {
	for c := range is {
		is[c] = allowed(rune(c))
	}
	return is
}()

// allowed reports whether N-Quads takes a character in an IRI (RDF 1.1 N-Quads,
// IRIREF; the delete character is left out too, as its reader refuses it).
func allowed(r rune) bool {
	switch r {
	case '<', '>', '"', '{', '}', '|', '^', '`', '\\', 0x7F:
		return false
	}
	return r > ' '
}
