package source

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// entry is a member of an archive; of a link, content is what it points to.
type entry struct {
	name    string
	content string
	kind    byte
}

func tarred(t *testing.T, entries ...entry) []byte {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, e := range entries {
		h := &tar.Header{Name: e.name, Typeflag: e.kind, Mode: 0o644}
		switch e.kind {
		case 0:
			h.Typeflag, h.Size = tar.TypeReg, int64(len(e.content))
		case tar.TypeLink, tar.TypeSymlink:
			h.Linkname = e.content
		}
		if err := w.WriteHeader(h); err != nil {
			t.Fatal(err)
		}
		if e.kind == 0 {
			if _, err := io.WriteString(w, e.content); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func zipped(t *testing.T, b []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	if _, err := w.Write(b); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// An archive gives what the folder it was made of gives, whatever its order.
func TestArchive_IsReadAsAFolder(t *testing.T) {
	files := []entry{
		{name: "b.txt", content: "Words of b."},
		{name: "a.md", content: "# Words of a"},
		{name: "d.jsonl", content: "{\"id\":\"1\",\"text\":\"One.\"}\nbroken\n{\"id\":\"2\",\"text\":\"Two.\"}\n"},
		{name: "sub/c.txt", content: "Words of c."},
		{name: "sub/deep/e.txt", content: "Words of e."},
		{name: "image.png", content: "\x89PNG"},
		{name: "empty.txt"},
		{name: ".hidden.txt", content: "Not seen."},
		{name: "b.meta.yaml", content: "title: Of b\npublished: 2024-05-03"},
		{name: "manifest.jsonl", content: `{"path":"a.md","publisher":"Outer Press","url":"https://m.example/a"}` + "\n" + `{"path":"sub/c.txt","publisher":"Outer Press","kind":"blog"}` + "\n" + `{"path":"lost.txt"}` + "\nbroken\n"},
		{name: "sub/manifest.jsonl", content: `{"path":"c.txt","publisher":"Inner Press","retrieved":"2024-11-01"}`},
	}
	content := map[string]string{}
	for _, f := range files {
		content["in/"+f.name] = f.content
	}
	dir := folder(t, content)
	list := func(prefix string, lines []string, items []Item) map[string]string {
		out := map[string]string{}
		for _, l := range lines {
			out[strings.ReplaceAll(l, prefix, "")] = ""
		}
		for _, i := range items {
			out["document "+i.RecordID] = fmt.Sprintf("%+v %v %v %s", i.Document, i.Capture.Retrieved, i.Capture.Trusted, i.BytesHash)
		}
		return out
	}
	lines, items := walk(t, dir, Options{Kind: "news"}, "in")
	want := list("in/", lines, items)
	if len(items) != 6 {
		t.Fatalf("the folder itself gives %q", lines)
	}
	var dotted []entry
	for _, f := range files {
		dotted = append(dotted, entry{name: "./" + f.name, content: f.content})
	}
	for name, b := range map[string][]byte{
		"x.tar": tarred(t, files...), "x.tar.gz": zipped(t, tarred(t, files...)), "x.tgz": zipped(t, tarred(t, dotted...)),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o600); err != nil {
			t.Fatal(err)
		}
		consumed := new(atomic.Int64)
		lines, items := walk(t, dir, Options{Kind: "news", Consumed: consumed}, name)
		if diff := cmp.Diff(want, list(name+"#", lines, items)); diff != "" {
			t.Errorf("%s is not the folder (-folder +archive)\n%s", name, diff)
		}
		if consumed.Load() != int64(len(b)) {
			t.Errorf("%s: %d bytes consumed of %d", name, consumed.Load(), len(b))
		}
	}
}

func TestArchive_Hostile(t *testing.T) {
	good := entry{name: "good.txt", content: "Words that are good."}
	for name, test := range map[string]struct {
		entries []entry
		o       Options
		want    []string
	}{
		"names that lead out": {
			[]entry{{name: "/etc/a.txt", content: "A."}, {name: "../b.txt", content: "B."}, {name: "in/../../c.txt", content: "C."}, good},
			Options{},
			[]string{"skip outside x.tar#/etc/a.txt", "skip outside x.tar#../b.txt", "skip outside x.tar#in/../../c.txt", "ok x.tar#good.txt"},
		},
		"links and devices": {
			[]entry{{"l.txt", "/etc/passwd", tar.TypeSymlink}, {"h.txt", "good.txt", tar.TypeLink}, {"d.txt", "", tar.TypeChar}, {"f.txt", "", tar.TypeFifo}, {"dir/", "", tar.TypeDir}, good},
			Options{},
			[]string{"skip link x.tar#l.txt", "skip link x.tar#h.txt", "skip special-file x.tar#d.txt", "skip special-file x.tar#f.txt", "ok x.tar#good.txt"},
		},
		"archives inside": {
			[]entry{{name: "in.tar.gz", content: "whatever"}, good},
			Options{},
			[]string{"skip nested x.tar#in.tar.gz", "ok x.tar#good.txt"},
		},
		"a member above the limit": {
			[]entry{{name: "huge.txt", content: strings.Repeat("Words. ", 100)}, good},
			Options{MaxBytes: 100},
			[]string{"error open x.tar#huge.txt", "ok x.tar#good.txt"},
		},
		"a record above the limit": {
			[]entry{{name: "r.jsonl", content: `{"text":"` + strings.Repeat("Words. ", 100) + `"}` + "\n" + `{"id":"2","text":"Short."}`}, good},
			Options{MaxBytes: 100},
			[]string{"error parse x.tar#r.jsonl:1", "ok x.tar#r.jsonl#2", "ok x.tar#good.txt"},
		},
		"sidecars above the limit": {
			[]entry{{name: "good.meta.yaml", content: strings.Repeat("# nothing\n", 100)}, good},
			Options{MaxBytes: 100},
			[]string{"error metadata x.tar", "ok x.tar#good.txt"},
		},
		"one address for all": {
			[]entry{good}, Options{URL: "https://example.org/"}, []string{"error options x.tar"},
		},
		"the same name twice": {
			[]entry{good, good}, Options{}, []string{"ok x.tar#good.txt", "ok x.tar#good.txt"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := folder(t, map[string]string{"x.tar": string(tarred(t, test.entries...))})
			got, _ := walk(t, dir, test.o, "x.tar")
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Wherever an archive is cut, what stands before the cut is read and the loss is told.
func TestArchive_CutShort(t *testing.T) {
	var entries []entry
	for i := range 5 {
		entries = append(entries, entry{name: fmt.Sprintf("%d.txt", i), content: fmt.Sprintf("Words of the text with the number %d.", i)})
	}
	for name, whole := range map[string][]byte{"x.tar": tarred(t, entries...), "x.tar.gz": zipped(t, tarred(t, entries...))} {
		read := 0
		for cut := 1; cut < len(whole); cut += 1 + len(whole)/97 {
			if name == "x.tar" && cut > len(whole)-1024 && cut >= len(whole)-512 {
				break // one block of the two that close it is there
			}
			dir := folder(t, map[string]string{name: string(whole[:cut])})
			lines, items := walk(t, dir, Options{}, name)
			want := "error parse " + name
			if name == "x.tar" && cut < tarBlock { // it may as well be something else
				want = "error open " + name
			}
			if len(lines) == 0 || !strings.HasPrefix(lines[len(lines)-1], want) {
				t.Fatalf("%s cut at %d of %d: %q", name, cut, len(whole), lines)
			}
			for i, item := range items {
				if item.RecordID != fmt.Sprintf("%d.txt", i) || item.Text != entries[i].content {
					t.Fatalf("%s cut at %d: %q of %s", name, cut, item.Text, item.RecordID)
				}
			}
			read = max(read, len(items))
		}
		if read < 4 {
			t.Errorf("%s: at most %d members were read", name, read)
		}
	}
}

// What comes out of a few bytes is bounded, in archives, records and members.
func TestCompressed_Bombs(t *testing.T) {
	zeros := strings.Repeat(" ", 8<<20)
	tests := map[string][]byte{
		"x.txt.gz":   zipped(t, []byte(zeros)),
		"x.jsonl.gz": zipped(t, []byte(strings.Repeat("\n", 8<<20))),
		"x.tar.gz":   zipped(t, tarred(t, entry{name: "a.bin", content: zeros}, entry{name: "b.txt", content: "Never reached."})),
	}
	for name, b := range tests {
		dir := folder(t, map[string]string{name: string(b)})
		var errs []error
		Walk(t.Context(), []string{filepath.Join(dir, name)}, Options{MaxBytes: 1000}, func(_ Item, err error) bool {
			errs = append(errs, err)
			return true
		})
		if last := errs[len(errs)-1]; last == nil || !errors.Is(last, errInflated) && !strings.Contains(last.Error(), "the limit is 1000") {
			t.Errorf("%s: %v", name, errs)
		}
	}
}

func TestCompressed_Files(t *testing.T) {
	dir := folder(t, map[string]string{
		"a.txt.gz":             string(zipped(t, []byte("Words of a."))),
		"b.jsonl.gz":           string(zipped(t, []byte("{\"id\":\"1\",\"text\":\"One.\"}\n{\"id\":\"2\",\"text\":\"Two.\"}\n"))),
		"b.jsonl.gz.meta.yaml": "publisher: B Press",
		"c.md.GZ":              string(zipped(t, []byte("---\ntitle: Of c\n---\nWords of c."))),
		"cut.jsonl.gz":         string(zipped(t, []byte("{\"id\":\"1\",\"text\":\"One.\"}\n{\"id\":\"2\",\"text\":\"Two.\"}\n")))[:40],
		"false.txt.gz":         "Not gzip.",
		"program.go.gz":        "passed over",
	})
	got, items := walk(t, dir, Options{}, ".")
	want := []string{
		"ok a.txt.gz", "ok b.jsonl.gz#1", "ok b.jsonl.gz#2", "ok c.md.GZ", "ok cut.jsonl.gz#1", "error parse cut.jsonl.gz:2", "error open false.txt.gz", "skip unknown-type program.go.gz",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatal(diff)
	}
	if items[1].Document.Publisher != "B Press" || items[3].Document.Title != "Of c" || items[0].MediaType != "text/plain" {
		t.Errorf("%+v", items)
	}
}

// Of a file that is not what its name says, that is said, and not that a part of it is missing.
func TestCompressed_WhatItIsNot(t *testing.T) {
	plain := strings.Repeat("Words that nobody compressed. ", 40)
	for name, c := range map[string]struct{ content, says string }{
		"a.txt.gz":               {plain, "it is not gzip"},
		"a.jsonl.gz":             {"{}\n", "it is not gzip"},
		"short.jsonl.gz":         {"x", "it is not gzip"},
		"a.tar.gz":               {plain, "it is not gzip"},
		"a.tgz":                  {string(tarred(t, entry{name: "a.txt", content: plain})), "it is not gzip"},
		"a.tar":                  {plain, "it is not a tar archive"},
		"b.tar.gz":               {string(zipped(t, []byte(plain))), "it is not a tar archive"},
		"short.tar":              {"Words.", "it is too short for a tar archive"},
		"short.tar.gz":           {string(zipped(t, []byte("Words."))), "it is too short for a tar archive"},
		"nothing.tgz":            {string(zipped(t, nil)), "it is too short for a tar archive"},
		"cut in its block.tar":   {string(tarred(t, entry{name: "a.txt", content: plain}))[:511], "it is too short for a tar archive"},
		"cut.tar.gz":             {string(zipped(t, tarred(t, entry{name: "a.txt", content: plain})))[:40], "it is cut short"},
		"cut.txt.gz":             {string(zipped(t, []byte(plain)))[:20], "it is cut short"},
		"cut in its mark.txt.gz": {"\x1f", "it is cut short"},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(folder(t, map[string]string{name: c.content}), name)
			var errs []error
			Walk(t.Context(), []string{path}, Options{}, func(_ Item, err error) bool {
				errs = append(errs, err)
				return true
			})
			if len(errs) != 1 || errs[0] == nil || !strings.Contains(errs[0].Error(), name) || !strings.Contains(errs[0].Error(), c.says) {
				t.Fatalf("got %v, want that %s", errs, c.says)
			}
			if strings.HasPrefix(c.says, "it is not") && (strings.Contains(errs[0].Error(), "cut short") || strings.Contains(errs[0].Error(), "missing")) {
				t.Errorf("it says %v", errs[0])
			}
		})
	}
}

// JSONL is not held in memory as a whole, and may be longer than a document.
func TestJSONL_LongerThanADocument(t *testing.T) {
	var b strings.Builder
	for i := range 2000 {
		fmt.Fprintf(&b, "{\"id\":\"%d\",\"text\":\"Words of the record with the number %d.\"}\n", i, i)
	}
	dir := folder(t, map[string]string{"x.jsonl": b.String()})
	read, consumed := 0, new(atomic.Int64)
	var halfway int64
	Walk(t.Context(), []string{filepath.Join(dir, "x.jsonl")}, Options{MaxBytes: 200, Consumed: consumed}, func(item Item, err error) bool {
		if err != nil {
			t.Fatal(err)
		}
		if read++; read == 100 {
			halfway = consumed.Load()
		}
		return true
	})
	if read != 2000 || consumed.Load() != int64(b.Len()) || halfway > 80<<10 {
		t.Errorf("%d records, %d bytes of %d, %d for the first hundred", read, consumed.Load(), b.Len(), halfway)
	}
}

func TestScan(t *testing.T) {
	dir := folder(t, map[string]string{
		"a.txt": "Words of a.", "sub/b.jsonl": "{\"text\":\"One.\"}\n", "sub/c.go": "package c", "sub/manifest.jsonl": `{"path":"b.jsonl"}`, "x.tar": string(tarred(t)), ".h.txt": "Hidden.",
	})
	scan := func() map[string]string {
		scan := Scan(t.Context(), []string{dir, filepath.Join(dir, "missing")}, Options{})
		out := map[string]string{}
		for _, f := range scan.Files {
			rel, err := filepath.Rel(dir, f.Path)
			if err != nil {
				t.Fatal(err)
			}
			out[filepath.ToSlash(rel)] = f.Stamp
		}
		if len(scan.Problems) != 2 || len(scan.Folders) != 2 { // an unknown type, a name that is not there
			t.Errorf("%q, problems: %v", scan.Folders, scan.Problems)
		}
		return out
	}
	first := scan()
	if len(first) != 3 || first["a.txt"] == "" || first["sub/b.jsonl"] == "" || first["x.tar"] == "" {
		t.Fatalf("%q", first)
	}
	if diff := cmp.Diff(first, scan()); diff != "" {
		t.Error("nothing changed, but:", diff)
	}
	for name, path := range map[string]string{"a.txt": "a.txt.meta.yaml", "sub/b.jsonl": "sub/manifest.jsonl", "x.tar": "x.meta.yaml"} {
		if err := os.WriteFile(filepath.Join(dir, path), []byte("title: Of it, and longer\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		if scan()[name] == first[name] {
			t.Errorf("what is said of %s in %s does not tell", name, path)
		}
	}
}
