package api

import (
	"context"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"whence/graph"
	"whence/graph/store"
)

// A Keeper looks after the store behind an API.
type Keeper interface {
	// Stats counts what is held.
	Stats(ctx context.Context) (store.Stats, error)
	// Verify checks all that is held, as [graph.Store] does.
	Verify(ctx context.Context) (problems []string, err error)
	// Backup writes an archive of all that is held.
	Backup(ctx context.Context, w io.Writer) error
}

// MediaArchive is the media type of a backup.
const MediaArchive = "application/vnd.whence.archive"

// The routes of the keeper. A backup is everything, so what is not for everybody who may ask the API
// is for who knows [Options.Token] and asks from this machine.
const (
	statsPath  = "/api/v1/stats"
	verifyPath = "/api/v1/verify"
	backupPath = "/api/v1/backup"
)

// keepRoutes serves the routes of the keeper.
func (s *server) keepRoutes(engine *gin.Engine) {
	for path, handler := range map[string]gin.HandlerFunc{
		statsPath: s.stats, verifyPath: s.owner(s.verify), backupPath: s.owner(s.backup),
	} {
		engine.GET(path, handler)
		engine.HEAD(path, handler)
	}
}

// bears reports whether a request bears the token of the store.
func (s *server) bears(r *http.Request) bool {
	token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	return ok && s.o.Token != "" && subtle.ConstantTimeCompare([]byte(token), []byte(s.o.Token)) == 1
}

// near reports whether a request comes from this machine: over loopback, or from the very address that it is sent to.
func near(r *http.Request) bool {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return false
	}
	peer := net.ParseIP(host)
	if peer == nil || peer.IsLoopback() {
		return peer != nil
	}
	local, ok := r.Context().Value(http.LocalAddrContextKey).(*net.TCPAddr)
	return ok && local.IP.Equal(peer)
}

// owner lets a handler answer only to who may read the folder of the store itself.
func (s *server) owner(handler gin.HandlerFunc) gin.HandlerFunc {
	return func(c *gin.Context) {
		switch {
		case !near(c.Request):
			s.refuse(c, http.StatusForbidden, "This is answered on the machine of the server only.")
		case !s.bears(c.Request):
			c.Header("WWW-Authenticate", "Bearer")
			s.refuse(c, http.StatusUnauthorized, "This is answered to who names the token in the folder of the store.")
		default:
			handler(c)
		}
	}
}

// private lets only the owner ask.
func (s *server) private(c *gin.Context) {
	if c.Request.URL.Path != "/healthz" {
		s.owner(func(*gin.Context) {})(c)
	}
}

// plainly refuses a request that asks for more than the one answer of a route: with parameters, or for a receipt.
func (s *server) plainly(c *gin.Context) (ok bool) {
	for name := range c.Request.URL.Query() {
		s.fail(c, invalid(clip(name), "is no parameter here: there is none"))
		return false
	}
	if prefers(strings.Join(c.Request.Header.Values("Accept"), ","), ReceiptMedia, "application/json") {
		s.fail(c, fmt.Errorf("it is about the store, not about what is held: %w", errNoReceipt))
		return false
	}
	return true
}

// patience is for how long one piece of a long answer may be on its way.
const patience = time.Minute

// A patientWriter gives each piece of an answer its own time, so that a long answer is no late one, and
// a client that has stopped reading holds nobody up for ever.
type patientWriter struct {
	http.ResponseWriter
	control *http.ResponseController
}

func (w *patientWriter) Write(b []byte) (int, error) {
	if err := w.control.SetWriteDeadline(time.Now().Add(patience)); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return 0, err
	}
	return w.ResponseWriter.Write(b)
}

// patient is to be called before what takes long: while an answer is made the server waits for the
// end of the connection, and at the time-out of reading it would take the client for gone.
func patient(w http.ResponseWriter) *patientWriter {
	control := http.NewResponseController(w)
	_ = control.SetReadDeadline(time.Time{}) // of a writer that has none, nothing times out
	return &patientWriter{w, control}
}

// answerLate answers in JSON with what may have taken long to make.
func (s *server) answerLate(c *gin.Context, w io.Writer, body any) {
	b, err := json.Marshal(body)
	if err != nil {
		s.fail(c, err)
		return
	}
	c.Header("Content-Type", mediaJSON)
	c.Status(http.StatusOK)
	if c.Request.Method != http.MethodHead {
		_, _ = w.Write(append(b, '\n')) // if it fails the client is gone
	}
}

