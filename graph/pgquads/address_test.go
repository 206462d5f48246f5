package pgquads

import (
	"errors"
	"strings"
	"testing"

	"whence/graph"
)

func TestAddressWithoutDatabase(t *testing.T) {
	for _, c := range []struct{ address, name string }{
		{"postgres://ann@db.example/news", "PostgreSQL at db.example:5432, database news"},
		{"postgres://ann@db.example", "PostgreSQL at db.example:5432, database ann (the user's own, as the address names none: postgres://host/DATABASE)"},
		{"postgres://ann@db.example/", "PostgreSQL at db.example:5432, database ann (the user's own, as the address names none: postgres://host/DATABASE)"},
	} {
		a, err := parse(c.address)
		if err != nil {
			t.Errorf("%s: %v", c.address, err)
		} else if got := a.name(); got != c.name {
			t.Errorf("%s is called %q, want %q", c.address, got, c.name)
		}
	}
	if _, err := parse("postgres://"); !errors.Is(err, graph.ErrInvalid) || !strings.Contains(err.Error(), "neither a host nor a database") {
		t.Errorf("an address of nothing: %v", err)
	}
}
