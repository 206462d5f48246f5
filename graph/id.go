package graph

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

// Namespace is the prefix of every identifier that Whence mints.
const Namespace = "urn:whence:"

// ID names a node of the graph: an absolute IRI. Documents and cited pages keep
// the URI they have in the world, everything else is under [Namespace].
type ID string

// Short returns the ID without Whence's own namespace, as shown to people.
// [ParseID] takes both forms.
func (id ID) Short() string { return strings.TrimPrefix(string(id), Namespace) }

// ParseID turns what a person typed, in full or short, into an ID. It does not
// check that such a node exists.
func ParseID(s string) ID {
	for _, kind := range idKinds {
		if strings.HasPrefix(s, kind+":") {
			return ID(Namespace + s)
		}
	}
	return ID(s)
}

var idKinds = []string{
	"text", "version", "segment", "claim", "agent", "statistic", "source", "relation", "review", "decision",
	"reading", "resolution", "link", "authority", "finding", "passage",
}

// newID mints an identifier of a kind from the parts that make the identity.
// 128 bits keep the chance of a collision below 1e-18 for a billion nodes.
func newID(kind string, parts ...string) ID {
	return ID(Namespace + kind + ":" + HashParts(parts...)[:32])
}

// HashParts returns the SHA-256, in lower-case hex, of the parts, each preceded by its
// length, so that ("ab","c") and ("a","bc") differ.
func HashParts(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		h.Write([]byte(strconv.Itoa(len(p))))
		h.Write([]byte{':'})
		h.Write([]byte(p))
	}
	return hex.EncodeToString(h.Sum(nil))
}

// TextHash returns the SHA-256, in lower-case hex, of a canonical text.
func TextHash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// NewTextDocumentID names a document that has no URI by its first text.
func NewTextDocumentID(text string) ID { return ID(Namespace + "text:" + TextHash(text)) }

// NewVersionID names one text of a document.
func NewVersionID(document ID, text string) ID { return newID("version", string(document), text) }

// NewClaimID names the ordinal-th (from 0) claim with these exact words in a
// document. White space is folded, so a line break moved is no new claim.
func NewClaimID(document ID, exact string, ordinal int) ID {
	return newID("claim", string(document), FoldSpace(exact), strconv.Itoa(ordinal))
}

// NewStatisticID names the ordinal-th (from 0) figure with these exact words in
// a sentence of a document.
func NewStatisticID(document ID, figure, sentence string, ordinal int) ID {
	return newID("statistic", string(document), FoldSpace(figure), FoldSpace(sentence), strconv.Itoa(ordinal))
}

// NewSegmentID names the ordinal-th (from 0) segment of a type with these words.
func NewSegmentID(document ID, typ SegmentType, exact string, ordinal int) ID {
	return newID("segment", string(document), string(typ), FoldSpace(exact), strconv.Itoa(ordinal))
}

// NewSourceID names what a document cites: by its URI when it has one, else by
// the citing document and the description ([Source.Description]).
func NewSourceID(uri string, document ID, description string) ID {
	if uri != "" {
		return newID("source", uri)
	}
	return newID("source", string(document), FoldSpace(description))
}

// NewAgentID names an agent that no authority file knows by its full name.
func NewAgentID(name string) ID {
	return newID("agent", strings.ToLower(FoldSpace(name)))
}

// AuthorityAgentID names an agent by its key in the authority file.
func AuthorityAgentID(key string) ID { return ID(Namespace + "agent:" + key) }

// NewAnonymousID names the author of a segment whose name is not known or is
// only a nickname. It belongs to its document: two documents never share one.
func NewAnonymousID(document ID, author string, segment ID) ID {
	if author != "" {
		return newID("agent", "commenter", string(document), author)
	}
	return newID("agent", "anonymous", string(document), string(segment))
}

// NewRelationID names a relation by its ends and kind.
func NewRelationID(from ID, kind Predicate, to ID) ID {
	return newID("relation", string(from), string(kind), string(to))
}

// NewFindingID names a finding of a report by its type and what it rests on.
func NewFindingID(report, typ string, nodes ...ID) ID {
	parts := []string{report, typ}
	for _, n := range nodes {
		parts = append(parts, string(n))
	}
	return newID("finding", parts...)
}

// NewPassageID names the ordinal-th (from 0) of the passages that a reading is
// cut into. In string order, those of one reading stand as in its text.
func NewPassageID(reading Label, ordinal int) ID {
	return ID(fmt.Sprintf("%spassage:%s-%07d", Namespace, strings.TrimPrefix(string(reading), Namespace+"reading:"), ordinal))
}

// FoldSpace replaces every run of white space by one space and trims the ends.
func FoldSpace(s string) string { return strings.Join(strings.FieldsFunc(s, unicode.IsSpace), " ") }
