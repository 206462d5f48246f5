package vocab_test

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"
	"github.com/google/go-cmp/cmp"
	"github.com/knakk/rdf"

	"whence/graph"
	"whence/graph/vocab"
)

var update = flag.Bool("update", false, "write ontology.ttl anew from the tables")

// The ontology file says the same as the tables, statement by statement, so that
// neither can be changed without the other.
func TestOntologyHoldsTheTablesBothWays(t *testing.T) {
	if *update {
		if err := os.WriteFile("ontology.ttl", []byte(turtle()), 0o644); err != nil {
			t.Fatal(err)
		}
		vocab.Ontology = turtle()
	}
	got := statements(t, vocab.Ontology)
	var want []string
	add := func(s quad.IRI, p string, o string) { want = append(want, string(s)+" "+p+" "+o) }
	for _, c := range vocab.Classes {
		add(c.IRI, string(vocab.Type), vocab.RDFS+"Class")
		add(c.IRI, vocab.RDFS+"label", c.Name())
		add(c.IRI, vocab.RDFS+"comment", c.Comment)
		for _, o := range c.Sub {
			add(c.IRI, vocab.RDFS+"subClassOf", string(o))
		}
	}
	for _, p := range vocab.Properties {
		add(p.IRI, string(vocab.Type), vocab.RDF+"Property")
		add(p.IRI, vocab.RDFS+"label", p.Name())
		add(p.IRI, vocab.RDFS+"comment", p.Comment)
		ends := func(list []quad.IRI, one, several string) {
			for _, o := range list {
				if len(list) == 1 {
					add(p.IRI, vocab.RDFS+one, string(o))
				} else {
					add(p.IRI, vocab.Schema+several, string(o))
				}
			}
		}
		ends(p.Domain, "domain", "domainIncludes")
		ends(p.Range, "range", "rangeIncludes")
		if p.Inverse != "" {
			add(p.IRI, vocab.OWL+"inverseOf", string(p.Inverse))
		}
		for _, o := range p.Sub {
			add(p.IRI, vocab.RDFS+"subPropertyOf", string(o))
		}
		for _, o := range p.Near {
			add(p.IRI, vocab.SKOS+"closeMatch", string(o))
		}
	}
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("ontology.ttl and the tables differ (go test ./graph/vocab -update writes it anew); -tables +file:\n%s", diff)
	}
}

// statements reads what a Turtle file says of Whence's own terms, sorted.
func statements(t *testing.T, ttl string) []string {
	t.Helper()
	dec := rdf.NewTripleDecoder(strings.NewReader(ttl), rdf.Turtle)
	var out []string
	for {
		triple, err := dec.Decode()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("ontology.ttl does not parse: %v", err)
		}
		if s := triple.Subj.String(); strings.HasPrefix(s, vocab.Namespace) && s != vocab.Namespace {
			out = append(out, s+" "+triple.Pred.String()+" "+triple.Obj.String())
		}
	}
	slices.Sort(out)
	return out
}

var prefixes = []struct{ name, iri string }{
	{"w", vocab.Namespace},
	{"rdf", vocab.RDF},
	{"rdfs", vocab.RDFS},
	{"owl", vocab.OWL},
	{"xsd", vocab.XSD},
	{"skos", vocab.SKOS},
	{"prov", vocab.PROV},
	{"oa", vocab.OA},
	{"cito", vocab.CiTO},
	{"dcterms", vocab.DCTerms},
	{"schema", vocab.Schema},
}

// turtle writes the tables as Turtle.
func turtle() string {
	var b strings.Builder
	b.WriteString("# The vocabulary of Whence: what joins what, and the public terms it stands for.\n# A domain or range of several classes is schema:domainIncludes or rangeIncludes: any of them.\n\n")
	for _, p := range prefixes {
		fmt.Fprintf(&b, "@prefix %s: <%s> .\n", p.name, p.iri)
	}
	fmt.Fprintf(&b, "\n<%s> a owl:Ontology ;\n\trdfs:label \"Whence\" ;\n\trdfs:comment \"Where claims come from: documents, the claims they make, who made them, and how one led to another.\" .\n", vocab.Namespace)
	entry := func(iri quad.IRI, kind, label, comment string, more ...string) {
		fmt.Fprintf(&b, "\n%s a %s ;\n\trdfs:label %q ;\n\trdfs:comment %q", short(iri), kind, label, comment)
		for _, m := range more {
			if m != "" {
				b.WriteString(" ;\n\t" + m)
			}
		}
		b.WriteString(" .\n")
	}
	b.WriteString("\n# Classes.\n")
	for _, c := range vocab.Classes {
		entry(c.IRI, "rdfs:Class", c.Name(), c.Comment, list("rdfs:subClassOf", c.Sub))
	}
	b.WriteString("\n# Properties.\n")
	for _, p := range vocab.Properties {
		domain, rng, inverse := "rdfs:domain", "rdfs:range", ""
		if len(p.Domain) > 1 {
			domain = "schema:domainIncludes"
		}
		if len(p.Range) > 1 {
			rng = "schema:rangeIncludes"
		}
		if p.Inverse != "" {
			inverse = "owl:inverseOf " + short(p.Inverse)
		}
		entry(p.IRI, "rdf:Property", p.Name(), p.Comment, list(domain, p.Domain), list(rng, p.Range), inverse,
			list("rdfs:subPropertyOf", p.Sub), list("skos:closeMatch", p.Near))
	}
	return b.String()
}

