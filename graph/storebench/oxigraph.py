"""Measures Oxigraph as storebench measures the others: the same files, questions and results.

    python3 oxigraph.py load|bulk|ask oxigraph FOLDER SECONDS
"""

import json
import os
import sys
import time

import pyoxigraph as ox

SEPARATOR = b"# the end of a document\n"
NAMESPACE = "urn:whence:ns:"
PASSES = 5


def documents(folder):
    lines = []
    with open(os.path.join(folder, "graph.nq"), "rb") as f:
        for line in f:
            if line == SEPARATOR:
                yield b"".join(lines)
                lines = []
            else:
                lines.append(line)


def load(folder, path):
    """One transaction a document, from N-Quads, for that is the fastest way in.

    Oxigraph does not sync its transactions: each is durable once it is flushed.
    """
    store = ox.Store(path)
    took = 0.0
    for document in documents(folder):
        began = time.perf_counter()
        store.load(document, ox.RdfFormat.N_QUADS)
        store.flush()
        took += time.perf_counter() - began
    return closed(store, path, took)


def bulk(folder, path):
    """All at once, durable in the end."""
    store = ox.Store(path)
    began = time.perf_counter()
    store.bulk_load(path=os.path.join(folder, "graph.nq"), format=ox.RdfFormat.N_QUADS)
    store.flush()
    return closed(store, path, time.perf_counter() - began)


def closed(store, path, took):
    store.optimize()
    del store
    size = sum(os.path.getsize(os.path.join(d, n)) for d, _, names in os.walk(path) for n in names)
    return {"Seconds": took, "Bytes": size}


def timed(nodes, limit, ask):
    took, counts = [], []
    began, used = time.perf_counter(), time.process_time()
    for turn in range(1 + PASSES):
        if turn == 1:
            took, used = [], time.process_time()
        for node in nodes:
            if len(took) > 2 and time.perf_counter() - began > limit:
                break
            start = time.perf_counter_ns()
            count = ask(node)
            took.append((time.perf_counter_ns() - start) / 1000)
            if turn == 0:
                counts.append(count)
    took.sort()
    cpu = (time.process_time() - used) * 1e6 / len(took)
    return {"Calls": len(took), "CPU": cpu, "P50": took[len(took) // 2], "P95": took[len(took) * 95 // 100], "Counts": counts}


def memory():
    fields = {"VmRSS": "All", "RssAnon": "Own", "VmHWM": "Most"}
    out = {}
    with open("/proc/self/status") as f:
        for line in f:
            name, _, rest = line.partition(":")
            if name in fields:
                out[fields[name]] = int(rest.split()[0]) / 1024
    return out


def ask(folder, path, limit):
    with open(os.path.join(folder, "graph.json")) as f:
        questions = json.load(f)["Questions"]
    began = time.perf_counter()
    store = ox.Store(path)

    def node(n):
        return sum(1 for _ in store.quads_for_pattern(ox.NamedNode(n), None, None, None))

    node(questions["Node"][0])
    opened = (time.perf_counter() - began) * 1000

    def two_hops(first, second):
        def run(n):
            pattern = f"GRAPH ?g {{ {first.format(n=n)} }} GRAPH ?h {{ {second} }}"
            return sum(1 for _ in store.query(f"SELECT DISTINCT ?z {{ {pattern} }}"))

        return run

    said, stated = f"<{NAMESPACE}asserted-by>", f"<{NAMESPACE}stated-in>"

    answers = {
        "node": timed(questions["Node"], limit, node),
        "speaker": timed(questions["Claim"], limit, two_hops(f"<{{n}}> {said} ?y", f"?z {said} ?y")),
        "documents": timed(questions["Speaker"], limit, two_hops(f"?y {said} <{{n}}>", f"?y {stated} ?z")),
    }
    return {"Open": opened, "Memory": memory(), "Answers": answers}


def main():
    what, name, folder, seconds = sys.argv[1:]
    path = os.path.join(folder, name)
    do = {"load": load, "bulk": bulk, "ask": lambda f, p: ask(f, p, float(seconds))}
    json.dump(do[what](folder, path), sys.stdout)


main()
