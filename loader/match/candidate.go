package match

import "slices"

// candidates returns, for every statement of a, the statements of b that share a
// key with it, in order. It is nil when the documents share no key at all.
func (m *matcher) candidates() [][]int32 {
	var out [][]int32
	meeting(m.a.keys, m.b.keys, func(x, y keyed) {
		if out == nil {
			out = make([][]int32, len(m.a.statements))
		}
		if x.of != whole && y.of != whole {
			out[x.of] = append(out[x.of], y.of)
		}
	})
	for i := range out {
		slices.Sort(out[i])
		out[i] = slices.Compact(out[i])
	}
	return out
}

// meeting yields the keys of two sorted lists that meet.
func meeting(a, b []keyed, yield func(x, y keyed)) {
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch x, y := a[i].key.strong(), b[j].key.strong(); {
		case x < y:
			i++
		case y < x:
			j++
		default:
			for ; i < len(a) && a[i].key.strong() == x; i++ {
				for k := j; k < len(b) && b[k].key.strong() == x; k++ {
					if a[i].key.meets(b[k].key) {
						yield(a[i], b[k])
					}
				}
			}
		}
	}
}
