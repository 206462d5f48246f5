package segment

import (
	"regexp"
	"sync"
)

// form compiles a pattern when it is first used: all of them take a tenth of a
// second, which commands that read no text need not wait for.
func form(pattern string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(pattern) })
}
