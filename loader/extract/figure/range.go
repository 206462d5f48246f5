package figure

import (
	"whence/loader/extract/date/word"
)

// read returns the amount that begins at word i, a range as one, or nothing. A
// pair of ends that a change joins ("rose from 10 to 15 per cent") is two amounts.
func (s *sentence) read(i int) []amount {
	a, ok := s.single(i)
	if !ok {
		return nil
	}
	sep, second := s.at(a.end), a.end+1
	joined := sep.Is("-", "–", "—") && s.at(a.end+1).Glued == sep.Glued
	if sep.Is("up") && s.at(second).Is("to") {
		second++
	}
	if a.open {
		second--
		sep = s.at(second - 1)
	}
	between := s.opens(i, "between")
	from := s.opens(i, "from")
	if s.opens(i, "by") && sep.Is("to") {
		return []amount{a} // "rose by 3 to 40"
	}
	if joined && s.at(second).Is("to") && s.at(second+1).Is("-", "–") {
		second += 2 // "36-to-40-percent"
	}
	if !joined && !sep.Is("to", "or") && second == a.end+1 && !(between && sep.Is("and")) {
		return []amount{a}
	}
	b, ok := s.single(second)
	if sep.Is("or") && (!ok || b.value >= 2*a.value && a.value >= 5 || a.unit != "" && b.unit != a.unit || a.value == 1) {
		return []amount{a} // "two or three wards", not "20 or 500"
	}
	if !ok || b.rule == ruleFraction || b.rule == ruleRatio || a.rule == ruleFraction || a.rule == ruleRatio {
		return []amount{a}
	}
	// "24 to 35 per cent", "33-35 billion": the first end takes what only the second says.
	if a.scale == 1 && b.scale > 1 && a.base <= b.base && (a.unit == "" || b.unit == "" || a.unit == b.unit) && !(a.formal && a.value >= 1000) {
		a.value, a.scale = a.value*b.scale, b.scale
	}
	if a.unit == "" && a.rule == ruleCount {
		a.unit, a.rule = b.unit, b.rule
	} else if b.unit == "" && a.rule == ruleMoney {
		b.unit, b.rule = a.unit, a.rule
	}
	if a.unit != b.unit {
		return []amount{a}
	}
	a.formal = a.formal || b.formal
	if from && s.changing(i) {
		return []amount{a, b}
	}
	if b.value <= a.value {
		return []amount{a}
	}
	a.isRange, a.high, a.end, a.letters, a.joined = true, b.value, b.end, a.letters && b.letters, b.joined
	return []amount{a}
}

// opens reports whether the word before i, bounds aside, is the one given.
func (s *sentence) opens(i int, w string) bool {
	for k := i - 1; k >= 0 && k >= i-3; k-- {
		if s.at(k).Is(w) {
			return true
		}
		if !adverbs[s.at(k).Lower] {
			return false
		}
	}
	return false
}

// changes are words that say that "from A to B" is a change and no range.
var changes = set(`rise rises rose risen rising raise raises raised raising fall falls fell fallen falling increase increases increased increasing decrease decreases decreased decreasing
	grow grows grew grown growing growth shrink shrinks shrank shrinking drop drops dropped dropping cut cuts cutting reduce reduces reduced reducing reduction decline declines declined declining
	up down jump jumps jumped jumping climb climbs climbed climbing slump slumps slumped slip slips slipped slide slides slid improve improves improved improving worsen worsened double doubled halve halved
	go goes went gone going move moves moved moving shift shifted change changes changed lower lowers lowered lowering soar soared soaring plunge plunged plunging expand expanded swell swelled widen widened narrow narrowed upgraded revised`)

// changing reports whether "from A to B" at word i is a change: "rose from …", not "fines from …".
func (s *sentence) changing(i int) bool {
	for k := i - 1; k >= 0 && k >= i-8; k-- {
		w := s.at(k)
		if w.Is("range", "ranges", "ranged", "ranging", "anywhere", "anything", "varies", "vary", "varied", "varying", "scale") {
			return false
		}
		if changes[w.Lower] {
			return true
		}
		if w.Kind == word.Mark && !w.Glued {
			return false
		}
	}
	return false
}
