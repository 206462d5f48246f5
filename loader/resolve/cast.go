package resolve

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"whence/graph"
	"whence/loader/extract/name"
)

// A member is one being or thing that the document names.
type member struct {
	typ       graph.AgentType // "" while the words have not told
	gender    string
	forms     []string // as written, in order of length and then of the alphabet
	known     *graph.Agent
	posts     []post // in order of place
	scoped    bool   // its name is too short to mean the same in another document
	anonymous graph.ID
	segments  []graph.ID   // where it is named by a form of its own; nil for one that only metadata names
	passages  []graph.Span // in no order
	first     int          // where the first of the names among them begins
	full      []int        // where it is named in full, in order
	roles     []string
}

// A post is an office that the document gives a person.
type post struct {
	name.Post
	title string
	at    int // where it is said
}

// id names the member: by the authority file, else by its full name, else
// inside its document.
func (m *member) id(document graph.ID) graph.ID {
	switch {
	case m.known != nil:
		return m.known.ID
	case m.anonymous != "":
		return m.anonymous
	case m.scoped:
		return graph.NewAnonymousID(document, name.Fold(m.canonical()), "")
	}
	return graph.NewAgentID(name.Fold(m.canonical()))
}

// canonical returns the authority file's name, else the longest form met.
func (m *member) canonical() string {
	if m.known != nil {
		return m.known.Name
	}
	best := ""
	for _, f := range m.forms {
		if n, b := utf8.RuneCountInString(f), utf8.RuneCountInString(best); n > b || n == b && f < best {
			best = f
		}
	}
	return best
}

func (m *member) addForm(form string) {
	form = strings.TrimSuffix(strings.TrimSuffix(graph.FoldSpace(form), "’s"), "'s")
	if form != "" && !slices.Contains(m.forms, form) {
		m.forms = append(m.forms, form)
	}
}

func (m *member) addRole(role string) {
	if !slices.Contains(m.roles, role) {
		m.roles = append(m.roles, role)
	}
}

// A cast is everyone and everything that one document names.
type cast struct {
	document   graph.ID
	text       string
	authority  *Authority
	members    []*member
	byForm     map[string]*member   // a form that can mean only one: full names, acronyms
	bySurname  map[string][]*member // of persons named in full
	byGiven    map[string][]*member
	byInitials map[string][]*member // of bodies of three words or more
	byHead     map[string][]*member // words of the names of bodies: "society"
	called     map[string]*member   // who was meant last by a surname that several bear
}

func newCast(document graph.ID, text string, a *Authority) *cast {
	return &cast{
		document: document, text: text, authority: a, called: map[string]*member{}, byForm: map[string]*member{}, bySurname: map[string][]*member{}, byGiven: map[string][]*member{},
		byInitials: map[string][]*member{}, byHead: map[string][]*member{},
	}
}

// introduce returns the member with a full name, and makes it at the first time.
// A person's is of two words or more.
func (c *cast) introduce(form string, t graph.AgentType, gender string) *member {
	key := name.Fold(form)
	m := c.byForm[key]
	if m == nil {
		known := c.authority.named(form)
		if known != nil && !compatibleTypes(t, known.Type) {
			known = nil
		}
		if known != nil {
			for _, other := range c.members {
				if other.known == known {
					m = other
				}
			}
		}
		if m == nil && t == graph.Person {
			m = c.sameInitials(key)
		}
		if m == nil {
			m = &member{typ: t, gender: gender, known: known}
			if known != nil {
				m.typ, m.gender = known.Type, known.Gender
			}
			c.members = append(c.members, m)
		}
		c.byForm[key] = m
		c.index(m, key)
	}
	if m.typ == "" {
		m.typ = t
	}
	if m.gender == "" && m.known == nil {
		m.gender = gender
	}
	m.addForm(form)
	return m
}

// compatibleTypes reports whether a name that looks like one of type t can be
// of type k after all.
func compatibleTypes(t, k graph.AgentType) bool {
	body := func(t graph.AgentType) bool {
		return t == graph.Organisation || t == graph.Government || t == graph.Publication || t == graph.Programme
	}
	return t == "" || t == k || body(t) && body(k)
}

// sameInitials returns the person whose name differs only by a middle name or
// initial, if there is exactly one: "George W. Bush" and "George Bush".
func (c *cast) sameInitials(key string) *member {
	words := strings.Fields(key)
	if len(words) < 2 {
		return nil
	}
	var found *member
	for _, m := range c.bySurname[words[len(words)-1]] {
		for _, f := range m.forms {
			other := strings.Fields(name.Fold(f))
			if len(other) < 2 || other[0] != words[0] || len(other) == len(words) || min(len(other), len(words)) != 2 {
				continue
			}
			if found != nil && found != m {
				return nil
			}
			found = m
		}
	}
	return found
}

