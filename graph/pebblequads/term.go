package pebblequads

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math"
	"time"

	"github.com/cayleygraph/quad"

	"whence/graph"
	"whence/graph/vocab"
)

// A term is a value as it stands in a key: self-delimiting, and different for
// different values. The empty string is never a term. See the package comment.

// The first byte of a term says what follows it.
const (
	tagNone = 0x00 // nothing: the label of a quad without one

	tagHex16   = 0x10 // namespace, 16 bytes written as 32 digits, tail
	tagHex32   = 0x11 // namespace, 32 bytes written as 64 digits, tail
	tagIRI     = 0x12 // namespace, tail
	tagIRIHash = 0x13 // 16 bytes of the hash

	tagBNode     = 0x18 // tail
	tagBNodeHash = 0x19 // 16 bytes of the hash

	tagString      = 0x20 // tail
	tagLang        = 0x21 // tail with the language, tail with the text
	tagTyped       = 0x22 // term of the type, tail
	tagLiteralHash = 0x23 // 16 bytes of the hash

	tagInt   = 0x28 // zigzag varint
	tagFloat = 0x29 // 8 bytes, IEEE 754, big-endian
	tagFalse = 0x2A
	tagTrue  = 0x2B
	tagTime  = 0x2C // zigzag varint of Unix seconds, varint of nanoseconds
)

// A tail is a byte with its length and that many bytes.
const (
	maxIRITail  = 48 // of an IRI, after namespace and digits, and of a blank node
	maxTextTail = 32 // of a literal, without its language or type
	hashSize    = 16 // bytes of SHA-256 in a term
)

// isHashed reports whether a term holds only the hash of its value.
func isHashed(term []byte) bool {
	switch term[0] {
	case tagIRIHash, tagBNodeHash, tagLiteralHash:
		return true
	}
	return false
}

// appendTerm appends the term of a value, which may be nil. When the term holds
// only a hash, long is what it is the hash of, from which [decodeLong] makes the value.
func appendTerm(dst []byte, v quad.Value) (term, long []byte, err error) {
	switch v := v.(type) {
	case nil:
		return append(dst, tagNone), nil, nil
	case quad.IRI:
		if t := appendIRI(dst, string(v)); t != nil {
			return t, nil, nil
		}
	case quad.BNode:
		if len(v) <= maxIRITail {
			return appendTail(append(dst, tagBNode), string(v)), nil, nil
		}
	case quad.String:
		if len(v) <= maxTextTail {
			return appendTail(append(dst, tagString), string(v)), nil, nil
		}
	case quad.LangString:
		if len(v.Lang) <= maxTextTail && len(v.Value) <= maxTextTail {
			return appendTail(appendTail(append(dst, tagLang), v.Lang), string(v.Value)), nil, nil
		}
	case quad.TypedString:
		if len(v.Value) <= maxTextTail {
			if t := appendIRI(append(dst, tagTyped), string(v.Type)); t != nil {
				return appendTail(t, string(v.Value)), nil, nil
			}
		}
	case quad.Int:
		return binary.AppendVarint(append(dst, tagInt), int64(v)), nil, nil
	case quad.Float:
		return binary.BigEndian.AppendUint64(append(dst, tagFloat), math.Float64bits(float64(v))), nil, nil
	case quad.Bool:
		if v {
			return append(dst, tagTrue), nil, nil
		}
		return append(dst, tagFalse), nil, nil
	case quad.Time:
		t := time.Time(v)
		return binary.AppendUvarint(binary.AppendVarint(append(dst, tagTime), t.Unix()), uint64(t.Nanosecond())), nil, nil
	}
	if long, err = encodeLong(v); err != nil {
		return nil, nil, err
	}
	tag := byte(tagLiteralHash)
	switch long[0] {
	case longIRI:
		tag = tagIRIHash
	case longBNode:
		tag = tagBNodeHash
	}
	sum := sha256.Sum256(long)
	return append(append(dst, tag), sum[:hashSize]...), long, nil
}

func appendTail(dst []byte, s string) []byte {
	return append(append(dst, byte(len(s))), s...)
}

