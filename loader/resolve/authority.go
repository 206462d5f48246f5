package resolve

import "whence/graph"

// An Authority is an authority file with indexes over its names.
type Authority struct {
	graph.Authority
}

// LoadAuthority reads an authority file.
func LoadAuthority(b []byte) (*Authority, error) {
	return &Authority{graph.Authority{Label: graph.NewAuthorityLabel(b)}}, nil
}
