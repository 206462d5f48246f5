"use strict";

// The page of Whence: it asks the API and shows what comes back. Everything that
// comes back is hostile text: it reaches the page as text nodes only, and an
// address becomes a link only when it is http or https.

const main = document.getElementById("main");
const status = document.getElementById("status");
const form = document.getElementById("search");
const filters = ["q", "speaker", "from", "to", "as_of", "commenters"];

// el makes an element: attributes, then children, which are elements or text.
function el(tag, attrs, ...children) {
  const e = document.createElement(tag);
  for (const [name, value] of Object.entries(attrs || {})) {
    if (value !== undefined && value !== null && value !== false) e.setAttribute(name, value);
  }
  for (const c of children.flat(Infinity)) {
    if (c === null || c === undefined || c === false || c === "") continue;
    e.append(c);
  }
  return e;
}

// say puts words of a document beside ours without letting them turn the line around.
const say = (words) => el("bdi", {}, words);

// out links to a page elsewhere.
function out(url, words) {
  if (!/^https?:\/\//i.test(url || "")) return say(words);
  return el("a", { href: url, rel: "noopener noreferrer nofollow", target: "_blank" }, say(words));
}

const view = (name, params) => "#" + name + "?" + new URLSearchParams(params);
const short = (id) => id.replace(/^urn:whence:/, "");
const badge = (words, sort) => el("span", { class: "badge " + (sort || "") }, words);
const join = (parts, between) => parts.filter(Boolean).flatMap((p, i) => (i ? [between, p] : [p]));

// ask gets an answer of the API, or throws its problem's sentence.
async function ask(path, params, signal) {
  const query = new URLSearchParams(params);
  const response = await fetch("api/v1/" + path + (query.size ? "?" + query : ""), { signal, headers: { Accept: "application/json" } });
  const body = await response.json();
  if (!response.ok) throw new Error((body.parameter ? body.parameter + ": " : "") + (body.detail || body.title));
  return body;
}

// inContext shows passages where they stand, in as much of the text as they tell:
// lists of [class of the mark, passages]. Where it tells nothing there are dots.
function inContext(...lists) {
  const all = lists.flatMap(([kind, passages]) => passages.map((p) => ({ kind, p })));
  if (all.some(({ p }) => !p.span)) return all.map(({ kind, p }) => ["… ", p.prefix, el("mark", { class: kind }, p.exact), p.suffix, " …"]);
  const letters = new Map(); // by place in the text
  const marks = new Map(); // class by place
  const edges = new Set(); // places next to which the text begins or ends
  for (const { kind, p } of all) {
    const [prefix, exact, suffix] = [p.prefix, p.exact, p.suffix].map((words) => Array.from(words));
    const from = p.span[0] - prefix.length;
    [...prefix, ...exact, ...suffix].forEach((letter, i) => letters.set(from + i, letter));
    exact.forEach((_, i) => marks.has(p.span[0] + i) || marks.set(p.span[0] + i, kind));
    if (from === 0) edges.add(0);
    if (suffix.length < contextLength) edges.add(p.span[0] + exact.length + suffix.length - 1);
  }
  const parts = [];
  let run = [], kind, last = null;
  const end = (gap) => {
    let words = run.map((at) => letters.get(at)).join("");
    if (words && kind === undefined) {
      const opens = !run[0] || letters.has(run[0] - 1), closes = edges.has(last) || letters.has(last + 1);
      if (!opens) words = words.replace(/^\S*\s+/, parts.length ? "" : "… ");
      if (!closes) words = words.replace(/\s+\S*$/, " …");
    }
    if (words) parts.push(kind === undefined ? words : el("mark", { class: kind || null }, words));
    if (gap) parts.push(" ");
    run = [];
  };
  for (const at of [...letters.keys()].sort((a, b) => a - b)) {
    const gap = last !== null && at !== last + 1;
    if (gap || marks.get(at) !== kind) end(gap);
    kind = marks.get(at);
    run.push(at);
    last = at;
  }
  end();
  return parts;
}

const contextLength = 32; // letters around a passage that the API gives, where there are as many

// evidence shows a claim where it stands, with who said it and the words that say so.
function evidence(c) {
  return el("p", { class: "evidence" }, inContext(["", c.content], ["who", c.source], ["cue", c.cue]));
}

const quoted = (...passages) => el("span", { class: "evidence" }, inContext(["", passages]));

// who names a speaker, and says how sure that is.
function who(agent, reason) {
  if (!agent) return [el("em", {}, "unknown speaker"), reason ? el("span", { class: "why" }, " (" + reason + ")") : null];
  if (agent.kind === "anonymous") return [say(agent.name || "a reader"), " ", badge("a reader", "warn")];
  return [
    el("a", { href: view("claims", { speaker: agent.id }) }, say(agent.name)),
    agent.identified ? null : [" ", badge("a name, not identified")],
  ];
}

function where(doc) {
  if (!doc) return "a document that is not in this view";
  const name = doc.title || doc.url || short(doc.id);
  return join([el("a", { href: view("document", { id: doc.id }) }, say(name)), doc.publisher && say(doc.publisher), doc.kind], ", ");
}

function sourceName(s) {
  const words = [s.authors.join(", ") || s.publisher, s.title && "“" + s.title + "”"].filter(Boolean).join(": ");
  return words || s.passages.map((p) => p.exact).join(" … ") || s.url || short(s.id);
}

function source(s, credited) {
  const held = s.id === s.document; // a document that is held, told as a source
  return [
    held ? el("a", { href: view("document", { id: s.id }) }, say(sourceName(s))) : out(s.url, sourceName(s)), s.date ? ", " + s.date : null, " ",
    held ? badge("held", "good") : s.located ? badge("located", "good") : badge("unlocated", "warn"),
    credited ? [" attributed to ", who(credited)] : null,
  ];
}

// facts are the lines under a claim's words.
function facts(c) {
  const how = { direct: "quoted", indirect: "reported", mixed: "reported, partly quoted", voice: "in the text’s own voice" }[c.mode];
  return el("p", { class: "meta" },
    who(c.speaker, c.speaker_reason), " · ", where(c.document), " · ", c.stated_on || "undated", c.said_on ? " · said " + c.said_on : null, " · ", how,
    c.segment && c.segment.role !== "body" ? [" · ", badge(c.segment.role)] : null,
    c.polarity === "negative" ? [" ", badge("denied or doubted", "bad")] : null);
}

function claimItem(c, params) {
  return el("article", { class: "card" },
    el("p", { class: "words" }, el("a", { href: view("trace", { ...keep(params), id: c.id }) }, say(c.words))),
    facts(c), evidence(c));
}

function figure(f) {
  const about = [f.measure, f.population, f.place, f.period].filter(Boolean).join(", ");
  return [
    quoted(f.figure), el("br"), about ? [el("span", { class: "meta" }, "of what: ", say(about)), el("br")] : null,
    f.source ? ["source: ", source(f.source, f.credited)] : el("span", { class: "why" }, "no source is given"),
  ];
}

// qualifier tells what clarified, corrected or contradicted a claim.
function qualifier(q) {
  const via = q.via.map((r) => r.kind + " (" + (r.score / 1000) + ", " + (r.status || r.basis) + ")").join(", ");
  return el("li", {},
    el("strong", {}, q.relation.kind), " ", node(q.target), q.target.date ? ", " + q.target.date : null,
    q.speaker ? [" · ", who(q.speaker)] : null, " ",
    q.inferred ? badge("inferred: said of another claim of this family", "warn") : badge(q.relation.status || q.relation.basis, "good"),
    q.held ? el("span", { class: "why" }, " held as ", el("a", { href: view("document", { id: q.held.id }) }, say(q.held.title || short(q.held.id)))) : null,
    q.inferred && via ? el("span", { class: "why" }, " by way of " + via) : null,
    el("div", { class: "meta" }, q.document ? ["so says ", where(q.document), ": "] : null, quoted(...q.relation.evidence)));
}

// node links to what can be shown of a node.
function node(n) {
  const name = { claim: "trace", document: "document" }[n.type];
  return name ? el("a", { href: view(name, { id: n.id }) }, say(n.name)) : out(n.url, n.name);
}

// nodeName names a node of an answer's graph.
function nodeName(n, id) {
  if (!n) return short(id);
  const words = (ps) => (ps || []).map((p) => p.exact).join(" ");
  return n.title || n.name || words(n.content) || (n.figure && n.figure.exact) || words(n.passages) || n.publisher || n.url || short(id);
}

// path draws the way from a claim to its end. An edge may be walked backwards.
function path(claim, edges, nodes) {
  let at = claim.id;
  const steps = [el("li", { class: "node" }, "this claim")];
  for (const e of edges) {
    const forward = e.from === at;
    at = forward ? e.to : e.from;
    const n = nodes.get(at);
    steps.push(el("li", { class: "edge" }, forward ? e.kind + " →" : "← " + e.kind));
    steps.push(el("li", { class: "node" }, n ? [n.type + ": ", node({ ...n, name: nodeName(n, at) })] : say(short(at))));
  }
  return el("ol", { class: "path" }, steps);
}

const ends = {
  "primary": ["the primary source", "good"], "not-held": ["a source that is not held", "warn"], "unlocated": ["a source without an address", "warn"],
  "cites-nothing": ["nothing is cited", "bad"], "cycle": ["it leads back", "bad"], "unknown": ["cut here", ""],
};

function traced(t, nodes, params) {
  const c = t.claim;
  const section = (title, list, show) => list.length ? [el("h3", {}, title), el("ul", {}, list.map(show))] : null;
  const cites = t.cites.filter((s) => !t.said_in || s.id !== t.said_in.id);
  return el("article", { class: "card" + (t.root ? " root" : "") },
    el("p", { class: "words" }, t.root ? say(c.words) : el("a", { href: view("trace", { ...keep(params), id: c.id }) }, say(c.words))),
    facts(c), evidence(c),
    c.speaker && c.speaker_reason ? el("p", { class: "why" }, "Speaker: " + c.speaker_reason + ".") : null,
    t.said_in ? el("p", {}, "Said in ", source(t.said_in)) : null,
    t.within ? el("p", {}, "Reported by ", who(t.within.speaker, t.within.speaker_reason), ": ", el("a", { href: view("trace", { ...keep(params), id: t.within.id }) }, say(t.within.words))) : null,
    section("Figures", t.figures, (f) => el("li", {}, figure(f))),
    section("Cited beside it", cites, (s) => el("li", {}, source(s))),
    section("Clarified, corrected, contradicted", t.qualifiers, qualifier),
    section("The same claim elsewhere", t.matches, (m) => {
      const id = m.from === c.id ? m.to : m.from;
      const other = nodes.get(id);
      const doc = other && nodes.get(other.document);
      return el("li", {}, el("a", { href: view("trace", { ...keep(params), id }) }, say(nodeName(other, id))),
        doc ? [", in ", say(nodeName(doc, doc.id)), doc.publisher ? [", ", say(doc.publisher)] : null] : null, " ", badge(m.status || m.basis), el("span", { class: "why" }, " " + m.score / 1000 + (m.reasons.length ? ": " + m.reasons.join("; ") : "")));
    }),
    el("div", { class: "end" },
      el("h3", {}, "Where the way ends"),
      t.path.length ? path(c, t.path, nodes) : null,
      badge((ends[t.end.kind] || [t.end.kind])[0], (ends[t.end.kind] || [])[1]), " ", say(t.end.why)));
}

// keep returns the parameters that stay from one view to the next.
function keep(params) {
  const out = {};
  for (const name of ["as_of", "known_by", "commenters"]) if (params[name]) out[name] = params[name];
  return out;
}

function only(params, ...names) {
  return Object.fromEntries(names.filter((n) => params[n]).map((n) => [n, params[n]]));
}

const warnings = (list) => list.length ? el("ul", { class: "warnings" }, list.map((w) => el("li", {}, w))) : null;

// pages shows a list and a button for what follows.
async function pages(path, params, show, signal) {
  const list = el("div", {});
  const more = el("button", { type: "button" }, "More");
  const load = async (cursor) => {
    const page = await ask(path, cursor ? { ...params, cursor } : params, signal);
    list.append(...page.items.map(show));
    more.hidden = !page.next;
    more.onclick = () => load(page.next).catch(fail);
    return page;
  };
  const first = await load();
  return { nodes: [warnings(first.warnings), list, more], first };
}

const views = {
  async claims(params, signal) {
    const { nodes, first } = await pages("claims", only(params, ...filters, "document", "known_by"), (c) => claimItem(c, params), signal);
    const title = params.q ? "Claims with the words “" + params.q + "”" : "Claims";
    return { status: first.items.length ? "" : absence(first), nodes: [el("h1", {}, title), nodes] };
  },

  async trace(params, signal) {
    const options = keep(params);
    const route = params.id ? "claims/" + encodeURIComponent(params.id) + "/trace" : "trace";
    if (!params.id) options.q = params.q || "";
    const t = await ask(route, options, signal);
    const nodes = new Map(t.graph.nodes.map((n) => [n.id, n]));
    const link = (format) => "api/v1/" + route + "?" + new URLSearchParams({ ...options, format });
    return {
      status: t.claims.length ? "" : absence(t),
      nodes: [
        el("h1", {}, "Where does it come from? ", say("“" + (params.id ? t.claims[0].claim.words : t.query) + "”")),
        t.claims.length ? el("p", { class: "meta" }, t.claims.length === 1 ? "One claim" : t.claims.length + " claims",
          " · as a graph: ", el("a", { href: link("dot"), download: "trace.dot" }, "DOT"), ", ", el("a", { href: link("json") }, "JSON")) : null,
        warnings(t.warnings),
        t.origins.length ? [el("h2", {}, t.origins.length === 1 ? "First said in one place" : "First said in " + t.origins.length + " places"),
          el("ul", {}, t.origins.map((s) => el("li", {}, source(s))))] : null,
        t.claims.map((c) => traced(c, nodes, params)),
      ],
    };
  },

  async documents(params, signal) {
    const { nodes, first } = await pages("documents", keep({ as_of: params.as_of, known_by: params.known_by }), (d) => el("article", { class: "card" },
      el("p", { class: "words" }, where(d)), el("p", { class: "meta" }, join([d.published || "undated", say(d.authors.join(", ")), out(d.url, d.url || "no address")], " · "))), signal);
    return { status: first.items.length ? "" : absence(first), nodes: [el("h1", {}, "Documents"), nodes] };
  },

  async figures(params, signal) {
    const { nodes, first } = await pages("statistics", { ...keep(params), ...only(params, "q", "document", "source") }, (f) => el("article", { class: "card" },
      el("p", { class: "words" }, figure(f)), el("p", { class: "meta" }, where(f.document), " · ", f.stated_on || "undated",
        f.claim ? [" · ", el("a", { href: view("trace", { ...keep(params), id: f.claim }) }, "trace")] : null)), signal);
    return { status: first.items.length ? "" : absence(first), nodes: [el("h1", {}, "Figures"), nodes] };
  },

  // A document with what it claims marked in its text.
  async document(params, signal) {
    const options = keep(params);
    const { item: d, warnings: left } = await ask("documents/" + encodeURIComponent(params.id), { ...options, text: "true" }, signal);
    const claims = [];
    for (let cursor; ;) {
      const page = await ask("claims", { ...options, document: d.id, limit: 500, ...(cursor ? { cursor } : {}) }, signal);
      claims.push(...page.items);
      cursor = page.next;
      if (!cursor) break;
    }
    return {
      nodes: [
        el("h1", {}, say(d.title || d.url || short(d.id))),
        el("p", { class: "meta" }, join([d.published_by ? el("span", {}, who(d.published_by)) : d.publisher && say(d.publisher), d.authors.length && say(d.authors.join(", ")), d.kind, d.published || "undated"], " · ")),
        el("p", { class: "meta" }, out(d.url, d.url || "no address"), " · ", el("a", { href: view("claims", { ...options, document: d.id }) }, claims.length + " claims"),
          " · ", el("a", { href: view("figures", { ...options, document: d.id }) }, "figures"),
          params.commenters ? null : [" · ", el("a", { href: view("document", { ...params, commenters: "true" }) }, "with readers’ comments")]),
        warnings(left),
        d.versions.map((v) => text(v, d.segments.filter((s) => s.version === v.id), claims.filter((c) => c.version === v.id), options)),
        d.cites.length ? [el("h2", {}, "It cites"), el("ul", {}, d.cites.map((s) => el("li", {}, source(s))))] : null,
      ],
    };
  },
};

// text shows the segments of a version, with the claims in them marked. Where one
// claim encloses another, the inner one is the link.
function text(version, segments, claims, options) {
  const letters = Array.from(version.text || "");
  const spans = claims.flatMap((c) => c.content.filter((p) => p.span).map((p) => ({ from: p.span[0], to: p.span[1], claim: c })));
  spans.sort((a, b) => (b.to - b.from) - (a.to - a.from));
  const owner = new Array(letters.length); // the innermost claim at each place
  for (const s of spans) owner.fill(s.claim, s.from, s.to);
  return el("div", { class: "text" }, segments.filter((s) => s.passage.span).map((s) => {
    const parts = [];
    let at = s.passage.span[0];
    while (at < s.passage.span[1]) {
      let to = at + 1;
      while (to < s.passage.span[1] && owner[to] === owner[at]) to++;
      const words = letters.slice(at, to).join("");
      const c = owner[at];
      parts.push(c ? el("mark", { title: c.speaker ? c.speaker.name : "unknown speaker" }, el("a", { href: view("trace", { ...options, id: c.id }) }, words)) : words);
      at = to;
    }
    const head = [s.role === "body" ? null : s.role, s.author, s.date || s.age, s.skipped && "not extracted: " + s.skipped].filter(Boolean).join(" · ");
    return el("section", { class: "segment " + s.role }, head ? el("span", { class: "meta" }, head) : null, el("bdi", {}, parts));
  }));
}

const answers = {
  "known-none": "Known: none.", "not-loaded": "Not loaded.", "not-extracted": "Not extracted.", "suppressed": "Suppressed.",
};

function absence(answer) {
  return ((answers[answer.answer] || "") + " " + (answer.why || "")).trim();
}

function fail(err) {
  if (err.name === "AbortError") return;
  status.className = "bad";
  status.textContent = err.message;
}

// show reads the address and shows its view. A newer one ends an older one.
let running = null;
async function show() {
  if (running) running.abort();
  running = new AbortController();
  const { signal } = running;
  const [name, query] = location.hash.slice(1).split(/\?(.*)/s);
  const params = Object.fromEntries(new URLSearchParams(query || ""));
  for (const f of filters) {
    const input = form.elements[f];
    if (input.type === "checkbox") input.checked = params[f] === "true";
    else if (f !== "speaker" || !/^urn:/.test(params[f] || "")) input.value = params[f] || "";
  }
  status.className = "";
  status.textContent = "…";
  try {
    const made = await (views[name] || views.claims)(params, signal);
    if (signal.aborted) return;
    main.replaceChildren(el("div", {}, made.nodes));
    status.textContent = made.status || "";
    document.title = (main.querySelector("h1") || { textContent: "" }).textContent + " – Whence";
    window.scrollTo(0, 0);
  } catch (err) {
    if (err.name !== "AbortError") main.replaceChildren();
    fail(err);
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const params = {};
  for (const f of filters) {
    const input = form.elements[f];
    const value = input.type === "checkbox" ? (input.checked ? "true" : "") : input.value.trim();
    if (value) params[f] = value;
  }
  const trace = params.q && (event.submitter && event.submitter.value === "trace" || /^(urn:whence:)?claim:\S+$/.test(params.q));
  const next = view(trace ? "trace" : "claims", trace ? { q: params.q, ...keep(params) } : params);
  if (location.hash === next) show();
  else location.hash = next;
});

async function speakers() {
  const page = await ask("agents", { limit: 500 });
  const names = page.items.filter((a) => a.kind !== "place" && a.kind !== "programme").map((a) => a.name).sort();
  document.getElementById("speakers").append(...names.map((n) => el("option", { value: n })));
}

window.addEventListener("hashchange", show);
show();
speakers().catch(() => {}); // names to choose from are a convenience
