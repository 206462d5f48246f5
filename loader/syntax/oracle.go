package syntax

// rightAction returns the action that leads to a tree with these heads.
func (s *search) rightAction(w *way, heads []int32) int {
	if w.top == none {
		return shift
	}
	top := &s.items[w.top]
	if int(w.next.word) < len(heads) && heads[top.word] == w.next.word {
		return left
	}
	if top.below != none && heads[top.word] == s.items[top.below].word && !waits(top, heads) {
		return right
	}
	return shift
}

// waits reports whether a word still lacks one that hangs from it on the right.
func waits(top *item, heads []int32) bool {
	for k := len(heads) - 1; k > int(top.word); k-- {
		if heads[k] == top.word {
			return k > int(top.right)
		}
	}
	return false
}

// projective lifts words out of crossing arcs: a word whose arc crosses another
// hangs from its head's head, until none does. The shortest arcs go first.
func projective(heads []int32) []int32 {
	for {
		short := none
		for d, h := range heads {
			if h >= 0 && crosses(heads, d) && (short == none || length(heads, d) < length(heads, short)) {
				short = d
			}
		}
		if short == none {
			return heads
		}
		heads[short] = heads[heads[short]]
	}
}

func length(heads []int32, d int) int { return max(d-int(heads[d]), int(heads[d])-d) }

// crosses reports whether a word between d and its head hangs from a word outside.
func crosses(heads []int32, d int) bool {
	h := int(heads[d])
	for k := min(d, h) + 1; k < max(d, h); k++ {
		for a := k; a != h; a = int(heads[a]) {
			if a < 0 {
				return true
			}
		}
	}
	return false
}
