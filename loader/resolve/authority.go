package resolve

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"whence/graph"
	"whence/loader/extract/name"
)

// An Authority is an authority file with indexes over its names and offices. It
// is safe for concurrent use.
type Authority struct {
	graph.Authority
	byID    map[graph.ID]int
	byForm  map[string][]int // folded name or alias → agents, in order
	holders []holder
}

// A holder is an agent in a post over an interval.
type holder struct {
	agent  int
	office graph.Office
	posts  []name.Post // its title and the title's aliases
}

// The file as written.
type authorityFile struct {
	Agents     []authorityAgent `yaml:"agents"     json:"agents"`
	Programmes []authorityAgent `yaml:"programmes" json:"programmes"`
}

type authorityAgent struct {
	Key      string            `yaml:"key"      json:"key"`
	Name     string            `yaml:"name"     json:"name"`
	Type     string            `yaml:"type"     json:"type"`
	Gender   string            `yaml:"gender"   json:"gender"`
	Aliases  []string          `yaml:"aliases"  json:"aliases"`
	Acronym  string            `yaml:"acronym"  json:"acronym"`
	Offices  []authorityOffice `yaml:"offices"  json:"offices"`
	External []string          `yaml:"external" json:"external"`
}

type authorityOffice struct {
	Title   string   `yaml:"title"   json:"title"`
	Aliases []string `yaml:"aliases" json:"aliases"`
	Body    string   `yaml:"body"    json:"body"`
	From    string   `yaml:"from"    json:"from"`
	Until   string   `yaml:"until"   json:"until"`
}

// LoadAuthority reads an authority file; see the package comment for its form.
// The label depends on what the file says, not on its comments, its layout or
// the order of its agents. An error wraps [graph.ErrInvalid] and names the line.
func LoadAuthority(b []byte) (*Authority, error) {
	var f authorityFile
	if err := yaml.UnmarshalWithOptions(b, &f, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("authority file: %s: %w", strings.TrimSpace(err.Error()), graph.ErrInvalid)
	}
	tree, err := parser.ParseBytes(b, 0)
	if err != nil {
		return nil, fmt.Errorf("authority file: %s: %w", strings.TrimSpace(err.Error()), graph.ErrInvalid)
	}
	for i := range f.Programmes {
		if p := &f.Programmes[i]; p.Type == "" {
			p.Type = string(graph.Programme)
		}
	}
	if err := f.check(tree); err != nil {
		return nil, err
	}
	all := append(slices.Clone(f.Agents), f.Programmes...)
	slices.SortFunc(all, func(a, b authorityAgent) int { return strings.Compare(a.Key, b.Key) })
	for _, x := range all {
		slices.Sort(x.Aliases)
		slices.Sort(x.External)
	}
	canonical, err := json.Marshal(all)
	if err != nil {
		return nil, fmt.Errorf("authority file: %w", err)
	}
	a := &Authority{
		Authority: graph.Authority{Label: graph.NewAuthorityLabel(canonical)},
		byID:      map[graph.ID]int{}, byForm: map[string][]int{},
	}
	for _, x := range all {
		a.add(x)
	}
	return a, nil
}

var keyForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

var agentTypes = []graph.AgentType{graph.Person, graph.Organisation, graph.Government, graph.Publication, graph.Programme, graph.Place}

// check finds the first thing wrong in the order of the file.
func (f *authorityFile) check(tree *ast.File) error {
	seen := map[string]bool{}
	for _, list := range []struct {
		name   string
		agents []authorityAgent
	}{{"agents", f.Agents}, {"programmes", f.Programmes}} {
		for i, x := range list.agents {
			fail := func(field, format string, args ...any) error {
				path := fmt.Sprintf("$.%s[%d]", list.name, i)
				return fmt.Errorf("authority file: line %d: %s: %w", lineOf(tree, path+field, path), fmt.Sprintf(format, args...), graph.ErrInvalid)
			}
			switch {
			case !keyForm.MatchString(x.Key) || len(x.Key) == 32:
				return fail(".key", "key %q: want lower-case letters, digits and hyphens, not 32 in all", x.Key)
			case seen[x.Key]:
				return fail(".key", "key %q stands twice", x.Key)
			case graph.FoldSpace(x.Name) == "":
				return fail("", "%s has no name", x.Key)
			case !slices.Contains(agentTypes, graph.AgentType(x.Type)):
				return fail(".type", "type %q of %s: want one of %v", x.Type, x.Key, agentTypes)
			case x.Gender != "" && x.Gender != "female" && x.Gender != "male":
				return fail(".gender", "gender %q of %s: want female or male", x.Gender, x.Key)
			}
			seen[x.Key] = true
			for k, o := range x.Offices {
				from, err := graph.ParseDate(o.From)
				if err != nil {
					return fail(fmt.Sprintf(".offices[%d].from", k), "%v", err)
				}
				until, err := graph.ParseDate(o.Until)
				if err != nil {
					return fail(fmt.Sprintf(".offices[%d].until", k), "%v", err)
				}
				if from.After(until) {
					return fail(fmt.Sprintf(".offices[%d].until", k), "office %q ends before it begins", o.Title)
				}
				if _, ok := name.ParsePost(o.Title); !ok {
					return fail(fmt.Sprintf(".offices[%d].title", k), "title %q: no word of it names a post", o.Title)
				}
			}
		}
	}
	return nil
}

