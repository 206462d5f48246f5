package main

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"
)

// A server that is not ready is asked again, and what else is wrong ends the wait.
func TestReady(t *testing.T) {
	for name, test := range map[string]struct {
		says []int // one after the other
		want string
	}{
		"at once":           {[]int{http.StatusOK}, ""},
		"the third time":    {[]int{http.StatusServiceUnavailable, http.StatusServiceUnavailable, http.StatusOK}, ""},
		"it fails":          {[]int{http.StatusInternalServerError, http.StatusOK}, "500 Internal Server Error: in words"},
		"it fails later on": {[]int{http.StatusServiceUnavailable, http.StatusNotFound, http.StatusOK}, "404 Not Found: in words"},
	} {
		t.Run(name, func(t *testing.T) {
			asked := 0
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(test.says[asked])
				_, _ = w.Write([]byte("in words"))
				asked++
			}))
			defer server.Close()
			err := ready(t.Context(), server.URL, time.Millisecond)
			if test.want == "" && err != nil || test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)) {
				t.Errorf("got %v, want %q", err, test.want)
			}
			if want := 1 + slices.IndexFunc(test.says, func(s int) bool { return s != http.StatusServiceUnavailable }); asked != want {
				t.Errorf("asked %d times, want %d", asked, want)
			}
		})
	}
}

// A server that is gone is not waited for.
func TestReady_NobodyListens(t *testing.T) {
	server := httptest.NewServer(nil)
	server.Close()
	if err := ready(t.Context(), server.URL, time.Hour); err == nil || strings.Contains(err.Error(), "deadline") {
		t.Errorf("got %v", err)
	}
}
