// Package seeds is the corpus that ships with Whence: a story told in nine
// documents, an authority file that says who is who in it and in British public
// life around it, and hand-marked gold for some of the documents. README.md
// lists every file with its origin and licence.
package seeds

import (
	"embed"
	"io/fs"
)

//go:embed README.md authority.yaml docs gold
var files embed.FS

// FS returns the whole corpus, read-only: docs/ (documents and their sidecars),
// gold/ (marked documents, texts and sentences), authority.yaml and README.md.
func FS() fs.FS { return files }

//go:embed authority.yaml
var authority []byte

// Authority returns the authority file as YAML, in the form that
// loader/resolve reads. The caller owns the bytes.
func Authority() []byte { return append([]byte(nil), authority...) }
