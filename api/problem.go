package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gin-gonic/gin"

	"whence/graph"
	"whence/graph/passages"
)

// A problem says why there is no answer: RFC 9457.
type problem struct {
	Type      string `json:"type"`
	Title     string `json:"title"`
	Status    int    `json:"status"`
	Detail    string `json:"detail,omitempty"`
	Instance  string `json:"instance"`            // the request, as it is named in the log
	Parameter string `json:"parameter,omitempty"` // which is wrong
	Answer    string `json:"answer,omitempty"`    // which of the five it is, of a thing that was asked for
}

// statusClosed is what nginx logs when the client went away; nobody reads it.
const statusClosed = 499

// kinds of problems by status. The word ends the problem's type.
var kinds = map[int]struct{ word, title string }{
	http.StatusBadRequest:            {"invalid", "The request is not valid"},
	http.StatusUnauthorized:          {"unauthorized", "Only the store's owner is answered"},
	http.StatusForbidden:             {"forbidden", "This is not answered here"},
	http.StatusNotFound:              {"not-found", "It is not held"},
	http.StatusMethodNotAllowed:      {"method", "Only GET and HEAD are answered"},
	http.StatusNotAcceptable:         {"receipt", "This answer has no receipt"},
	http.StatusConflict:              {"conflict", "It means more than one thing"},
	http.StatusGone:                  {"suppressed", "It was erased or retracted"},
	http.StatusRequestEntityTooLarge: {"body", "The body is too long"},
	http.StatusMisdirectedRequest:    {"host", "This name is not served"},
	statusClosed:                     {"closed", "The client went away"},
	http.StatusInternalServerError:   {"internal", "Something went wrong here"},
	http.StatusServiceUnavailable:    {"unavailable", "There was no answer in time"},
}

// statusOf is the one table of errors and statuses. What is not in it is our fault.
func statusOf(err error) int {
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return http.StatusServiceUnavailable
	case errors.Is(err, context.Canceled):
		return statusClosed
	case errors.Is(err, graph.ErrInvalid):
		return http.StatusBadRequest
	case errors.Is(err, graph.ErrSuppressed):
		return http.StatusGone
	case errors.Is(err, graph.ErrNotFound):
		return http.StatusNotFound
	case errors.Is(err, errNoReceipt):
		return http.StatusNotAcceptable
	case errors.Is(err, graph.ErrConflict):
		return http.StatusConflict
	case errors.Is(err, graph.ErrLocked), errors.Is(err, passages.ErrBehind):
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

// fail answers with the problem that an error is. The detail of our own faults
// goes to the log alone.
func (s *server) fail(c *gin.Context, err error) {
	_ = c.Error(err) // for the log
	status, parameter := statusOf(err), ""
	var p *paramError
	if errors.As(err, &p) {
		parameter = p.parameter
	}
	if status == http.StatusInternalServerError && s.o.Faults != nil {
		s.o.Faults(err)
	}
	detail := ""
	switch {
	case status == http.StatusServiceUnavailable:
		c.Header("Retry-After", "5")
		detail = "The question may be too wide: narrow it, or ask again later."
	case status < http.StatusInternalServerError:
		detail = capital(sentence(err))
	}
	s.tell(c, problem{Status: status, Parameter: parameter, Detail: detail, Answer: answerOf(status, parameter)})
}

// answerOf returns which of the five answers a problem with a lookup is.
func answerOf(status int, parameter string) string {
	switch {
	case status == http.StatusGone:
		return suppressed
	case status == http.StatusNotFound && parameter == "as_of":
		return knownNone // it is held, and was not stated by then
	case status == http.StatusNotFound:
		return notLoaded
	}
	return ""
}

// refuse answers with a problem that is not a lookup's, and ends the request.
func (s *server) refuse(c *gin.Context, status int, detail string) {
	s.tell(c, problem{Status: status, Detail: detail})
}

// tell answers with a problem and ends the request.
func (s *server) tell(c *gin.Context, p problem) {
	k := kinds[p.Status]
	p.Type, p.Title, p.Instance = graph.Namespace+"problem:"+k.word, k.title, graph.Namespace+"request:"+requestID(c)
	body, err := json.Marshal(p)
	if err != nil {
		panic(err) // strings and a number
	}
	c.Abort()
	c.Data(p.Status, mediaProblem, append(body, '\n'))
}

// sentence returns what an error says, without the parameter and the sentinel that
// the problem tells already.
func sentence(err error) string {
	var p *paramError
	if errors.As(err, &p) {
		err = p.err
	}
	s := err.Error()
	for _, end := range []error{graph.ErrInvalid, graph.ErrNotFound, graph.ErrSuppressed, graph.ErrConflict, errNoReceipt} {
		if cut, ok := strings.CutSuffix(s, ": "+end.Error()); ok {
			return cut
		}
	}
	return s
}

// capital makes a sentence of what an error says.
func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if first, _, _ := strings.Cut(s, " "); strings.ContainsAny(first, ":/") {
		return strings.TrimSuffix(s, ".") + "." // an ID stays as it is
	}
	return strings.TrimSuffix(string(unicode.ToUpper(r))+s[n:], ".") + "."
}

func (s *server) noRoute(c *gin.Context) {
	s.refuse(c, http.StatusNotFound, "There is no such page. /api/v1/openapi.yaml lists what there is.")
}

func (s *server) noMethod(c *gin.Context) {
	s.refuse(c, http.StatusMethodNotAllowed, "")
}