// stats answers how much is held. Only the owner may wait for it longer than for any answer.
func (s *server) stats(c *gin.Context) {
	if !s.plainly(c) {
		return
	}
	ctx, w := c.Request.Context(), patient(c.Writer)
	if !near(c.Request) || !s.bears(c.Request) {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, s.o.Timeout)
		defer cancel()
	}
	st, err := s.o.Keeper.Stats(ctx)
	if err != nil {
		s.fail(c, err)
		return
	}
	s.answerLate(c, w, statsOf(st, s.o.Resolver))
}

func (s *server) verify(c *gin.Context) {
	if !s.plainly(c) {
		return
	}
	w := patient(c.Writer)
	problems, err := s.o.Keeper.Verify(c.Request.Context())
	if err != nil {
		s.fail(c, err)
		return
	}
	s.answerLate(c, w, map[string]any{"problems": append([]string{}, problems...)})
}

// backup streams an archive. When it fails on the way the connection breaks, and the archive has no end.
func (s *server) backup(c *gin.Context) {
	if !s.plainly(c) {
		return
	}
	c.Header("Content-Type", MediaArchive)
	if c.Request.Method == http.MethodHead {
		c.Status(http.StatusOK)
		return
	}
	err := s.o.Keeper.Backup(c.Request.Context(), patient(c.Writer))
	switch {
	case err == nil:
	case !c.Writer.Written():
		c.Writer.Header().Del("Content-Type")
		s.fail(c, err)
	default:
		_ = c.Error(err) // for the log
		if s.o.Faults != nil {
			s.o.Faults(err)
		}
		panic(http.ErrAbortHandler)
	}
}

// statsJSON is [store.Stats] as it is told.
type statsJSON struct {
	Commits     int64                  `json:"commits"`
	Written     known                  `json:"written"`
	Documents   int                    `json:"documents"`
	Versions    int                    `json:"versions"`
	Readings    int                    `json:"readings"`
	Segments    int                    `json:"segments"`
	Claims      int                    `json:"claims"`
	Figures     int                    `json:"figures"`
	Sources     int                    `json:"sources"`
	Agents      int                    `json:"agents"`
	Speakers    int                    `json:"speakers"`
	Relations   map[string]int         `json:"relations"`
	Links       map[string]int         `json:"links"`
	Decisions   int                    `json:"decisions"`
	Tombstones  int                    `json:"tombstones"`
	Labels      map[string]labelCounts `json:"labels"`
	Quads       int64                  `json:"quads"`
	Texts       int                    `json:"texts"`
	TextBytes   int64                  `json:"text_bytes"`
	Extractors  map[string]int         `json:"extractors"`
	Matchers    map[string]int         `json:"matchers"`
	Resolutions resolutionCounts       `json:"resolutions"`
	Sizes       *store.Sizes           `json:"sizes"`
}

type labelCounts struct {
	Live  int `json:"live"`
	Ended int `json:"ended"`
}

// resolutionCounts says how many resolutions this program's resolver would make the same.
type resolutionCounts struct {
	Resolver string `json:"resolver"`
	Same     int    `json:"same"`
	Others   int    `json:"others"`
}

func statsOf(st store.Stats, resolver string) statsJSON {
	out := statsJSON{
		Commits: st.Commits, Documents: st.Documents, Versions: st.Versions, Readings: st.Readings,
		Segments: st.Nodes[graph.TypeSegment], Claims: st.Nodes[graph.TypeClaim], Figures: st.Nodes[graph.TypeStatistic],
		Sources: st.Nodes[graph.TypeSource], Agents: st.Nodes[graph.TypeAgent], Speakers: st.Speakers,
		Relations: words(st.Relations), Links: words(st.Links), Decisions: st.Decisions, Tombstones: st.Tombstones,
		Labels: map[string]labelCounts{}, Quads: st.Quads, Texts: st.Texts, TextBytes: st.TextBytes,
		Extractors: words(st.Extractors), Matchers: words(st.Matchers), Resolutions: resolutionCounts{Resolver: resolver}, Sizes: st.Sizes,
	}
	if !st.Written.IsZero() {
		out.Written = known(st.Written.Format(time.RFC3339))
	}
	for layer, n := range st.Live {
		out.Labels[string(layer)] = labelCounts{Live: n, Ended: st.Ended[layer]}
	}
	for layer, n := range st.Ended {
		out.Labels[string(layer)] = labelCounts{Live: st.Live[layer], Ended: n}
	}
	for _, r := range st.Resolutions {
		if len(r.Inputs) == 2 && r.Label == graph.NewResolutionLabel(r.Inputs[0], r.Inputs[1], resolver) {
			out.Resolutions.Same++
		} else {
			out.Resolutions.Others++
		}
	}
	return out
}

// words makes plain words of the keys of counts.
func words[K ~string](counts map[K]int) map[string]int {
	out := make(map[string]int, len(counts))
	for k, n := range counts {
		out[string(k)] = n
	}
	return out
}