// index makes a member findable by the parts of its name.
func (c *cast) index(m *member, key string) {
	words := strings.Fields(key)
	put := func(to map[string][]*member, word string) {
		if !slices.Contains(to[word], m) {
			to[word] = append(to[word], m)
		}
	}
	switch {
	case m.typ == graph.Person, m.typ == "" && len(words) > 1 && len(words) <= 3:
		if len(words) > 1 {
			put(c.bySurname, words[len(words)-1])
			put(c.byGiven, words[0])
		}
		if m.typ == graph.Person {
			break
		}
		fallthrough
	default:
		var initials strings.Builder
		count := 0
		for _, w := range words {
			put(c.byHead, w)
			switch w {
			case "of", "for", "and", "the", "in", "on", "to":
				continue
			}
			r, _ := utf8.DecodeRuneInString(w)
			initials.WriteRune(r)
			count++
		}
		if count >= 3 {
			put(c.byInitials, initials.String())
		}
	}
}

// A match is who a form means, why, and who else was possible.
type match struct {
	member   *member
	reason   string
	rejected []*member
}

// short returns who is meant by less than a full name in a segment: a surname, a
// given name, an acronym. member is nil when nobody is, or when several could be.
func (c *cast) short(n name.Name, words string, seg *graph.Segment) match {
	key := name.Fold(words)
	if m := c.byForm[key]; m != nil && m.visible(seg) {
		if n.Type != graph.Person || compatibleTypes(n.Type, m.typ) || m.typ == "" {
			return match{member: m, reason: "named"}
		}
	}
	var fit []*member
	for _, m := range c.bySurname[key] {
		if m.visible(seg) && !(n.Honorific != "" && m.gender != "" && n.Gender != "" && n.Gender != m.gender) && !slices.Contains(fit, m) {
			fit = append(fit, m)
		}
	}
	switch len(fit) {
	case 1:
		return match{member: fit[0], reason: "surname of " + fit[0].canonical()}
	case 0:
	default:
		return c.namesake(fit, key, n.Span.Start)
	}
	if n.Honorific == "" {
		for _, m := range c.byGiven[key] {
			if m.visible(seg) && m.first < n.Span.Start && (m.typ == graph.Person || name.IsGiven(words)) && !slices.Contains(fit, m) {
				fit = append(fit, m)
			}
		}
		switch len(fit) {
		case 1:
			return match{member: fit[0], reason: "given name of " + fit[0].canonical() + ", named before"}
		case 0:
		default:
			return match{reason: "given name of several persons named before", rejected: fit}
		}
	}
	if isCapitals(words) {
		if found := c.byInitials[key]; len(found) == 1 && found[0].visible(seg) {
			return match{member: found[0], reason: "initials of " + found[0].canonical()}
		} else if len(found) > 1 {
			return match{reason: "initials of several names", rejected: found}
		}
	}
	if known := c.authority.named(words); known != nil && compatibleTypes(n.Type, known.Type) &&
		!(n.Gender != "" && known.Gender != "" && n.Gender != known.Gender) {
		return match{member: c.introduce(words, known.Type, known.Gender), reason: "alias in the authority file"}
	}
	return match{reason: "named nowhere in full"}
}

// namesake says which of several persons of one surname is meant by it at a place. English
// news names a person in full first and by the surname from then on, so it is the only
// one named in full before, or the one so called until now. Whoever else was
// named in full since shortly before stands in the way.
func (c *cast) namesake(fit []*member, surname string, at int) match {
	var before, near []*member
	from := c.nearFrom(at)
	for _, m := range fit {
		i, _ := slices.BinarySearch(m.full, at)
		if i == 0 {
			continue
		}
		before = append(before, m)
		if m.full[i-1] >= from {
			near = append(near, m)
		}
	}
	called := c.called[surname]
	var got *member
	reason := "surname of "
	switch {
	case len(before) == 1:
		got = before[0]
	case called == nil && len(near) == 1:
		got = near[0]
	case called != nil && (len(near) == 0 || len(near) == 1 && near[0] == called):
		got, reason = called, "so called until here: "
	default:
		return match{reason: "surname of several persons named here", rejected: fit}
	}
	c.called[surname] = got
	return match{member: got, reason: reason + got.canonical(), rejected: slices.DeleteFunc(fit, func(m *member) bool { return m == got })}
}

// nearFrom returns where the paragraph before that of a place begins, within reach.
func (c *cast) nearFrom(at int) int {
	low := max(0, at-reach)
	t := c.text[low:at]
	for range 2 {
		t = t[:max(0, strings.LastIndexByte(strings.TrimRight(t, "\r\n"), '\n'))]
	}
	return low + len(t)
}

func isCapitals(s string) bool {
	for _, r := range s {
		if !unicode.IsUpper(r) && !unicode.IsDigit(r) && r != '.' {
			return false
		}
	}
	return len(s) >= 2
}

// visible reports whether a member can be meant in a segment by less than its
// full name: readers' comments introduce nobody to the text above or to each other.
func (m *member) visible(seg *graph.Segment) bool {
	if len(m.segments) == 0 {
		return true
	}
	return slices.Contains(m.segments, "") || seg != nil && slices.Contains(m.segments, seg.ID)
}
