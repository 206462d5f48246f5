package word

import "math"

// units are the numbers below twenty, and tens those between.
var (
	units = map[string]float64{
		"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
		"ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
		"seventeen": 17, "eighteen": 18, "nineteen": 19,
	}
	tens = map[string]float64{
		"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
	}
	scales = map[string]float64{
		"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "lakh": 1e5, "crore": 1e7,
	}
)

// Scale returns the factor that a magnitude word stands for ("million": 1e6).
func Scale(lower string) (factor float64, ok bool) {
	factor, ok = scales[lower]
	return factor, ok
}

// IsCardinal reports whether a cardinal number can begin with this word.
func IsCardinal(lower string) bool {
	if _, ok := units[lower]; ok {
		return true
	}
	if _, ok := tens[lower]; ok {
		return true
	}
	return lower == "dozen"
}

// Cardinal reads the number in letters that begins at words[i]: "twenty-eight
// thousand six hundred and two", "a hundred", "two and a half million". It
// returns how many words it takes, 0 if there is none. A lone "a" is no number;
// "a million" and "a dozen" are.
func Cardinal(words []Word, i int) (value float64, n int) {
	var total, part float64 // part is what stands below the next scale word
	start, seen := i, false
	if i+1 < len(words) && words[i].Is("a", "an") {
		_, scale := scales[words[i+1].Lower]
		if !scale && words[i+1].Lower != "dozen" {
			return 0, 0
		}
		part, seen = 1, true
		i++
	}
	scaled := false        // a scale word was read: "and" may follow
	highest := math.Inf(1) // the scale words must fall: "two million three hundred thousand"
	for i < len(words) && i-start < maxCardinal {
		w := words[i].Lower
		switch {
		case w == "and" && seen && scaled && i+1 < len(words) && small(words[i+1].Lower):
			i++
			continue
		case w == "-" && seen && words[i].Glued && i+1 < len(words) && words[i+1].Glued && (joinsHyphen(words[i+1].Lower)):
			i++
			continue
		case w == "dozen" && (!seen || part > 0):
			if part == 0 {
				part = 1
			}
			return total + part*12, i + 1 - start
		}
		if v, ok := tens[w]; ok && tailFree(part, 100) {
			part, seen = part+v, true
		} else if v, ok := units[w]; ok && unitFits(part, v) {
			part, seen = part+v, true
		} else if f, ok := scales[w]; ok && seen && part > 0 {
			if f == 100 {
				if part >= 100 {
					break
				}
				part *= 100
			} else {
				if highest <= f {
					break
				}
				total += part * f
				part, highest = 0, f
			}
			scaled = true
		} else if w == "and" && seen && half(words, i) && !scaled {
			// "two and a half million": the half belongs to the scale that follows.
			part += 0.5
			i += 3
			if i < len(words) {
				if f, ok := scales[words[i].Lower]; ok {
					return total + part*f, i + 1 - start
				}
			}
			return total + part, i - start
		} else {
			break
		}
		i++
	}
	if !seen {
		return 0, 0
	}
	return total + part, i - start
}

const maxCardinal = 16 // words of the longest number read

// half reports whether "and a half" stands at i.
func half(words []Word, i int) bool {
	return i+2 < len(words) && words[i+1].Lower == "a" && words[i+2].Lower == "half"
}

func small(w string) bool {
	_, unit := units[w]
	_, ten := tens[w]
	return unit || ten
}

func joinsHyphen(w string) bool {
	_, unit := units[w]
	_, scale := scales[w]
	return unit || scale
}

// tailFree reports whether nothing below limit has been said of part yet.
func tailFree(part float64, limit int) bool { return int(part)%limit == 0 }

// unitFits reports whether a number below twenty can follow: "twenty" takes one
// to nine, "hundred" takes any.
func unitFits(part, v float64) bool {
	return tailFree(part, 100) || (v > 0 && v < 10 && tailFree(part, 10) && int(part)%100 >= 20)
}
