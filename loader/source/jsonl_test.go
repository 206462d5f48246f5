package source

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"whence/graph"
)

func TestJSONL_RecordsStandAsTheyAre(t *testing.T) {
	const records = `{"id":"r-1","text":"  Leading space,\r\nand “marks”. ","title":"One","uri":"https://example.org/1","publisher":"Press","authors":["Ann","Bo"],"published":"2024-10-16","retrieved":"2024-11-01","kind":"news","spans":[[0,1]],"extra":{"a":1}}

{"id":2,"text":"A lone \ud83d surrogate and a \u0000 NUL.","author":"Cy"}
{"text":"No id here."}
`
	items, err := Read("in/set.jsonl", []byte(records), Options{})
	if err != nil || len(items) != 3 {
		t.Fatalf("Read = %d items, %v", len(items), err)
	}
	for _, item := range items {
		check(t, item)
	}
	first := items[0]
	want := graph.Document{ID: "https://example.org/1", URL: "https://example.org/1", Title: "One", Publisher: "Press", Authors: []string{"Ann", "Bo"}, Kind: graph.KindNews, Published: "2024-10-16"}
	if diff := cmp.Diff(want, first.Document); diff != "" {
		t.Error(diff)
	}
	if first.Text != "  Leading space,\r\nand “marks”. " || first.RecordID != "r-1" || first.Capture.Path != "in/set.jsonl#r-1" || first.Capture.Trusted || first.MediaType != "application/json" {
		t.Errorf("first = %+v", first)
	}
	if items[1].Text != "A lone \ufffd surrogate and a \ufffd NUL." || items[1].RecordID != "2" {
		t.Errorf("second = %+v", items[1])
	}
	if items[2].Capture.Path != "in/set.jsonl:4" || items[2].RecordID != "set.jsonl:4" {
		t.Errorf("third = %+v", items[2])
	}
}

func TestJSONL_BadLineIsOneError(t *testing.T) {
	records := []string{
		`{"id":"a","text":"Good words."}`,
		`{"id":"b","text":"cut off`,
		`{"id":"c"}`,
		`{"id":"d","text":"Good words.","kind":"pamphlet"}`,
		`["not","an","object"]`,
		`{"id":"e","text":7}`,
		`{"id":"f","text":"   "}`,
		`{"id":"g","text":"Good words.","title":{"no":"text"}}`,
		`{"id":"h","text":"Good words again."}`,
	}
	var ids []string
	var lines []int
	skips := 0
	offset := 0
	read("set.jsonl", []byte(strings.Join(records, "\n")), Options{}, given{}, func(item Item, err error) bool {
		var e *Error
		var s *Skip
		switch {
		case errors.As(err, &e):
			lines = append(lines, e.Line)
			if e.Line == 2 {
				offset = e.Offset
			}
		case errors.As(err, &s):
			skips++
		default:
			ids = append(ids, item.RecordID)
		}
		return true
	})
	if diff := cmp.Diff([]string{"a", "h"}, ids); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]int{2, 3, 4, 5, 6, 8}, lines); diff != "" {
		t.Error(diff)
	}
	if skips != 1 || offset != len(records[0])+1 {
		t.Errorf("%d skips, line 2 at byte %d", skips, offset)
	}
}

func TestJSONL_OneAddressForManyIsRefused(t *testing.T) {
	const two = "{\"text\":\"One.\"}\n{\"text\":\"Two.\"}\n"
	if _, err := Read("a.jsonl", []byte(two), Options{URL: "https://example.org/"}); err == nil || !strings.Contains(err.Error(), "several") {
		t.Errorf("Read = %v", err)
	}
	item := one(t, "a.jsonl", "{\"text\":\"One.\"}\n", Options{URL: "https://example.org/"})
	if item.Document.URL != "https://example.org/" || !item.Capture.Trusted {
		t.Errorf("item = %+v", item)
	}
}

func TestJSONL_StopsWhenAsked(t *testing.T) {
	calls := 0
	read("a.jsonl", []byte(strings.Repeat("{\"text\":\"One.\"}\n", 5)), Options{}, given{}, func(Item, error) bool {
		calls++
		return calls < 2
	})
	if calls != 2 {
		t.Errorf("yield was called %d times", calls)
	}
}

func TestJSONL_OtherEncodings(t *testing.T) {
	item := one(t, "a.jsonl", "\xff\xfe"+in16(`{"id":"x","text":"café “so”"}`, false), Options{})
	if item.Text != "café “so”" {
		t.Errorf("UTF-16: %q", item.Text)
	}
	item = one(t, "a.jsonl", "{\"text\":\"caf\xe9\"}", Options{})
	if item.Text != "café" || len(item.Notes) != 1 {
		t.Errorf("windows-1252: %q %q", item.Text, item.Notes)
	}
}