// appendIRI appends the term of an IRI, or returns nil when it is too long.
func appendIRI(dst []byte, s string) []byte {
	code, tail := cutNamespace(s)
	digits := 0
	for digits < len(tail) && digits < 64 && isDigit(tail[digits]) {
		digits++
	}
	switch {
	case digits == 64:
		dst, digits = append(dst, tagHex32, code), 64
	case digits >= 32:
		dst, digits = append(dst, tagHex16, code), 32
	default:
		dst, digits = append(dst, tagIRI, code), 0
	}
	if len(tail)-digits > maxIRITail {
		return nil
	}
	for i := 0; i < digits; i += 2 {
		dst = append(dst, fromDigit(tail[i])<<4|fromDigit(tail[i+1]))
	}
	return appendTail(dst, tail[digits:])
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' }

func fromDigit(c byte) byte {
	if c <= '9' {
		return c - '0'
	}
	return c - 'a' + 10
}

// termLen returns how many bytes of b its first term has, -1 when there is none.
func termLen[T []byte | string](b T) int {
	if len(b) == 0 {
		return -1
	}
	n := 1
	switch b[0] {
	case tagNone, tagFalse, tagTrue:
	case tagHex16:
		n = tailEnd(b, 2+16)
	case tagHex32:
		n = tailEnd(b, 2+32)
	case tagIRI:
		n = tailEnd(b, 2)
	case tagIRIHash, tagBNodeHash, tagLiteralHash:
		n = 1 + hashSize
	case tagBNode, tagString:
		n = tailEnd(b, 1)
	case tagLang:
		if n = tailEnd(b, 1); n > 0 {
			n = tailEnd(b, n)
		}
	case tagTyped:
		if len(b) < 2 || b[1] != tagHex16 && b[1] != tagHex32 && b[1] != tagIRI {
			return -1
		}
		if n = termLen(b[1:]); n > 0 {
			n = tailEnd(b, 1+n)
		}
	case tagInt:
		n = varintEnd(b, 1)
	case tagFloat:
		n = 9
	case tagTime:
		if n = varintEnd(b, 1); n > 0 {
			n = varintEnd(b, n)
		}
	default:
		return -1
	}
	if n > len(b) {
		return -1
	}
	return n
}

// tailEnd returns where the tail at an offset ends, which may be after b; -1 when
// it does not begin in b.
func tailEnd[T []byte | string](b T, at int) int {
	if at >= len(b) {
		return -1
	}
	return at + 1 + int(b[at])
}

// varintEnd returns where the varint at an offset ends, -1 when it has no end.
func varintEnd[T []byte | string](b T, at int) int {
	for i := at; i < len(b) && i < at+binary.MaxVarintLen64; i++ {
		if b[i] < 0x80 {
			return i + 1
		}
	}
	return -1
}

// types are the datatypes that come again and again, so that their IRIs are made once: by IRI, and by its term.
var types, typeOf = func() (map[string]quad.IRI, map[string]quad.IRI) {
	byIRI, byTerm := map[string]quad.IRI{}, map[string]quad.IRI{}
	for _, t := range []quad.IRI{vocab.JSON, vocab.Day, vocab.Month, vocab.Year, vocab.Instant} {
		byIRI[string(t)], byTerm[string(appendIRI(nil, string(t)))] = t, t
	}
	return byIRI, byTerm
}()

// decodeTerm returns the value of a term that holds it, and nil for tagNone. The
// term must be whole and must not hold a hash.
func decodeTerm(t []byte) (quad.Value, error) {
	if n := termLen(t); n != len(t) {
		return nil, fmt.Errorf("%w: term %x", graph.ErrDamaged, t)
	}
	switch t[0] {
	case tagNone:
		return nil, nil
	case tagHex16, tagHex32, tagIRI:
		iri, err := decodeIRI(t)
		return iri, err
	case tagBNode:
		return quad.BNode(t[2:]), nil
	case tagString:
		return quad.String(t[2:]), nil
	case tagLang:
		n := tailEnd(t, 1)
		return quad.LangString{Value: quad.String(t[n+1:]), Lang: string(t[2:n])}, nil
	case tagTyped:
		n := 1 + termLen(t[1:])
		iri, known := typeOf[string(t[1:n])]
		if !known {
			var err error
			if iri, err = decodeIRI(t[1:n]); err != nil {
				return nil, err
			}
		}
		return quad.TypedString{Value: quad.String(t[n+1:]), Type: iri}, nil
	case tagInt:
		i, n := binary.Varint(t[1:])
		if n != len(t)-1 {
			break
		}
		return quad.Int(i), nil
	case tagFloat:
		return quad.Float(math.Float64frombits(binary.BigEndian.Uint64(t[1:]))), nil
	case tagFalse:
		return quad.Bool(false), nil
	case tagTrue:
		return quad.Bool(true), nil
	case tagTime:
		sec, n := binary.Varint(t[1:])
		if n <= 0 {
			break
		}
		nsec, m := binary.Uvarint(t[1+n:])
		if m != len(t)-1-n || nsec >= 1e9 {
			break
		}
		return quad.Time(time.Unix(sec, int64(nsec)).UTC()), nil
	}
	return nil, fmt.Errorf("%w: term %x", graph.ErrDamaged, t)
}

// decodeIRI returns the IRI of a whole term that holds it.
func decodeIRI(t []byte) (quad.IRI, error) {
	if int(t[1]) >= len(namespaces) {
		return "", fmt.Errorf("%w: term %x: namespace %d", graph.ErrDamaged, t, t[1])
	}
	prefix := namespaces[t[1]]
	raw := 0
	switch t[0] {
	case tagHex16:
		raw = 16
	case tagHex32:
		raw = 32
	}
	tail := t[2+raw+1:]
	var buf [128]byte // enough for nearly all
	b := append(buf[:0], prefix...)
	b = hex.AppendEncode(b, t[2:2+raw])
	return quad.IRI(append(b, tail...)), nil
}

// The first byte of the long form of a value.
const (
	longIRI    = 'i'
	longBNode  = 'b'
	longString = 's'
	longLang   = 'l' // varint and that many bytes of the language, the text
	longTyped  = 't' // varint and that many bytes of the type, the text
)

// encodeLong returns the long form of a value that needs one.
func encodeLong(v quad.Value) ([]byte, error) {
	pair := func(tag byte, a, b string) []byte {
		out := make([]byte, 0, 1+binary.MaxVarintLen32+len(a)+len(b))
		return append(append(binary.AppendUvarint(append(out, tag), uint64(len(a))), a...), b...)
	}
	switch v := v.(type) {
	case quad.IRI:
		return append([]byte{longIRI}, v...), nil
	case quad.BNode:
		return append([]byte{longBNode}, v...), nil
	case quad.String:
		return append([]byte{longString}, v...), nil
	case quad.LangString:
		return pair(longLang, v.Lang, string(v.Value)), nil
	case quad.TypedString:
		return pair(longTyped, string(v.Type), string(v.Value)), nil
	}
	return nil, fmt.Errorf("a value of type %T cannot be kept: %w", v, graph.ErrInvalid)
}

// decodeLong returns the value of a long form.
func decodeLong(b []byte) (quad.Value, error) {
	if len(b) > 0 {
		switch rest := b[1:]; b[0] {
		case longIRI:
			return quad.IRI(rest), nil
		case longBNode:
			return quad.BNode(rest), nil
		case longString:
			return quad.String(rest), nil
		case longLang, longTyped:
			size, n := binary.Uvarint(rest)
			if n <= 0 || size > uint64(len(rest)-n) {
				break
			}
			first, text := rest[n:n+int(size)], quad.String(rest[n+int(size):])
			if b[0] == longLang {
				return quad.LangString{Value: text, Lang: string(first)}, nil
			}
			iri, known := types[string(first)]
			if !known {
				iri = quad.IRI(first)
			}
			return quad.TypedString{Value: text, Type: iri}, nil
		}
	}
	return nil, fmt.Errorf("%w: value %.40q", graph.ErrDamaged, b)
}
