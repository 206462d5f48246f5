package vocab_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"whence/graph"
	"whence/graph/vocab"
)

// predicates reads the relations from the source of graph, the one list of them.
func predicates(t *testing.T) []graph.Predicate {
	t.Helper()
	var out []graph.Predicate
	for name, value := range constants(t, "../predicate.go") {
		lit, ok := value.(*ast.BasicLit)
		if !ok {
			t.Fatalf("%s is no literal", name)
		}
		s, err := strconv.Unquote(lit.Value)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, graph.Predicate(s))
	}
	return out
}

// Every constant that names a term is in the tables: a term that is written but
// not declared would be unknown to the reader of an export.
func TestEveryConstantIsDeclared(t *testing.T) {
	declared := map[string]bool{}
	for _, c := range vocab.Classes {
		declared[c.Name()] = true
	}
	for _, p := range vocab.Properties {
		declared[p.Name()] = true
	}
	for file, want := range map[string]int{"class.go": len(vocab.Classes), "property.go": len(vocab.Properties)} {
		n := 0
		for name, value := range constants(t, file) {
			sum, ok := value.(*ast.BinaryExpr)
			if !ok {
				t.Errorf("%s: %s is not in the namespace", file, name)
				continue
			}
			n++
			switch y := sum.Y.(type) {
			case *ast.BasicLit:
				s, err := strconv.Unquote(y.Value)
				if err != nil {
					t.Fatal(err)
				}
				if !declared[s] {
					t.Errorf("%s: %s (%s) is not in the table", file, name, s)
				}
			case *ast.CallExpr: // a relation, held against graph by another test
			default:
				t.Errorf("%s: %s has a value of an unknown form", file, name)
			}
		}
		if n != want {
			t.Errorf("%s has %d constants, its table %d entries", file, n, want)
		}
	}
}

func constants(t *testing.T, file string) map[string]ast.Expr {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]ast.Expr{}
	for _, d := range parsed.Decls {
		gen, ok := d.(*ast.GenDecl)
		if !ok || gen.Tok != token.CONST {
			continue
		}
		for _, s := range gen.Specs {
			v := s.(*ast.ValueSpec)
			for i, name := range v.Names {
				out[name.Name] = v.Values[i]
			}
		}
	}
	return out
}

func TestTermsAreValidIRIs(t *testing.T) {
	check := func(iri quad.IRI) {
		if iri == "" || strings.ContainsAny(string(iri), "<>\"{}|^`\\ ") || !strings.Contains(string(iri), ":") {
			t.Errorf("%q is no IRI", iri)
		}
	}
	for _, c := range vocab.Classes {
		check(c.IRI)
	}
	for _, p := range vocab.Properties {
		check(p.IRI)
	}
}
