package resolve_test

import (
	"bufio"
	"bytes"
	"cmp"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"whence/graph"
	"whence/loader/extract"
	"whence/loader/resolve"
	"whence/loader/source"
	"whence/loader/syntax"
	"whence/loader/syntax/treebank"
)

// Who speaks, measured on the open documents of GUM, in which people marked what
// refers to the same being: for each subject of a verb of speech, is the agent
// found the one that is marked? WHENCE_TRAIN names the folder of the treebank;
// with WHENCE_EVAL_MISSES every miss is told.
//
// An agent is as marked when the places that mean it elsewhere in the document are
// of the subject's cluster. Where the cluster is named by no name, nobody is right.
func TestQuality_speakers(t *testing.T) {
	dir := os.Getenv("WHENCE_TRAIN")
	if dir == "" {
		t.Skip("WHENCE_TRAIN is not set: quality is NOT measured")
	}
	docs := readClusters(t, filepath.Join(dir, "gum-open.conllu.xz"))
	verbose := os.Getenv("WHENCE_EVAL_MISSES") != ""
	all := map[string]*tally{}
	for _, d := range docs {
		for _, v := range d.verdicts() {
			kinds := []string{v.kind, "all"}
			if v.speech {
				kinds = append(kinds, "speech: "+v.kind, "speech: all")
			}
			for _, k := range kinds {
				if all[k] == nil {
					all[k] = &tally{}
				}
				all[k].add(v)
			}
			if verbose && v.speech && (v.found != "" && !v.right || v.found == "" && v.named) {
				t.Logf("%s %s: %q is %q (%s), marked %q", d.id, v.kind, v.source, v.found, v.reason, v.marked)
			}
		}
	}
	names := make([]string, 0, len(all))
	for k := range all {
		names = append(names, k)
	}
	slices.Sort(names)
	for _, k := range names {
		t.Logf("%-18s %v", k, all[k])
	}
	if p, r := all["speech: all"].precision(), all["speech: all"].recall(); p < 0.82 || r < 0.65 {
		t.Errorf("worse than it was: precision %.3f, recall %.3f", p, r)
	}
}

// A tally counts verdicts.
type tally struct{ right, wrong, unknown, rightlyUnknown int }

func (n *tally) add(v verdict) {
	switch {
	case v.right:
		n.right++
	case v.found != "":
		n.wrong++
	case v.named:
		n.unknown++
	default:
		n.rightlyUnknown++
	}
}

func (n *tally) String() string {
	return fmt.Sprintf("%3d right, %3d wrong, %3d unknown, %3d rightly unknown: precision %.3f, recall %.3f",
		n.right, n.wrong, n.unknown, n.rightlyUnknown, n.precision(), n.recall())
}

func (n *tally) precision() float64 { return float64(n.right) / float64(max(1, n.right+n.wrong)) }

func (n *tally) recall() float64 {
	return float64(n.right) / float64(max(1, n.right+n.wrong+n.unknown))
}

// A verdict is what was found for one subject.
type verdict struct {
	kind   string // pronoun, nominal or name
	speech bool   // the verb is one of speech
	source string
	found  string // "" for nobody
	reason string
	marked string
	named  bool // the cluster is named by a name
	right  bool
}

// A clustered document is one in which people marked what refers to the same being.
type clustered struct {
	id       string
	text     string
	tokens   []syntax.Token // of the whole document, spans over text, heads too
	mentions []marking
}

// A marking is a place that refers to a being or thing.
type marking struct {
	graph.Span
	cluster string
}

var speech = strings.Fields("say tell add explain claim argue announce report state note warn insist suggest believe think write ask reply respond " +
	"comment describe admit deny confirm estimate predict urge call promise testify recall declare conclude point speak discuss mention")

