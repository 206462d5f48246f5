package planted

import (
	"fmt"
	"strings"

	"whence/graph"
)

// What people do that is counted: what they did, and what each such thing is called.
var doings = [][2]string{
	{"missed a hearing test", "missed hearing tests"},
	{"waited over a month for a bus pass", "late bus passes"},
	{"left the night school early", "early departures from night school"},
	{"asked for a larger allotment", "requests for larger allotments"},
	{"were turned away from the dentist", "refusals by dentists"},
	{"took out a second library card", "second library cards"},
	{"complained about the ferry", "complaints about the ferry"},
	{"paid a fine for late parking", "fines for late parking"},
	{"moved out of a damp house", "removals from damp houses"},
	{"joined the repair course", "places on the repair course"},
	{"lost a bicycle at the station", "bicycles lost at the station"},
	{"skipped the winter eye check", "skipped winter eye checks"},
	{"sold a share in the orchard", "sales of orchard shares"},
	{"called the flood line at night", "night calls to the flood line"},
	{"applied for a kitchen grant", "applications for kitchen grants"},
	{"broke off the swimming lessons", "broken-off swimming lessons"},
	{"borrowed a sewing machine", "loans of sewing machines"},
	{"were sent home from the clinic", "dismissals from the clinic"},
	{"signed the quarry petition", "signatures under the quarry petition"},
	{"changed their water meter", "changes of water meter"},
	{"cancelled the breakfast club", "cancellations of the breakfast club"},
	{"reported a broken kerb", "reports of broken kerbs"},
	{"stayed in the hostel over Easter", "Easter stays in the hostel"},
	{"used the mobile post van", "visits to the mobile post van"},
	{"failed the boat licence", "failed boat licences"},
	{"took the heritage tram", "rides on the heritage tram"},
	{"put off a tooth extraction", "delayed tooth extractions"},
	{"found work through the harbour scheme", "jobs found through the harbour scheme"},
	{"gave up the choir stipend", "returned choir stipends"},
	{"entered the beekeeping register", "entries in the beekeeping register"},
	{"swapped their council flat", "swaps of council flats"},
	{"were rescued from the mudflats", "rescues from the mudflats"},
	{"disputed a heating bill", "disputed heating bills"},
	{"visited the seed exchange", "visits to the seed exchange"},
	{"dropped the welding apprenticeship", "dropped welding apprenticeships"},
	{"rented a market stall", "rentals of market stalls"},
	{"walked the closed canal path", "walks along the closed canal path"},
	{"received a smoke alarm", "smoke alarms handed out"},
	{"slept in the railway shelter", "nights in the railway shelter"},
	{"passed the forest warden exam", "passes in the forest warden exam"},
}

var populations = strings.Fields(`patients pupils tenants pensioners drivers carers nurses students farmers sailors commuters apprentices shopkeepers parents teachers gardeners visitors veterans residents miners`)

// What is promised or announced, of what, until when, and why.
var (
	acts     = strings.Fields(`close sell rename shrink fence rent move drain shut demolish mothball split`)
	things   = strings.Split(`covered market|outdoor pool|signal box museum|lower ferry landing|east pavilion|maternity wing|tannery hostel|night shelter|grain exchange|canal basin|observatory lawn|school orchard|tram depot|county archive|fishermen’s chapel|almshouse garden|old courthouse|lifeboat house|weavers’ hall|upper reservoir`, "|")
	untils   = strings.Fields(`before until while unless after`)
	becauses = strings.Fields(`because since as`)
)

