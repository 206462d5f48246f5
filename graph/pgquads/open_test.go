package pgquads

import (
	"errors"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"

	"whence/graph"
	"whence/graph/store"
)

func TestOpenRefuses(t *testing.T) {
	const password = "tangerine"
	base := server(t)
	role := "whence_test_" + strings.ToLower(strings.TrimPrefix(schema(t).Query().Get("schema"), "test_"))
	execute(t, base, `CREATE ROLE `+role+` LOGIN PASSWORD '`+password+`'`)
	t.Cleanup(func() { execute(t, base, `DROP ROLE `+role) })
	// at returns the address of what a change makes of a place.
	at := func(u *url.URL, change func(*url.URL)) string {
		v := *u
		change(&v)
		return v.String()
	}
	place := func(t *testing.T, statements ...string) *url.URL {
		u := schema(t)
		open(t, u)
		execute(t, u, statements...)
		return u
	}
	for _, c := range []struct {
		name    string
		address func(t *testing.T) string
		is      error
		says    string
	}{
		{"no address", func(*testing.T) string { return "" }, graph.ErrInvalid, "postgres://user:password@host"},
		{"a password that is not escaped", func(*testing.T) string { return "postgres://u:" + password + "%zz@localhost/db" }, graph.ErrInvalid, "%40"},
		{"a port that is none", func(*testing.T) string { return "postgres://u:" + password + "@localhost:many/db" }, graph.ErrInvalid, "%40"},
		{"a setting that is none", func(*testing.T) string {
			return "postgres://u:" + password + "@localhost/db?sslmode=perhaps&password=" + password
		}, graph.ErrInvalid, "localhost"},
		{"no server", func(*testing.T) string { return "postgres://u:" + password + "@127.0.0.1:1/db" }, nil, "no server answers"},
		{"no such host", func(*testing.T) string { return "postgres://u:" + password + "@nowhere.invalid/db" }, nil, "no server answers"},
		{"the wrong password", func(t *testing.T) string {
			conn := connect(t, base)
			var trusts bool
			if err := conn.QueryRow(t.Context(), `SELECT EXISTS (SELECT FROM pg_hba_file_rules WHERE auth_method = 'trust' AND type = 'host' AND 'all' = ANY(database))`).Scan(&trusts); err != nil {
				t.Fatal(err)
			}
			if trusts {
				t.Skip("NOT TESTED: the server asks for no password")
			}
			return at(base, func(u *url.URL) { u.User = url.UserPassword(role, password+"s") })
		}, nil, "check the user and the password"},
		{"no such database", func(*testing.T) string { return at(base, func(u *url.URL) { u.Path = "/whence_test_none" }) }, nil, "createdb"},
		{"no right to make tables", func(t *testing.T) string {
			return at(database(t), func(u *url.URL) { u.User = url.UserPassword(role, password); u.RawQuery = "schema=public" })
		}, nil, "GRANT CREATE"},
		{"no right to make the schema", func(t *testing.T) string {
			return at(database(t), func(u *url.URL) { u.User = url.UserPassword(role, password); u.RawQuery = "schema=mine" })
		}, nil, "GRANT CREATE"},
		{"no right to read", func(t *testing.T) string {
			u := place(t)
			execute(t, u, `GRANT USAGE ON SCHEMA `+pgx.Identifier{u.Query().Get("schema")}.Sanitize()+` TO `+role)
			return at(u, func(u *url.URL) { u.User = url.UserPassword(role, password) })
		}, nil, "GRANT CREATE"},
		{"another's table of the same name", func(t *testing.T) string {
			u := schema(t)
			name := u.Query().Get("schema")
			execute(t, u, `CREATE SCHEMA `+name, `CREATE TABLE nodes (id INT)`)
			return u.String()
		}, graph.ErrConflict, "?schema="},
		{"another's table with a column more", func(t *testing.T) string {
			return place(t, `ALTER TABLE quads ADD COLUMN weight INT`).String()
		}, graph.ErrConflict, "quads"},
		{"a table that is gone", func(t *testing.T) string { return place(t, `DROP TABLE whence_log`).String() }, graph.ErrDamaged, "whence_log"},
		{"no format", func(t *testing.T) string { return place(t, `DELETE FROM whence_store`).String() }, graph.ErrDamaged, "whence_store"},
		{"a newer format", func(t *testing.T) string {
			return place(t, `UPDATE whence_store SET format = 2`, `ALTER TABLE whence_log ADD COLUMN more INT`).String()
		}, graph.ErrVersion, "use a newer whence"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, err := Open(t.Context(), c.address(t), Options{})
			if err == nil {
				_ = s.Close()
				t.Fatal("it is opened")
			}
			if c.is != nil && !errors.Is(err, c.is) {
				t.Errorf("error %v is not %v", err, c.is)
			}
			if !strings.Contains(err.Error(), c.says) {
				t.Errorf("error %q does not say %q", err, c.says)
			}
			secret, _ := base.User.Password()
			if strings.Contains(err.Error(), password) || secret != "" && strings.Contains(err.Error(), secret) {
				t.Errorf("the password is in %q", err)
			}
		})
	}
}

func TestOpenWithRightsToReadOnly(t *testing.T) {
	u := schema(t)
	apply(t, open(t, u), store.Batch{Add: document(1)})
	role := "whence_" + u.Query().Get("schema")
	name := pgx.Identifier{u.Query().Get("schema")}.Sanitize()
	execute(t, u, `CREATE ROLE `+role+` LOGIN PASSWORD 'x'`, `GRANT USAGE ON SCHEMA `+name+` TO `+role, `GRANT SELECT ON ALL TABLES IN SCHEMA `+name+` TO `+role)
	t.Cleanup(func() { execute(t, u, `DROP OWNED BY `+role, `DROP ROLE `+role) })
	reader := *u
	reader.User = url.UserPassword(role, "x")
	s := open(t, &reader)
	sameQuads(t, document(1), allOf(t, snapshotOf(t, s)))
	if err := s.Apply(t.Context(), store.Batch{Add: document(2)}); err == nil || !strings.Contains(err.Error(), "has not the right") {
		t.Errorf("a write without the right to: %v", err)
	}
	sameQuads(t, document(1), allOf(t, snapshotOf(t, s)))
}

// TestOpenAtOnce opens an empty database many times at once.
func TestOpenAtOnce(t *testing.T) {
	u := schema(t)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			s, err := Open(t.Context(), u.String(), Options{})
			if err != nil {
				t.Error(err)
				return
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	conn := connect(t, u)
	var rows int
	if err := conn.QueryRow(t.Context(), `SELECT count(*) FROM whence_store`).Scan(&rows); err != nil || rows != 1 {
		t.Errorf("whence_store has %d rows, %v", rows, err)
	}
}

func TestOpenPlaces(t *testing.T) {
	u := database(t)
	in := func(params string) *url.URL {
		v := *u
		v.RawQuery = params
		return &v
	}
	names := []string{"", "schema=a", "schema=" + url.QueryEscape(`Odd "name"; DROP TABLE nodes; --`)}
	for i, params := range names {
		apply(t, open(t, in(params)), store.Batch{Add: document(i)})
	}
	for i, params := range names {
		sameQuads(t, document(i), allOf(t, snapshotOf(t, open(t, in(params)))))
	}
	// Without a name it is the store that the user's search path finds, in whichever schema that is.
	sameQuads(t, document(1), allOf(t, snapshotOf(t, open(t, in("search_path=nowhere,a")))))
}
