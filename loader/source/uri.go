package source

import (
	"errors"
	"net/url"
	"strings"

	"golang.org/x/net/idna"
)

var errNotWeb = errors.New("not an absolute http or https address")

// normalURL returns the one form in which an address is compared: scheme and host
// in lower case (a host of other letters as Punycode), no default port, no fragment,
// no utm_ parameters, a path of at least "/", and nothing that an IRI may not hold
// (RFC 3986, section 6.2; RFC 3987).
func normalURL(raw string) (string, error) {
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil {
		return "", errNotWeb
	}
	return normalise(u)
}

func normalise(u *url.URL) (string, error) {
	scheme := strings.ToLower(u.Scheme)
	if scheme != "http" && scheme != "https" || u.Opaque != "" || u.User != nil {
		return "", errNotWeb
	}
	host, err := idna.Lookup.ToASCII(strings.ToLower(strings.TrimSuffix(u.Hostname(), ".")))
	if strings.Contains(u.Hostname(), ":") { // an IPv6 address
		host, err = "["+strings.ToLower(u.Hostname())+"]", nil
	}
	if err != nil || host == "" || strings.ContainsAny(host, "%<>\"{}|\\^` ") {
		return "", errNotWeb
	}
	if port := u.Port(); port != "" && !(scheme == "http" && port == "80") && !(scheme == "https" && port == "443") {
		host += ":" + port
	}
	path := u.EscapedPath()
	if path == "" {
		path = "/"
	}
	var kept []string
	for _, p := range strings.Split(u.RawQuery, "&") {
		if p != "" && !strings.HasPrefix(strings.ToLower(p), "utm_") {
			kept = append(kept, p)
		}
	}
	out := scheme + "://" + host + path
	if len(kept) > 0 {
		out += "?" + strings.Join(kept, "&")
	}
	return escapeIRI(out), nil
}

// escapeIRI percent-encodes what may not stand in an IRI: controls, space and <>"{}|\^`.
func escapeIRI(s string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c <= ' ' || c == 0x7f || strings.IndexByte("<>\"{}|\\^`", c) >= 0 {
			b.WriteByte('%')
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
}
