package graph_test

import (
	"testing"

	"whence/graph"
)

func TestIntervalsApart(t *testing.T) {
	for name, c := range map[string]struct {
		a, b graph.Interval
		want bool
	}{
		"a financial year and the one after it":     {"2016-04-01/2017-03-31", "2017-04-01/2018-03-31", true},
		"a year and a month of it":                  {"2016-01-01/2016-12-31", "2016-12-01/2016-12-31", false},
		"ends of reduced precision hold to the end": {"2015/2016", "2016-12-31/2017-02-01", false},
		"a deadline and what lies after it":         {"../2021", "2022-01-01/2022-12-31", true},
		"two deadlines":                             {"../2021", "../2030", false},
		"since then, and before":                    {"2020/..", "2018/2019", true},
		"an unknown one":                            {"", "2018/2019", false},
		"a malformed one":                           {"soon", "2018/2019", false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := c.a.Apart(c.b); got != c.want {
				t.Errorf("%q.Apart(%q) = %v", c.a, c.b, got)
			}
			if got := c.b.Apart(c.a); got != c.want {
				t.Errorf("%q.Apart(%q) = %v", c.b, c.a, got)
			}
		})
	}
}