func list(predicate string, objects []quad.IRI) string {
	if len(objects) == 0 {
		return ""
	}
	names := make([]string, len(objects))
	for i, o := range objects {
		names[i] = short(o)
	}
	return predicate + " " + strings.Join(names, ", ")
}

func short(iri quad.IRI) string {
	for _, p := range prefixes {
		if rest, ok := strings.CutPrefix(string(iri), p.iri); ok {
			return p.name + ":" + rest
		}
	}
	return iri.String()
}

func TestTermsAreDeclaredOnceAndReferToDeclaredTerms(t *testing.T) {
	seen := map[quad.IRI]bool{}
	for _, c := range vocab.Classes {
		if seen[c.IRI] {
			t.Errorf("%s is declared twice", c.IRI)
		}
		seen[c.IRI] = true
		for _, s := range c.Sub {
			if strings.HasPrefix(string(s), vocab.Namespace) && !seen[s] {
				t.Errorf("%s is part of %s, which is not declared before it", c.IRI, s)
			}
		}
	}
	for _, p := range vocab.Properties {
		if seen[p.IRI] {
			t.Errorf("%s is declared twice", p.IRI)
		}
		seen[p.IRI] = true
	}
	inverse := map[quad.IRI]quad.IRI{}
	for _, p := range vocab.Properties {
		inverse[p.IRI] = p.Inverse
		for _, o := range slices.Concat(p.Domain, p.Range, []quad.IRI{p.Inverse}) {
			if strings.HasPrefix(string(o), vocab.Namespace) && !seen[o] {
				t.Errorf("%s refers to %s, which is not declared", p.IRI, o)
			}
		}
	}
	for p, i := range inverse {
		if i != "" && inverse[i] != p {
			t.Errorf("%s has the inverse %s, whose inverse is %q", p, i, inverse[i])
		}
	}
}

func TestProgrammesAndPlacesAreNoAgents(t *testing.T) {
	sub := map[quad.IRI][]quad.IRI{}
	for _, c := range vocab.Classes {
		sub[c.IRI] = c.Sub
	}
	var isAgent func(quad.IRI) bool
	isAgent = func(c quad.IRI) bool {
		return c == vocab.Agent || c == vocab.PROV+"Agent" || slices.ContainsFunc(sub[c], isAgent)
	}
	for class, want := range map[quad.IRI]bool{
		vocab.Person: true, vocab.Organisation: true, vocab.Government: true, vocab.Publication: true, vocab.Anonymous: true,
		vocab.Programme: false, vocab.Place: false,
	} {
		if isAgent(class) != want {
			t.Errorf("%s is an agent: %v, want %v", class, !want, want)
		}
	}
}

func TestPredicateIsTheInverseOfIRI(t *testing.T) {
	n := 0
	for _, p := range vocab.Properties {
		short, ok := vocab.Predicate(p.IRI)
		if ok != p.Relation {
			t.Errorf("Predicate(%s) says relation %v, the table %v", p.IRI, ok, p.Relation)
		}
		if !ok {
			if got := vocab.IRI(graph.Predicate(p.Name())); got != "" {
				t.Errorf("IRI(%q) = %s for a field", p.Name(), got)
			}
			continue
		}
		n++
		if got := vocab.IRI(short); got != p.IRI || string(short) != p.Name() {
			t.Errorf("%s is called %q, which is %s", p.IRI, short, got)
		}
	}
	if n != len(predicates(t)) {
		t.Errorf("%d relations in the table, %d in graph", n, len(predicates(t)))
	}
	for _, p := range predicates(t) {
		if vocab.IRI(p) == "" {
			t.Errorf("%q of graph has no IRI", p)
		}
	}
	for _, iri := range []quad.IRI{"", "urn:whence:ns:", "asserted-by", "http://example.org/asserted-by"} {
		if p, ok := vocab.Predicate(iri); ok {
			t.Errorf("Predicate(%q) = %q", iri, p)
		}
	}
	if got := vocab.IRI("no-such-relation"); got != "" {
		t.Errorf("an unknown relation has the IRI %s", got)
	}
}

func TestEveryNodeTypeHasClasses(t *testing.T) {
	for _, typ := range graph.NodeTypes {
		classes := vocab.ClassesOf(typ)
		if len(classes) == 0 {
			t.Errorf("no class for %s", typ)
		}
		for _, c := range classes {
			if got, ok := vocab.NodeTypeOf(c); !ok || got != typ {
				t.Errorf("class %s is of type %q, want %q", c, got, typ)
			}
		}
	}
	for _, c := range []quad.IRI{vocab.Reading, vocab.Named, vocab.Agent, vocab.Identified, "http://example.org/C"} {
		if got, ok := vocab.NodeTypeOf(c); ok {
			t.Errorf("class %s is of type %q, want none", c, got)
		}
	}
}
