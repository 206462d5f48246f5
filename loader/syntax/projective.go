package syntax

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
