// Package dgraphstore keeps the graph in a Dgraph cluster (v24), for those whose graph outgrows one machine or must
// outlive one. [Open] takes its address, dgraph://host:port,host:port/name.
//
// # Schema
//
// Every quad is a node, found by the keys of what it says. The predicates of a store begin with its name, "whence"
// unless the address gives another:
//
//	quad                                the quad
//	subject, predicate, object, label   the keys of its values
//	text_id                             the key of the hash of a text
//	hash, text                          that hash, and the text
//	number, entry                       the number of an entry of the log, and the entry
//	format, head, quads, texts          of one node: the version of the schema, the last entry, and counts
//
// A key is the first 63 bits of a SHA-256. So nothing that a document says is ever part of a query, and a value
// may be of any length and hold any byte, though Dgraph bounds what it indexes and takes UTF-8 only. Two values may
// have one key: what is read by key is compared. Quads, texts and entries are kept in base64, long ones compressed.
//
// What was tried before that, on three alphas with documents of 1,000 quads (medians; the processors were shared):
//
//   - A label as a facet of an edge: an edge has one value for each facet, and a second label takes the place of the
//     first (TestFacetKeepsOneLabel), where two labels that state one edge must stay two quads. Facets
//     have no index either, so that reading a label would scan the graph.
//   - A quad as a node with edges to nodes for its four values, and reverse edges to find it: 22 ms for the
//     500 quads of 50 subjects, 9 ms for those of two predicates, 55 ms for a label.
//   - A quad as a node with keys, as it is here: 4 ms, 2 ms and 8 ms. An index on a key is a reverse edge without the
//     node at its end, and the quad is one value instead of four nodes to go to. Writing costs about the same.
//   - 1,000 quads written took 670 ms of the alphas' processors with keys as strings and a key for the whole quad, 520 ms
//     with numbers, 450 ms without that key: what is held of a batch is found by label and subject. Dgraph's search for
//     conflicts on every predicate, instead of on the store's one node, would take 50 ms more.
//
// # Reading
//
// Every read is one request with the whole frontier in it. An answer of more than 5,000 quads goes on in further ones,
// by rising node. A [store.Snapshot] reads at one time of Dgraph's clock, whichever alpha it asks. The alphas take
// turns; one that does not answer is left alone for some seconds, and another is asked.
//
// A snapshot holds nothing in the cluster, and Dgraph gives up old versions in time: a snapshot is for the minutes of
// a question or of a backup, not for days. Each tells when it finds another number of quads than the store counted at
// that time.
//
// # Writing
//
// An Apply is one transaction: a request that looks up what is held, and one that adds, removes and commits; more when the
// batch has over 20,000 statements (five for a quad), still in one transaction. Every Apply writes the counts of the store, so that Dgraph
// aborts one of two that overlap. It is tried again on what the other left, and then finds that its entry is
// no longer the next ([store.ErrBehind]), or does only what is still to be done. Any number of processes may write.
//
// When an alpha is lost in the middle of a commit, the cluster is first made to forget the transaction if it is not
// committed, and then asked whether it is: by the entry of the log, or, without one, by what is left to do. So a
// batch is never done twice, and never half. All of this is tried for a minute before it is an error; one that
// says it is not known whether the batch was written means that no alpha answered any more.
//
// # Running a cluster
//
// A zero hands out times and decides commits; alphas hold the data. The alphas of a group hold the same predicates, so
// a group of three (zero's --replicas=3) loses nothing and goes on answering when one of them is lost; two lost
// stop it until one is back. Run three zeros for the same reason: without a majority of them nothing is read or written.
// More alphas than replicas make further groups, among which zero spreads the predicates: that is how a graph becomes larger than
// a machine. A predicate is never split, and quad, subject, object, label and predicate are
// most of a store: there is work for five groups, and room is needed for the largest, quad, on one machine. See BENCHMARKS.md for memory and disk as measured.
//
// The connections are not encrypted and nobody logs in: keep a cluster in a network of its own.
// Dgraph's own limits need no change: mutations-nquad (1,000,000) is fifty times what one request holds.
package dgraphstore