// Sentences that say nothing anybody would check.
var (
	// No run of words of it is likely to be made twice: nearly every word is drawn by lot.
	asides     = strings.Split(`{adj} {noun}s {did} {how} {where} {town} {noun}|{town} {noun}s {did} {adj} {noun}s {how}|the {adj} {noun} of {town} {did} every {adj} {noun}|{noun}s and {noun}s {did} {where} {town} {how}|in {town} a {noun} {did} {adj} {noun}s|{adj} {noun}s, {adj} {noun}s and a {noun} {did} {where} {town}|{how} the {noun} {did} {town} {noun}s|where {noun}s {did}, {adj} {noun}s {did} {town}|{where} the {adj} {noun} {town} {did} {how}|a {noun} from {town} {did} {noun}s {how}`, "|")
	adjectives = strings.Fields(`crooked patient yellow quiet borrowed salted narrow painted drowsy polite rusty windless lopsided velvet unsigned frosty cheerful folded amber brittle copper dappled earthen faded gilded hollow ivory jagged knotted lacquered mossy nimble oaken pewter quilted ragged smoky tawny unlit varnished woollen crimson silver mottled humble stubborn lanky marbled peppery sunken threadbare wiry plump hazy gnarled tufted slanted ribbed chalky leaden`)
	nouns      = strings.Fields(`ledger teapot weathervane accordion bench lantern orchard staircase notebook gatepost kettle umbrella pigeon ladder almanac piano fiddle wheelbarrow postcard cellar chimney anvil barrel candle drum easel funnel goblet hammock inkwell jug kite loom mandolin needle oar pulley quill rudder saddle thimble urn vase wagon bellows cradle dinghy flagon gargoyle hinge icicle jersey kennel lattice mirror napkin ornament parasol raft spindle trellis valve whistle bobbin cushion damson emblem fender garland hatbox cobble mallet parlour turnstile lintel sundial trough cistern pantry`)
	verbs      = strings.Fields(`followed painted carried mended polished sheltered circled startled gathered delayed praised puzzled rivalled missed greeted buried tempted avoided bordered charmed dodged echoed flanked guarded humbled imitated jolted kindled lulled mirrored noticed outlived pestered quenched rattled soothed tickled upset vexed welcomed amused balanced consoled dazzled enlivened fooled graced hindered irked jostled crowned matched nudged outshone pleased rescued scattered trailed unsettled warmed`)
	adverbs    = strings.Fields(`slowly gladly sideways seldom warily early late quietly often nightly proudly idly bravely coldly deftly evenly faintly gently hastily inwardly jointly keenly lightly meekly neatly openly plainly rashly softly tamely utterly vainly warmly yearly aptly briskly calmly dimly`)
	wheres     = strings.Fields(`beyond behind near above below beside past outside inside round toward opposite`)
	// Names of a thing that can be read in a title.
	titles = strings.Split(`What we know about the {thing} in {place}|{place}: a question of numbers|Notes from {place}|The {thing} and its friends|{place} looks back|A week in {place}|On the {thing}|After the meeting in {place}|{place} and the {thing}: the story so far|Letter from {place}`, "|")
)

// A subject is what a story is about.
type subject struct {
	did, events string // "missed a hearing test", "missed hearing tests"
	people      string // "patients"
	place       string // "Aldcombe"
	year        int
	thing       string // "covered market"
	until, why  string
	act         string
}

func (s subject) period() graph.Interval { return yearly(s.year) }

func yearly(year int) graph.Interval {
	return graph.Interval(fmt.Sprintf("%d-01-01/%d-12-31", year, year))
}

// A number is a figure as one document gives it.
type number struct {
	words string // "7.6 million", "over 340"
	value float64
	bound graph.Bound // "" is exact
}

// counted says that so many did it. The ways of saying so have the same truth conditions.
func (s subject) counted(n number, way int) utterance {
	f := s.figure(n)
	var words string
	switch way % 4 {
	case 0:
		words = fmt.Sprintf("%s %s in %s %s in %d", n.words, s.people, s.place, s.did, s.year)
	case 1:
		words = fmt.Sprintf("in %d, %s %s in %s %s", s.year, n.words, s.people, s.place, s.did)
	case 2:
		words = fmt.Sprintf("in %s, %s %s %s in %d", s.place, n.words, s.people, s.did, s.year)
	case 3:
		words = fmt.Sprintf("%s %s from %s %s over the course of %d", n.words, s.people, s.place, s.did, s.year)
	}
	return utterance{words: words, figures: []figure{f}}
}

// figure is what a figure of the subject measures.
func (s subject) figure(n number) figure {
	f := figure{words: n.words, value: n.value, bound: n.bound, unit: "people", measure: s.did, population: s.people, place: s.place, period: s.period()}
	if f.bound == "" {
		f.bound = graph.BoundExact
	}
	return f
}

// told is what a figure is told with, all of which may drift.
func (f figure) told(words string) utterance { return utterance{words: words, figures: []figure{f}} }

// promised is what somebody says of a thing, long enough to be cut.
func (s subject) promised() string {
	return fmt.Sprintf("we will not %s the %s in %s %s %s", s.act, s.thing, s.place, s.until, s.why)
}

// thousands writes a whole number with commas.
func thousands(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// rounded writes a number that has at most two significant digits as people do.
func rounded(n int) string {
	if n >= 1_000_000 {
		return strings.TrimSuffix(fmt.Sprintf("%.1f", float64(n)/1e6), ".0") + " million"
	}
	return thousands(n)
}

// capital makes the first letter of a sentence one.
func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
