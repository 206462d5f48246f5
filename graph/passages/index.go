package passages

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"

	"whence/graph"
)

// build names what an index holds and how its words are cut. One that another build made is made anew.
const build = "passages 1"

// The fields of a passage.
const (
	wordsField    = "words"    // stems with their places; the words themselves are not kept
	documentField = "document" // its ID
	placeField    = "place"    // a [place]
)

// A place is where a passage stands.
type place struct {
	Reading  graph.Label
	Version  graph.ID
	Segment  graph.ID
	From, To int // bytes
}

// A state is how far an index has followed a ledger.
type state struct {
	Build  string
	Commit int64  // all commits up to it are in the index
	Mark   string // what tells that commit from the one that another ledger has under its number
}

var stateKey = []byte("state")

// markOf tells commits of different ledgers apart.
func markOf(c graph.Commit) string {
	return graph.HashParts(fmt.Sprint(c.Number), c.Time.UTC().Format(time.RFC3339Nano), fmt.Sprint(len(c.Added), len(c.Ended), len(c.Erased)))
}

// follows reports whether the state is that of a ledger's last commit.
func (s state) follows(last graph.Commit) bool {
	return s.Commit == last.Number && (last.Number == 0 || s.Mark == markOf(last))
}

// errIndex says that an index cannot be kept where it is, whatever the reason.
var errIndex = errors.New("passage index")

// errDamaged says that an index does not read back. It is then made anew: the store has all that was in it.
var errDamaged = errors.New("the passage index is damaged")

// An engine is one open index.
type engine struct {
	index.Index
	analysis *index.AnalysisQueue
	made     bool // by this process: what goes wrong with it is not mended by making it again
}

// Close closes the index and ends the workers that it analyses with.
func (e *engine) Close() error {
	defer e.analysis.Close()
	return e.Index.Close()
}

// openEngine opens the index in a folder, or makes one there. What is there and
// cannot be read, or was made by another build, is removed first.
func openEngine(dir string) (*engine, state, error) {
	if dir != "" {
		e, s, err := tryEngine(dir)
		if err == nil && s.Build == build {
			return e, s, nil
		}
		if e != nil {
			_ = e.Close()
		}
		_ = os.RemoveAll(dir) // what stays is seen next
	}
	e, s, err := tryEngine(dir)
	if err == nil && s != (state{}) {
		err = errors.New("the old one cannot be removed")
	}
	if err != nil {
		if e != nil {
			_ = e.Close()
		}
		return nil, state{}, fmt.Errorf("%w: %w", errIndex, err)
	}
	e.made, s = true, state{Build: build}
	if err := e.write(nil, s); err != nil {
		return nil, state{}, errors.Join(err, e.Close())
	}
	return e, s, nil
}

// tryEngine opens an index.
func tryEngine(dir string) (e *engine, s state, err error) {
	defer guard(&err)
	if err := checkSums(dir); err != nil {
		return nil, state{}, err
	}
	analysis := index.NewAnalysisQueue(1)
	idx, err := scorch.NewScorch(scorch.Name, map[string]any{"path": dir, "bolt_timeout": "2s"}, analysis)
	if err != nil {
		analysis.Close()
		return nil, state{}, err
	}
	if err := idx.Open(); err != nil {
		analysis.Close()
		return nil, state{}, err
	}
	e = &engine{Index: idx, analysis: analysis}
	r, err := e.Reader()
	if err != nil {
		return e, state{}, err
	}
	defer r.Close()
	raw, err := r.GetInternal(stateKey)
	if err != nil || raw == nil {
		return e, state{}, err
	}
	return e, s, json.Unmarshal(raw, &s)
}

// guard turns a panic into errDamaged: the engine trusts its files, and a bad one leads it astray.
func guard(err *error) {
	if r := recover(); r != nil {
		*err = fmt.Errorf("%w: %v", errDamaged, r)
	}
}

// checkSums compares the segments of an index with the sums in their last four bytes.
func checkSums(dir string) error {
	files, err := filepath.Glob(filepath.Join(dir, "*.zap"))
	if dir == "" || err != nil {
		return err
	}
	for _, name := range files {
		if err := checkSum(name); err != nil {
			return fmt.Errorf("%w: %s: %w", errDamaged, name, err)
		}
	}
	return nil
}

func checkSum(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	sum, end := crc32.NewIEEE(), make([]byte, crc32.Size)
	if _, err := io.CopyN(sum, f, info.Size()-crc32.Size); err != nil {
		return err
	}
	if _, err := io.ReadFull(f, end); err != nil {
		return err
	}
	if sum.Sum32() != binary.BigEndian.Uint32(end) {
		return errors.New("its sum is wrong")
	}
	return nil
}

// write adds the passages of readings and sets the state: all or nothing, and
// durably when it returns.
func (e *engine) write(readings []graph.Captured, s state) (err error) {
	defer guard(&err)
	b := index.NewBatch()
	for _, r := range readings {
		for i, p := range cut(r.Reading) {
			at, err := json.Marshal(place{r.Label, r.Version.ID, p.segment, p.span.Start, p.span.End})
			if err != nil {
				return err
			}
			d := document.NewDocument(string(graph.NewPassageID(r.Label, i)))
			d.AddField(document.NewTextFieldCustom(wordsField, nil, []byte(p.span.Of(r.Text)), index.IndexField|index.IncludeTermVectors, analyser{}))
			d.AddField(document.NewTextFieldCustom(documentField, nil, []byte(r.Document.ID), index.IndexField, nil))
			d.AddField(document.NewTextFieldCustom(placeField, nil, at, index.StoreField, nil))
			b.Update(d)
		}
	}
	raw, err := json.Marshal(s)
	if err != nil {
		return err
	}
	b.SetInternal(stateKey, raw)
	if err := e.Batch(b); err != nil {
		return fmt.Errorf("%w: %w", errIndex, err)
	}
	return nil
}

// has reports whether the passages of a reading are in the index. It says no of a reading that has none.
func (e *engine) has(reading graph.Label) (has bool, err error) {
	defer guard(&err)
	r, err := e.Reader()
	if err != nil {
		return false, err
	}
	defer r.Close()
	id, err := r.InternalID(string(graph.NewPassageID(reading, 0)))
	return id != nil, err
}
