package api_test

import (
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"whence/api"
)

func fetch(t *testing.T, path string) *httptest.ResponseRecorder {
	t.Helper()
	s, _ := fixture()
	req := httptest.NewRequest("GET", path, nil)
	req.Host = "localhost"
	res := httptest.NewRecorder()
	api.New(s, api.Options{}).ServeHTTP(res, req)
	if res.Code != 200 {
		t.Fatalf("GET %s: %d", path, res.Code)
	}
	return res
}

// The page loads its own files only, has no script or style inside, and its
// policy would refuse both.
func TestPage_PolicyAndMarkup(t *testing.T) {
	res := fetch(t, "/")
	policy := res.Header().Get("Content-Security-Policy")
	for _, want := range []string{"default-src 'none'", "script-src 'self';", "style-src 'self';", "connect-src 'self';", "require-trusted-types-for 'script'", "base-uri 'none'", "form-action 'none'"} {
		if !strings.Contains(policy, want) {
			t.Errorf("the policy lacks %s: %s", want, policy)
		}
	}
	page := res.Body.String()
	for _, bad := range []string{`<script>`, `<style`, ` style=`, `javascript:`, `://`} {
		if strings.Contains(page, bad) {
			t.Errorf("the page has %s", bad)
		}
	}
	if on := regexp.MustCompile(`\son[a-z]+=`).FindString(page); on != "" {
		t.Errorf("the page has a script inside: %s", on)
	}
	linked := regexp.MustCompile(`(?:src|href)="([^"#]+)"`).FindAllStringSubmatch(page, -1)
	if len(linked) < 4 {
		t.Errorf("only %d links", len(linked))
	}
	for _, m := range linked {
		fetch(t, "/"+m[1])
	}
}

// What documents say reaches the page as text: the script has no way to make markup of it.
func TestPage_ScriptMakesNoMarkup(t *testing.T) {
	script := fetch(t, "/web/whence.js").Body.String()
	sinks := regexp.MustCompile(`innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|DOMParser|createContextualFragment|srcdoc|setTimeout\("`)
	if bad := sinks.FindString(script); bad != "" {
		t.Errorf("the script uses %s", bad)
	}
	// Addresses are set in one place each: our own views, and out(), which lets http and https through.
	for _, m := range regexp.MustCompile(`href: ([^,}]+)`).FindAllStringSubmatch(script, -1) {
		if !strings.HasPrefix(m[1], "view(") && !strings.HasPrefix(m[1], "link(") && m[1] != "url" {
			t.Errorf("an address is not checked: %s", m[0])
		}
	}
	if strings.Count(script, "href: url") != 1 || !strings.Contains(script, `if (!/^https?:\/\//i.test(url || "")) return say(words);`) {
		t.Error("out() is not the one place for addresses of documents")
	}
}
