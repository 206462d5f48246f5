package match

import "slices"

// maxPosting is the number of statements of one side from which a word, run or
// figure no longer makes candidates: what a quarter of a long text shares tells
// nothing, and pairs by it would be all pairs.
const maxPosting = 64

// candidates returns, for every statement of a, the statements of b that share
// two concepts, a run of words, or a figure and a concept with it, in order.
func (m *matcher) candidates() [][]int {
	concepts := map[concept][]int32{}
	shingles := map[uint64][]int32{}
	figures := map[figure][]int32{}
	for i, s := range m.b.statements {
		for _, c := range s.concepts {
			concepts[c] = append(concepts[c], int32(i))
		}
		for _, h := range s.shingles {
			shingles[h] = append(shingles[h], int32(i))
		}
		for _, f := range s.figures {
			if f.distinctive() {
				figures[f] = append(figures[f], int32(i))
			}
		}
	}
	// What is frequent on either side makes no candidates, so that the sides are alike.
	often := map[concept]int{}
	for _, s := range m.a.statements {
		for _, c := range s.concepts {
			often[c]++
		}
	}
	out := make([][]int, len(m.a.statements))
	points := make([]int, len(m.b.statements))
	var touched []int
	give := func(list []int32, n int) {
		if len(list) > maxPosting {
			return
		}
		for _, j := range list {
			if points[j] == 0 {
				touched = append(touched, int(j))
			}
			points[j] += n
		}
	}
	for i, s := range m.a.statements {
		touched = touched[:0]
		for _, c := range s.concepts {
			if often[c] <= maxPosting {
				give(concepts[c], 1)
			}
		}
		for _, h := range s.shingles {
			give(shingles[h], 2)
		}
		for _, f := range s.figures {
			if f.distinctive() {
				give(figures[f], 2)
			}
		}
		for _, j := range touched {
			if points[j] >= 2 {
				out[i] = append(out[i], j)
			}
			points[j] = 0
		}
		slices.Sort(out[i])
	}
	return out
}
