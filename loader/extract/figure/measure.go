package figure

import (
	"strings"

	"whence/loader/extract/date/word"
)

// measure reads a unit of measurement at word j and returns how many words it takes.
func (s *sentence) measure(a *amount, j int) int {
	w := s.at(j)
	if w.Is("pound", "pounds") && s.at(j+1).Is("of") {
		a.unit = "pounds"
		return 1
	}
	if w.Is("square", "sq", "cubic") {
		m, ok := measures[s.at(j+1).Lower]
		if s.at(j + 1).Is("m") {
			m, ok = "metres", true
		}
		if ok {
			a.unit = map[string]string{"square": "square ", "sq": "square ", "cubic": "cubic "}[w.Lower] + m
			return 2
		}
	}
	switch {
	case w.Is("°"):
		a.unit = "degrees"
		if s.at(j+1).Is("c", "f") {
			a.unit = scaleOf[s.at(j+1).Lower]
			return 2
		}
		return 1
	case w.Is("″") && w.Glued:
		a.unit = "inches"
		return 1
	case w.Is("m") && s.matches(j, []string{"m", ".", "p", ".", "h"}):
		a.unit = "miles per hour"
		if s.at(j + 5).Is(".") {
			return 6
		}
		return 5
	case w.Kind == word.Mixed && squared[w.Lower] != "":
		a.unit = squared[w.Lower]
		return 1
	}
	key := w.Lower
	m, ok := measures[key]
	if w.Is("m") && w.Glued && a.scale == 1 {
		m, ok = "metres", true
	}
	if w.Is("c", "f") && w.Upper && !w.Glued && !s.at(j+1).Upper && !a.letters {
		a.unit = m // "12 C"
		return 1
	}
	if !ok || onlyGlued[key] && !w.Glued || s.at(j+1).Glued && s.at(j+1).Kind == word.Digits {
		return 0
	}
	a.unit = m
	n := 1
	switch next := s.at(j + 1); {
	case next.Is("celsius", "fahrenheit", "centigrade", "c", "f") && m == "degrees":
		a.unit = scaleOf[next.Lower]
		n++
	case next.Is("/") && next.Glued && s.at(j+2).Is("h", "hr", "hour", "s", "sec") && speeds[m] != "":
		a.unit = m + " per " + speeds[m]
		if s.at(j+2).Is("s", "sec") {
			a.unit = m + " per second"
		}
		n += 2
	case next.Is("²", "³") && next.Glued:
		a.unit = map[string]string{"²": "square ", "³": "cubic "}[next.Lower] + m
		n++
	case next.Is("-", "‑") && next.Glued && s.at(j+2).Is("ft", "feet", "foot") && w.Is("lb", "pound"):
		a.unit = "lb-ft"
		n += 2
	case w.Is("metric") && next.Is("tons", "tonnes", "ton", "tonne"):
		a.unit = "tonnes"
		n++
	}
	return n
}

// metres reports whether the "m" at word j is a length: "72m long", "100m race".
func (s *sentence) metres(j int) bool {
	next := s.at(j + 1)
	return next.Is("long", "high", "wide", "tall", "deep", "above", "below", "away", "radius", "race", "sprint", "hurdles", "freestyle", "final", "x", "(", "²", "square", "wave", "tower", "mark", "dash", "swim", "run")
}

// speeds are lengths that are measured by the hour where a stroke and no word stands.
var speeds = map[string]string{"kilometres": "hour", "miles": "hour", "metres": "hour"}

// scaleOf are the scales of degrees.
var scaleOf = map[string]string{"c": "celsius", "celsius": "celsius", "centigrade": "celsius", "f": "fahrenheit", "fahrenheit": "fahrenheit"}

// squared are units of area and volume written with a digit.
var squared = map[string]string{"m2": "square metres", "km2": "square kilometres", "cm2": "square centimetres", "ft2": "square feet", "m3": "cubic metres", "cm3": "cubic centimetres", "km3": "cubic kilometres"}

// shortTimes are abbreviated and irregular units of time.
var shortTimes = map[string]string{"hr": "hours", "hrs": "hours", "min": "minutes", "mins": "minutes", "sec": "seconds", "secs": "seconds", "yr": "years", "yrs": "years", "century": "centuries", "centuries": "centuries"}

// wholeUnit gives a unit of time in the plural, in full.
func wholeUnit(w string) string {
	if full, ok := shortTimes[w]; ok {
		return full
	}
	return strings.TrimSuffix(w, "s") + "s"
}
