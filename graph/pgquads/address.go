package pgquads

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"whence/graph"
)

// mostReaders is how many snapshots of one store there can be at a time, unless the address says pool_max_conns.
const mostReaders = 16

// An address is where a store is.
type address struct {
	config *pgxpool.Config
	schema string // "" where the address names none
}

// parse reads an address. No error of it quotes the address: a password may be anywhere in one that is malformed.
func parse(s string) (address, error) {
	var a address
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "postgres" && u.Scheme != "postgresql" {
		return a, fmt.Errorf("the address is not of the form postgres://user:password@host:5432/database, "+
			"in which special characters of the password are written as %%40 and the like: %w", graph.ErrInvalid)
	}
	if u.Host == "" && u.Path == "" && u.RawQuery == "" {
		return a, fmt.Errorf("the address names neither a host nor a database: it is of the form postgres://user:password@host:5432/database: %w", graph.ErrInvalid)
	}
	q := u.Query()
	a.schema = q.Get("schema")
	q.Del("schema")
	most := q.Has("pool_max_conns")
	u.RawQuery = q.Encode()
	if a.config, err = pgxpool.ParseConfig(u.String()); err != nil {
		return a, fmt.Errorf("the address of the PostgreSQL database at %s has a setting that cannot be read: %w", u.Host, graph.ErrInvalid)
	}
	if !most {
		a.config.MaxConns = mostReaders
	}
	if a.config.ConnConfig.ConnectTimeout == 0 || !q.Has("connect_timeout") {
		a.config.ConnConfig.ConnectTimeout = 10 * time.Second
	}
	return a, nil
}

// name says where a store is, without the password.
func (a address) name() string {
	c := a.config.ConnConfig
	host := fmt.Sprintf("%s:%d", c.Host, c.Port)
	if strings.HasPrefix(c.Host, "/") {
		host = fmt.Sprintf("the socket in %s, port %d,", c.Host, c.Port)
	}
	if c.Database == "" { // what the server takes then
		return fmt.Sprintf("PostgreSQL at %s, database %s (the user's own, as the address names none: postgres://host/DATABASE)", host, c.User)
	}
	return fmt.Sprintf("PostgreSQL at %s, database %s", host, c.Database)
}

// readers returns how snapshots connect. Reads know what their plan is: by index, whatever the server has
// measured of tables that were just filled.
func (a address) readers() *pgxpool.Config {
	return a.with(map[string]string{
		"application_name": "whence (reading)", "jit": "off",
		"plan_cache_mode": "force_generic_plan",
		"enable_seqscan":  "off", "enable_hashjoin": "off", "enable_mergejoin": "off",
	})
}

// writers returns how Apply connects: one connection, so that writers of one process queue here and not at
// the server. A writer of whom nothing is heard any more lets the others go on after half a minute.
func (a address) writers() *pgxpool.Config {
	c := a.with(map[string]string{
		"application_name": "whence (writing)", "jit": "off",
		"plan_cache_mode":                     "force_generic_plan",
		"enable_seqscan":                      "off",
		"idle_in_transaction_session_timeout": "30s",
	})
	c.MaxConns, c.MinConns, c.MinIdleConns = 1, 0, 0
	c.AfterConnect = func(ctx context.Context, conn *pgx.Conn) error {
		_, err := conn.Exec(ctx, `SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'`)
		return err
	}
	return c
}

func (a address) with(settings map[string]string) *pgxpool.Config {
	c := a.config.Copy()
	settings["search_path"] = pgx.Identifier{a.schema}.Sanitize()
	maps.Copy(c.ConnConfig.RuntimeParams, settings)
	return c
}

// explain says what to do about an error of opening.
func (a address) explain(err error) error {
	c := a.config.ConnConfig
	var pg *pgconn.PgError
	var connect *pgconn.ConnectError
	var hint string
	switch {
	case errors.As(err, &pg):
		switch pg.Code {
		case "28P01", "28000":
			hint = fmt.Sprintf("the server does not let %s in: check the user and the password", c.User)
		case "3D000":
			hint = "there is no such database: make it with createdb"
		case "42501":
			hint = fmt.Sprintf("%s has not the right to make or to read the tables there: grant it (GRANT CREATE, USAGE ON SCHEMA ...), "+
				"or name a schema of which %s is the owner with ?schema=NAME", c.User, c.User)
		case "53300":
			hint = "the server has no connection left: give it more (max_connections), or whence fewer with ?pool_max_conns=N"
		case "57P03":
			hint = "the server is starting up or shutting down: try again"
		}
	case errors.As(err, &connect):
		hint = "no server answers: start it, or check the address"
	}
	if hint != "" {
		return fmt.Errorf("%s: %s: %w", a.name(), hint, err)
	}
	return fmt.Errorf("%s: %w", a.name(), err)
}