// verdicts resolves the third-person subjects of a document.
func (d *clustered) verdicts() []verdict {
	item := source.Item{Text: d.text}
	item.Document.ID = graph.NewTextDocumentID(d.text)
	r, names := extract.Read(item)
	r.Claims = nil
	var heads []int
	var isSpeech []bool
	for i, tok := range d.tokens {
		if tok.Rel != "nsubj" || tok.Head < 0 || d.tokens[tok.Head].UPOS != "VERB" {
			continue
		}
		verb := d.tokens[tok.Head]
		said := slices.Contains(speech, verb.Lemma)
		word := strings.ToLower(tok.Span.Of(d.text))
		person := word == "he" || word == "she"
		if !person && (!said || tok.UPOS != "NOUN" && tok.UPOS != "PROPN" && word != "they" && word != "it") {
			continue
		}
		content := graph.Span{}
		for k, c := range d.tokens {
			if c.Head == tok.Head && (c.Rel == "ccomp" || c.Rel == "parataxis" || c.Rel == "obj" || c.Rel == "xcomp" || c.Rel == "obl") && k != i {
				content = d.subtree(k)
				break
			}
		}
		if content.Len() == 0 {
			content = verb.Span
		}
		c := graph.Claim{ID: graph.ID(fmt.Sprintf("urn:whence:claim:%04d", len(heads))), Document: r.Document.ID, Mode: graph.ModeIndirect}
		if said && strings.HasPrefix(strings.TrimLeft(d.text[max(0, content.Start-2):content.End], " ,"), "\"") {
			c.Mode = graph.ModeDirect
		}
		c.Source = []graph.Passage{graph.NewPassage(d.text, d.subtree(i))}
		c.Content = []graph.Passage{graph.NewPassage(d.text, content)}
		r.Claims = append(r.Claims, c)
		heads, isSpeech = append(heads, i), append(isSpeech, said)
	}
	got := resolve.Resolve(&r, names, nil)
	answers := map[graph.ID]graph.Resolved{}
	for _, a := range got.Resolved {
		answers[a.Subject] = a
	}
	var out []verdict
	for k, c := range r.Claims {
		a := answers[c.ID]
		head := d.tokens[heads[k]]
		v := verdict{kind: kindOf(head), speech: isSpeech[k], source: c.Source[0].Span.Of(d.text), reason: a.Reason}
		cluster := d.clusterOf(c.Source[0].Span, head.Span)
		if cluster == "" {
			continue
		}
		v.named, v.marked = d.named(cluster)
		for _, g := range got.Agents {
			if g.ID == a.Agent && a.Agent != "" {
				v.found = g.Name
			}
		}
		for _, m := range got.Mentions {
			if m.Agent == a.Agent && a.Agent != "" {
				v.right = d.most(m.Passages, c.Source[0].Span) == cluster || len(m.Passages) > 0 && d.alone(m.Passages, c.Source[0].Span, cluster)
			}
		}
		out = append(out, v)
	}
	return out
}

func kindOf(t syntax.Token) string {
	switch t.UPOS {
	case "PRON":
		return "pronoun"
	case "PROPN":
		return "name"
	}
	return "nominal"
}

// clusterOf returns the cluster of the longest marking in a phrase that holds its head.
func (d *clustered) clusterOf(phrase, head graph.Span) string {
	best := marking{}
	for _, m := range d.mentions {
		if phrase.Contains(m.Span) && m.Contains(head) && m.Len() > best.Len() {
			best = m
		}
	}
	return best.cluster
}

// most returns the cluster that most of some passages outside a phrase belong to.
func (d *clustered) most(ps []graph.Passage, but graph.Span) string {
	count := map[string]int{}
	best := ""
	for _, p := range ps {
		if but.Start < p.End && p.Start < but.End {
			continue
		}
		c := d.clusterAround(p.Span)
		if count[c]++; c != "" && (best == "" || count[c] > count[best]) {
			best = c
		}
	}
	return best
}

// alone reports whether an agent is named in the phrase only, and so is the cluster.
func (d *clustered) alone(ps []graph.Passage, phrase graph.Span, cluster string) bool {
	for _, p := range ps {
		if !(phrase.Start < p.End && p.Start < phrase.End) {
			return false
		}
	}
	for _, m := range d.mentions {
		if m.cluster != cluster || phrase.Contains(m.Span) {
			continue
		}
		for _, t := range d.tokens {
			if m.Contains(t.Span) && t.UPOS == "PROPN" {
				return false
			}
		}
	}
	return true
}

