package source_test

import (
	"fmt"

	"whence/loader/source"
)

func ExampleRead() {
	page := []byte(`<html><head><link rel="canonical" href="https://example.org/wards?utm_source=feed"></head><body>
<nav><a href="/">Home</a></nav><article><h1>No coaches on wards</h1>
<p>There are <a href="https://answers.example/1">no plans</a> to put coaches on wards, the minister has said in writing.</p></article>
<div id="comments"><div class="comment" id="comment-1"><b class="fn">Cy</b><p>I am glad to hear it.</p></div></div></body></html>`)
	items, err := source.Read("wards.html", page, source.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(items[0].Document.ID)
	for _, m := range items[0].Marks {
		fmt.Println(m.Kind, m.Author+m.URL, m.Span.Of(items[0].Text))
	}
	// Output:
	// https://example.org/wards
	// title  No coaches on wards
	// paragraph  There are no plans to put coaches on wards, the minister has said in writing.
	// link https://answers.example/1 no plans
	// comment Cy I am glad to hear it.
	// paragraph  I am glad to hear it.
}
