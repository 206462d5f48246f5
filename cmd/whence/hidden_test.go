package main

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"unicode"
)

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"plain":                  "plain",
		"\x1b[2Jgone":            "\ufffd[2Jgone",
		"a\nb\tc":                "a b c",
		"\u202eevil\u202c":       "\ufffdevil\ufffd",
		"\u009b31m":              "\ufffd31m",
		"\u2066x\u2069 é 👩🏽‍⚕️ ": "\ufffdx\ufffd é 👩🏽‍⚕️ ",
		"B\u200bell\u00ad\ufeff": "Bell",
		"B\u200dell":             "Bell",
		"می\u200c\u200cخواهم":    "می\u200cخواهم",
	} {
		if got := clean(in); got != want {
			t.Errorf("clean(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestJSON_HidesNothing(t *testing.T) {
	in := "\u009b31m \x7f \u202eevil\u202c B\u200bell \U000e0041 \ufeff 👩🏽 <b>\n"
	var b bytes.Buffer
	if err := jsonTo(&b).Encode(in); err != nil {
		t.Fatal(err)
	}
	want := `"\u009b31m \u007f \u202eevil\u202c B\u200bell \udb40\udc41 \ufeff 👩🏽 <b>\n"` + "\n"
	if b.String() != want {
		t.Errorf("got %q, want %q", b.String(), want)
	}
	var out string
	if err := json.Unmarshal(b.Bytes(), &out); err != nil || out != in {
		t.Errorf("read back %q, %v", out, err)
	}
}

func TestFilter_WritesThatEndWithinARune(t *testing.T) {
	var b bytes.Buffer
	f := &filter{w: &b, change: visible}
	for _, c := range []byte("Zoë B\u200bell 👍 \u2068x\u2069") {
		if n, err := f.Write([]byte{c}); n != 1 || err != nil {
			t.Fatal(n, err)
		}
	}
	if want := "Zoë Bell 👍 \u2068x\u2069"; b.String() != want {
		t.Errorf("got %q, want %q", b.String(), want)
	}
}

// Whatever a document holds, its JSON says the same and its text shows all that it holds.
func FuzzHidden(f *testing.F) {
	f.Add("\u009b31m \u202eevil\u202c B\u200bell")
	f.Fuzz(func(t *testing.T, s string) {
		s = strings.ToValidUTF8(s, "?")
		var b bytes.Buffer
		var back string
		if err := jsonTo(&b).Encode(s); err != nil || json.Unmarshal(b.Bytes(), &back) != nil || back != s {
			t.Errorf("%q came back as %q (%v)", s, back, err)
		}
		for _, r := range strings.TrimSuffix(b.String(), "\n") + clean(s) {
			if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
				t.Errorf("%q shows %q", s, r)
			}
		}
	})
}
