package source

import (
	"encoding/json"
	"fmt"
	"path"
	"strings"

	"whence/graph"
)

// A format is one kind of file that can be read.
type format struct {
	name       string
	extensions []string
	looks      func(head string) bool // whether content without a known extension is of this format
	read       func(input, func(Item, error) bool) bool
}

// formats in the order in which they are tried by content; text takes the rest.
func formats() []format {
	return []format{
		{"jsonl", []string{".jsonl", ".ndjson"}, looksJSONL, readJSONL},
		{"html", []string{".html", ".htm", ".xhtml"}, looksHTML, readHTML},
		{"markdown", []string{".md", ".markdown"}, func(string) bool { return false }, readMarkdown},
		{"text", []string{".txt", ".text"}, func(string) bool { return true }, readText},
	}
}

// formatOf chooses by option, extension and content, in this order.
func formatOf(name string, b []byte, o Options) (format, error) {
	if o.Format != "" {
		var names []string
		for _, f := range formats() {
			if f.name == o.Format {
				return f, nil
			}
			names = append(names, f.name)
		}
		return format{}, &Error{
			Path: name, Stage: StageOptions, Offset: -1, Hint: "use " + strings.Join(names, ", "),
			Err: fmt.Errorf("format %q: %w", o.Format, graph.ErrInvalid),
		}
	}
	if f, ok := formatByExtension(name); ok {
		return f, nil
	}
	head, _ := decode(b[:min(len(b), sniffBytes)], false)
	for _, f := range formats() {
		if f.looks(head) {
			return f, nil
		}
	}
	panic("source: the last format takes everything")
}

// sniffBytes is how far content is looked at to tell its format.
const sniffBytes = 64 << 10

// formatByExtension looks behind the ending of a compressed file.
func formatByExtension(name string) (format, bool) {
	ext := strings.ToLower(path.Ext(uncompressed(name)))
	for _, f := range formats() {
		for _, e := range f.extensions {
			if e == ext {
				return f, true
			}
		}
	}
	return format{}, false
}

func looksJSONL(head string) bool {
	line, _, _ := strings.Cut(strings.TrimLeft(head, " \t\r\n"), "\n")
	if !strings.HasPrefix(line, "{") {
		return false
	}
	var record struct {
		Text *string `json:"text"`
	}
	return json.Unmarshal([]byte(line), &record) == nil && record.Text != nil
}

func looksHTML(head string) bool {
	head = strings.ToLower(strings.TrimLeft(head, " \t\r\n"))
	for strings.HasPrefix(head, "<!--") || strings.HasPrefix(head, "<?xml") {
		_, rest, ok := strings.Cut(head, ">")
		if !ok {
			return false
		}
		head = strings.TrimLeft(rest, " \t\r\n")
	}
	for _, tag := range []string{"<!doctype html", "<html", "<head", "<body", "<article", "<main", "<div", "<p>"} {
		if strings.HasPrefix(head, tag) {
			return true
		}
	}
	return false
}
