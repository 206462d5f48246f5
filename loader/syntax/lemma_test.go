package syntax

import "testing"

func TestEdit_MakesTheLemma(t *testing.T) {
	for _, c := range []struct{ form, lemma, edit string }{
		{"said", "say", "2y"},
		{"Cities", "city", "3y"},
		{"Kendall", "Kendall", "=0"},
		{"running", "run", "4"},
		{"the", "the", "0"},
		{"The", "the", "0"},
		{"Trusts", "Trust", "=1"},
		{"cafés", "café", "1"},
	} {
		edit, ok := editOf(c.form, c.lemma)
		if !ok || edit != c.edit {
			t.Errorf("%s to %s is %q, want %q", c.form, c.lemma, edit, c.edit)
		}
		if got := applyEdit(edit, c.form); got != c.lemma {
			t.Errorf("%q makes %q of %q, want %q", edit, got, c.form, c.lemma)
		}
	}
}

func FuzzEdit(f *testing.F) {
	f.Add("Went", "go")
	f.Add("İİ", "i\u0307")
	f.Add("\xff", "\xfe")
	f.Fuzz(func(t *testing.T, form, lemma string) {
		if edit, ok := editOf(form, lemma); ok {
			applyEdit(edit, form)
		}
	})
}
