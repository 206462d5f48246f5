// Package pgquads keeps the graph in PostgreSQL.
package pgquads
