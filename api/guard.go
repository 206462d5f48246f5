package api

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/gin-gonic/gin"
)

// guard stands around every request: it names it, sets the headers that keep
// browsers from doing anything with an answer but show it, refuses what no route
// should see, turns panics into problems, and writes the log.
func (s *server) guard(c *gin.Context) {
	began := time.Now()
	c.Set(requestKey, newRequestID())
	h := c.Writer.Header()
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cache-Control", "no-cache")
	defer func() {
		if cause := recover(); cause != nil {
			if err, ok := cause.(error); ok && errors.Is(err, http.ErrAbortHandler) {
				panic(cause)
			}
			s.o.Logger.Error("panic", "request", requestID(c), "cause", fmt.Sprint(cause), "stack", string(debug.Stack()))
			if !c.Writer.Written() {
				s.refuse(c, http.StatusInternalServerError, "")
			}
		}
		s.log(c, time.Since(began))
	}()
	switch {
	case !s.serves(c.Request.Host):
		s.refuse(c, http.StatusMisdirectedRequest, "Ask for it by IP address or as localhost, or have this name allowed.")
	case !bodyWithin(c.Writer, c.Request):
		s.refuse(c, http.StatusRequestEntityTooLarge, fmt.Sprintf("A body of more than %d bytes is refused, and none is needed.", MaxBody))
	default:
		c.Next()
	}
}

// serves reports whether the API may be asked under a name.
func (s *server) serves(host string) bool {
	name := host
	if h, _, err := net.SplitHostPort(host); err == nil {
		name = h
	}
	name = strings.TrimSuffix(strings.ToLower(strings.Trim(name, "[]")), ".")
	if name == "localhost" || strings.HasSuffix(name, ".localhost") || net.ParseIP(name) != nil {
		return true
	}
	return slices.ContainsFunc(s.o.Hosts, func(allowed string) bool { return allowed == "*" || strings.EqualFold(allowed, name) })
}

// bodyWithin reports whether a body, which nobody reads, is within its bound.
func bodyWithin(w http.ResponseWriter, r *http.Request) bool {
	if r.Body == nil || r.Body == http.NoBody {
		return true
	}
	if r.ContentLength > MaxBody {
		return false
	}
	_, err := io.Copy(io.Discard, http.MaxBytesReader(w, r.Body, MaxBody))
	var long *http.MaxBytesError
	return !errors.As(err, &long)
}

// log writes one line. It tells the route and not the words: what a fact-checker
// looks into is nobody's business.
func (s *server) log(c *gin.Context, took time.Duration) {
	status, level := c.Writer.Status(), slog.LevelInfo
	args := []any{"request", requestID(c), "method", c.Request.Method, "route", c.FullPath(), "status", status, "bytes", c.Writer.Size(), "took", took}
	if status >= http.StatusInternalServerError {
		level = slog.LevelError
		if err := c.Errors.Last(); err != nil {
			args = append(args, "error", err.Error())
		}
	}
	s.o.Logger.Log(c.Request.Context(), level, "request", args...)
}

const requestKey = "request"

func requestID(c *gin.Context) string { return c.GetString(requestKey) }

func newRequestID() string {
	var b [8]byte
	_, _ = rand.Read(b[:]) // never fails
	return hex.EncodeToString(b[:])
}
