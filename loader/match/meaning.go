package match

import "whence/loader/syntax"

// leastAlike is the likeness, in thousandths, from which two words may mean the same.
const leastAlike = 450

// told returns how much of what one claim tells the other tells too, in thousandths: words
// that both have, and words of like meaning for what they are.
func told(a, b []term) int {
	m := syntax.English()
	sum, all := 0, 0
	for _, t := range a {
		if t.class != content {
			continue
		}
		best := 0
		for _, u := range b {
			switch {
			case u.class != content:
			case t.same(u):
				best = 1000
			case best < 1000:
				if n := m.Alike(t.row, u.row); n >= leastAlike {
					best = max(best, n)
				}
			}
		}
		w := concept(t.id).weight()
		sum += w * best
		all += w
	}
	if all == 0 {
		return 0
	}
	return sum / all
}
