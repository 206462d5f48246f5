// Package pgquads keeps the graph in PostgreSQL (12 or newer), on the tables of Cayley's own backend for it.
//
// # Tables
//
// Quads are in Cayley's nodes and quads, so that Cayley reads what is written here, and what it
// has written in a database that it made is read here. Beside them are whence_texts, whence_log and
// whence_store. A node is known by the SHA-1 of its N-Quads form, and counts in refs the places of quads in which it
// stands; Cayley deletes by that count, so it is kept right.
//
// A database that is made here has the indexes that answer by subject, by object and by label. Who asks for
// all quads of a rare predicate through Cayley itself, whatever their ends, wants another:
//
//	CREATE INDEX ON quads (predicate_hash, object_hash, subject_hash);
//
// What a text column of PostgreSQL cannot hold (a NUL, what is not UTF-8), and the four letters \x00, which Cayley
// would read as a NUL, are in the column value as the protobuf that Cayley reads there. A value that does not have
// the hash that it is found by is damage.
//
// # Reading and writing
//
// A hop from a few nodes is one round trip, in which the values of the quads come too. Values that were read are kept,
// up to 16 MB of them: one from many nodes, and any after an answer that was known, asks for quads alone, which takes
// the server a fifth of the time, and asks once more for the values that it does not know. Who reads everything
// (backup, verify) gets what the tables hold, not what is kept.
//
// An Apply is three round trips: all but the new quads, these with COPY, and the COMMIT. A batch of which some quads
// turn out to be held is sent again in a slower way.
//
// # Transactions
//
// A snapshot is a transaction that only reads, on a connection of its own: there can be 16 at a time, or pool_max_conns
// of the address, and the next one waits. An Apply is one transaction on another connection, so that it never waits
// for snapshots; the Applies of all processes follow one another under an advisory lock. Its entry is refused
// with [store.ErrBehind] when another process has written in the meantime.
//
// A snapshot that lasts keeps PostgreSQL from cleaning up the rows that change with every Apply, the counts of the
// nodes that are everywhere: what is written beside a snapshot of hours gets slower until it is closed.
//
// A snapshot is also a quad store of Cayley (its method QuadStore), for the query languages.
//
// # Lost connections
//
// For half a minute (see [Options]) they are asked for again. A snapshot goes on with another connection if nothing was
// applied since it began, and else fails with [store.ErrBehind]. An Apply is sent again; whether it was done
// before the connection was lost tells a random number that its entry bears.
//
// Durable is what the server makes of it: synchronous_commit is set to on where it is off, but one that runs with
// fsync=off loses what it acknowledged.
//
// # Erasing
//
// What is removed is gone for every query once it is committed. Its bytes stay in the pages of the tables until VACUUM,
// which autovacuum does in time, makes the space free and something else is written there; VACUUM FULL on nodes, quads
// and whence_texts writes the tables anew without them. They also stay in the write-ahead log until its files are
// recycled, in archives of it, in standby servers until they follow, and in backups.
package pgquads
