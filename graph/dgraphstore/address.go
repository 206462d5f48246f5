package dgraphstore

import (
	"fmt"
	"net"
	"regexp"
	"strings"

	"whence/graph"
)

// Scheme begins the address of a store in Dgraph.
const Scheme = "dgraph://"

// The port at which an alpha takes gRPC, and the name of a store, unless an address says otherwise.
const (
	defaultPort = "9080"
	defaultName = "whence"
)

var validName = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)

// An address says where a store is: the alphas of a cluster, and its name among the stores that the cluster keeps.
type address struct {
	alphas []string // host:port
	name   string
}

// parseAddress reads dgraph://host[:port][,host[:port]...][/name].
func parseAddress(s string) (address, error) {
	a, err := readAddress(s)
	if err != nil {
		return address{}, fmt.Errorf("store address %q: %w; it is dgraph://host:port,host:port/name, the ports and the name may be left out: %w",
			s, err, graph.ErrInvalid)
	}
	return a, nil
}

func readAddress(s string) (address, error) {
	rest, ok := strings.CutPrefix(s, Scheme)
	if !ok {
		return address{}, fmt.Errorf("it does not begin with %s", Scheme)
	}
	hosts, name, _ := strings.Cut(rest, "/")
	if name == "" {
		name = defaultName
	}
	if !validName.MatchString(name) {
		return address{}, fmt.Errorf("a name is a small letter and up to 39 small letters, digits and underscores, not %q", name)
	}
	a := address{name: name}
	for host := range strings.SplitSeq(hosts, ",") {
		if strings.ContainsAny(host, "@?# ") {
			return address{}, fmt.Errorf("%q is no host and port; users and options are not taken", host)
		}
		if !strings.Contains(host, ":") || strings.HasSuffix(host, "]") { // no port
			host = net.JoinHostPort(strings.Trim(host, "[]"), defaultPort)
		}
		if h, port, err := net.SplitHostPort(host); err != nil || h == "" || port == "" {
			return address{}, fmt.Errorf("%q is no host and port", host)
		}
		a.alphas = append(a.alphas, host)
	}
	return a, nil
}

// String returns the address as it is given to [Open].
func (a address) String() string { return Scheme + strings.Join(a.alphas, ",") + "/" + a.name }