// lineOf returns the line of the first path that is in the file, from 1.
func lineOf(tree *ast.File, paths ...string) int {
	for _, path := range paths {
		if p, err := yaml.PathString(path); err == nil {
			if n, err := p.FilterFile(tree); err == nil && n != nil && n.GetToken() != nil {
				return n.GetToken().Position.Line
			}
		}
	}
	return 1
}

func (a *Authority) add(x authorityAgent) {
	i := len(a.Agents)
	g := graph.Agent{
		ID: graph.AuthorityAgentID(x.Key), Type: graph.AgentType(x.Type), Name: graph.FoldSpace(x.Name),
		Aliases: slices.Clone(x.Aliases), External: x.External, Gender: x.Gender, Identified: true,
	}
	if x.Acronym != "" {
		g.Aliases = append(g.Aliases, x.Acronym)
	}
	slices.Sort(g.Aliases)
	g.Aliases = slices.Compact(g.Aliases)
	for _, o := range x.Offices {
		office := graph.Office{Title: o.Title, Body: o.Body, From: graph.Date(o.From), Until: graph.Date(o.Until)}
		g.Offices = append(g.Offices, office)
		h := holder{agent: i, office: office}
		for _, title := range append([]string{o.Title}, o.Aliases...) {
			if p, ok := name.ParsePost(title); ok {
				h.posts = append(h.posts, p)
			}
		}
		a.holders = append(a.holders, h)
	}
	slices.SortStableFunc(g.Offices, func(p, q graph.Office) int { return strings.Compare(string(p.From), string(q.From)) })
	a.Agents = append(a.Agents, g)
	a.byID[g.ID] = i
	for _, form := range append([]string{g.Name}, g.Aliases...) {
		key := name.Fold(form)
		if !slices.Contains(a.byForm[key], i) {
			a.byForm[key] = append(a.byForm[key], i)
		}
	}
}

// named returns the one agent that a form names; nil when there is none, or more than one.
func (a *Authority) named(form string) *graph.Agent {
	if a == nil {
		return nil
	}
	if found := a.byForm[name.Fold(form)]; len(found) == 1 {
		return &a.Agents[found[0]]
	}
	return nil
}

// holdersOn returns who can have held a post on a date, in order of agent, and
// every other holder that the file lists for it. An unknown date leaves all of them possible.
// The title must say no more than the file's titles do.
func (a *Authority) holdersOn(p name.Post, on graph.Date) (possible, others []graph.ID) {
	if a == nil {
		return nil, nil
	}
	for _, h := range a.holders {
		if !slices.ContainsFunc(h.posts, p.Fits) {
			continue
		}
		id := a.Agents[h.agent].ID
		if on == "" || h.office.HeldOn(on) {
			possible = append(possible, id)
		} else {
			others = append(others, id)
		}
	}
	slices.Sort(possible)
	slices.Sort(others)
	possible = slices.Compact(possible)
	others = slices.DeleteFunc(slices.Compact(others), func(id graph.ID) bool { return slices.Contains(possible, id) })
	return possible, others
}

// holdings returns the offices of an agent, with their posts, in the order of the file.
func (a *Authority) holdings(id graph.ID) []holder {
	var out []holder
	for _, h := range a.holders {
		if a.Agents[h.agent].ID == id {
			out = append(out, h)
		}
	}
	return out
}