// clusterAround returns the cluster of the shortest marking around a span, else of the longest inside.
func (d *clustered) clusterAround(s graph.Span) string {
	var around, within marking
	for _, m := range d.mentions {
		switch {
		case m.Contains(s):
			if around.Len() == 0 || m.Len() < around.Len() {
				around = m
			}
		case s.Contains(m.Span) && m.Len() > within.Len():
			within = m
		}
	}
	return cmp.Or(around.cluster, within.cluster)
}

// named reports whether a cluster has a name as its head, and returns its longest.
func (d *clustered) named(cluster string) (ok bool, words string) {
	for _, m := range d.mentions {
		if m.cluster != cluster {
			continue
		}
		w := m.Of(d.text)
		if words == "" {
			words = w
		}
		for _, t := range d.tokens {
			if m.Contains(t.Span) && t.UPOS == "PROPN" && (t.Head < 0 || !m.Contains(d.tokens[t.Head].Span)) {
				return true, w
			}
		}
	}
	return false, words
}

// subtree returns the span from the first to the last word that a token governs, itself among them.
func (d *clustered) subtree(i int) graph.Span {
	s := d.tokens[i].Span
	low, high := max(0, i-200), min(len(d.tokens), i+200)
	for k := low; k < high; k++ {
		for h, n := k, 0; h >= 0 && n < 60; h, n = d.tokens[h].Head, n+1 {
			if h == i {
				s.Start, s.End = min(s.Start, d.tokens[k].Span.Start), max(s.End, d.tokens[k].Span.End)
				break
			}
		}
	}
	return s
}

var entity = regexp.MustCompile(`\((\d+)-[^()]*|(\d+)\)|\)`)

// readClusters reads the documents of a treebank with its Entity column.
func readClusters(t *testing.T, path string) []*clustered {
	t.Helper()
	if _, err := os.Stat(path); err != nil {
		t.Skipf("quality is NOT measured: %v", err)
	}
	all, err := exec.Command("xz", "-dc", "--", path).Output()
	if err != nil {
		t.Fatal(err)
	}
	all = append(all, "\n\n"...) // a sentence ends at an empty line
	sentences, err := treebank.Read(bytes.NewReader(all))
	if err != nil {
		t.Fatal(err)
	}
	var docs []*clustered
	var d *clustered
	type opening struct {
		cluster string
		start   int
	}
	var open []opening
	paragraph := false
	sent, tok, base := -1, 0, 0
	scan := bufio.NewScanner(bytes.NewReader(all))
	scan.Buffer(nil, 1<<20)
	for scan.Scan() {
		line := scan.Text()
		switch {
		case strings.HasPrefix(line, "# newdoc id = "):
			d = &clustered{id: strings.TrimPrefix(line, "# newdoc id = ")}
			docs = append(docs, d)
			open = open[:0]
		case strings.HasPrefix(line, "# newpar") && !strings.HasPrefix(line, "# newpar_"):
			paragraph = true
		case strings.HasPrefix(line, "# text = "):
			sent++
			switch {
			case d.text == "":
			case paragraph:
				d.text += "\n\n"
			default:
				d.text += " "
			}
			paragraph = false
			base, tok = len(d.text), 0
			d.text += sentences[sent].Text
			first := len(d.tokens)
			for _, x := range sentences[sent].Tokens {
				x.Span.Start += base
				x.Span.End += base
				if x.Head >= 0 {
					x.Head += first
				}
				d.tokens = append(d.tokens, x)
			}
		case line == "" || line[0] == '#':
		default:
			fields := strings.Split(line, "\t")
			if strings.ContainsAny(fields[0], "-.") {
				continue
			}
			span := sentences[sent].Tokens[tok].Span
			tok++
			for f := range strings.SplitSeq(fields[9], "|") {
				marks, ok := strings.CutPrefix(f, "Entity=")
				if !ok {
					continue
				}
				for _, m := range entity.FindAllStringSubmatch(marks, -1) {
					switch {
					case m[1] != "":
						open = append(open, opening{m[1], base + span.Start})
					case len(open) > 0:
						k := len(open) - 1
						for m[2] != "" && k > 0 && open[k].cluster != m[2] {
							k--
						}
						d.mentions = append(d.mentions, marking{graph.Span{Start: open[k].start, End: base + span.End}, open[k].cluster})
						open = slices.Delete(open, k, k+1)
					}
				}
			}
		}
	}
	return docs
}
