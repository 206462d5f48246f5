package codec

import (
	"strings"
	"unicode/utf8"

	"whence/graph"
)

// A scanner reads JSON as [jsonLiteral] writes it: no spaces, keys in order. It takes a tenth
// of the time of encoding/json, which reads whatever it does not.
type scanner struct {
	rest   string
	failed bool
}

// scanPassages reads a list of passages. ok is false when it is for encoding/json to read.
func scanPassages(s string) (list []passage, ok bool) {
	c := scanner{rest: s, failed: !utf8.ValidString(s)}
	c.each(func() {
		var p passage
		c.skip(`{"start":`)
		p.Start = c.int()
		c.skip(`,"end":`)
		p.End = c.int()
		c.skip(`,"exact":`)
		p.Exact = c.string()
		if c.has(`,"prefix":`) {
			p.Prefix = c.string()
		}
		if c.has(`,"suffix":`) {
			p.Suffix = c.string()
		}
		c.skip("}")
		list = append(list, p)
	})
	return list, c.done()
}

// scanStrings reads a list of strings, as scanPassages.
func scanStrings(s string) (list []string, ok bool) {
	c := scanner{rest: s, failed: !utf8.ValidString(s)}
	c.each(func() { list = append(list, c.string()) })
	return list, c.done()
}

// scanResolved reads who is meant by a name, as scanPassages.
func scanResolved(s string) (x resolved, ok bool) {
	c := scanner{rest: s, failed: !utf8.ValidString(s)}
	c.skip(`{"predicate":`)
	x.Predicate = graph.Predicate(c.string())
	if c.has(`,"agent":`) {
		x.Agent = graph.ID(c.string())
	}
	if c.has(`,"reason":`) {
		x.Reason = c.string()
	}
	if c.has(`,"rejected":`) {
		c.each(func() { x.Rejected = append(x.Rejected, graph.ID(c.string())) })
	}
	c.skip("}")
	return x, c.done()
}

func (c *scanner) done() bool { return !c.failed && c.rest == "" }

// each reads a list that is not empty.
func (c *scanner) each(element func()) {
	c.skip("[")
	for element(); c.has(","); {
		element()
	}
	c.skip("]")
}

// has reports whether something comes next, and goes on behind it.
func (c *scanner) has(what string) bool {
	rest, ok := strings.CutPrefix(c.rest, what)
	c.rest = rest
	return ok && !c.failed
}

// skip goes on behind what must come next.
func (c *scanner) skip(what string) {
	if !c.has(what) {
		c.failed = true
	}
}

// int reads a number without a sign, of at most nine digits.
func (c *scanner) int() (n int) {
	i := 0
	for ; i < len(c.rest) && i < 9 && '0' <= c.rest[i] && c.rest[i] <= '9'; i++ {
		n = 10*n + int(c.rest[i]-'0')
	}
	if i == 0 || c.rest[0] == '0' && i > 1 {
		c.failed = true
	}
	c.rest = c.rest[i:]
	return n
}

// string reads a string.
func (c *scanner) string() string {
	c.skip(`"`)
	var unescaped []byte
	from := 0
	for i := 0; i < len(c.rest); i++ {
		switch b := c.rest[i]; {
		case b == '"':
			s := c.rest[from:i]
			c.rest = c.rest[i+1:]
			if unescaped != nil {
				s = string(append(unescaped, s...))
			}
			return s
		case b == '\\' && i+1 < len(c.rest) && escapes[c.rest[i+1]] != 0:
			unescaped = append(append(unescaped, c.rest[from:i]...), escapes[c.rest[i+1]])
			i++
			from = i + 1
		case b == '\\' || b < ' ':
			c.failed = true
			return ""
		}
	}
	c.failed = true
	return ""
}

// escapes are those of one letter (RFC 8259, 7).
var escapes = [256]byte{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}
