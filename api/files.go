package api

import (
	_ "embed"
	"net/http"

	"github.com/gin-gonic/gin"
)

//go:embed openapi.yaml
var contract []byte

//go:embed web/index.html
var pageHTML []byte

//go:embed web/whence.js
var pageJS []byte

//go:embed web/whence.css
var pageCSS []byte

//go:embed web/icon.svg
var pageIcon []byte

// pagePolicy lets the page load its own files and ask the API, and nothing else.
// No text can become markup: the page has no inline script, and trusted types
// refuse to parse any.
const pagePolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"

// A file is something that is served as it stands.
type file struct {
	media string
	body  []byte
}

// files returns what is served as it stands, by path.
func files() map[string]file {
	return map[string]file{
		"/":                    {"text/html; charset=utf-8", pageHTML},
		"/web/whence.js":       {"text/javascript; charset=utf-8", pageJS},
		"/web/whence.css":      {"text/css; charset=utf-8", pageCSS},
		"/web/icon.svg":        {"image/svg+xml", pageIcon},
		"/api/v1/openapi.yaml": {"application/yaml", contract},
	}
}

func (f file) serve(c *gin.Context) {
	if c.FullPath() == "/" {
		c.Header("Content-Security-Policy", pagePolicy)
	}
	c.Data(http.StatusOK, f.media, f.body)
}
