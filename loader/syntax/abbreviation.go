package syntax

import "strings"

// What follows a word that a full stop cuts short.
const (
	nameFollows   = iota + 1 // and the sentence goes on
	numberFollows            // or the word is no abbreviation
	textFollows              // the sentence goes on
	anyFollows               // or the sentence ends
)

// abbreviations are words that a full stop may cut short, by what follows them. A
// treebank has too few of the rarer ones to learn them one by one.
var abbreviations = func() map[uint64]uint64 {
	out := map[uint64]uint64{}
	for i, words := range []string{
		nameFollows: `mr mrs ms mx dr drs prof rev revd hon pres messrs msgr mme mlle sen sens rep reps gov
			govs amb atty gen col maj capt cpt cmdr
			cdr lt sgt cpl pvt adm brig supt insp cllr cllrs`,
		numberFollows: `al no nos p pp fig figs vol vols art arts ch chs sec secs s ss para paras reg regs sch c ca approx
			est jan feb mar apr jun jul aug sep sept oct nov dec`,
		textFollows: `v vs cf viz e.g i.e eg incl esp`,
		anyFollows: `inc corp co cos ltd plc llc bros dept univ assn etc jr sr u.s u.k u.n d.c a.m p.m am pm min hr
			hrs lb lbs oz ft mi sq tel ext ave blvd rd st ste mt fr ed eds trans
			ala ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont neb nev n.h n.j
			n.m n.y n.c n.d okla ore pa r.i s.c s.d tenn tex vt va wash wis w.va wyo ont que b.c n.s`,
	} {
		for s := range strings.FieldsSeq(words) {
			p := newPiece(s)
			out[p.whole] = uint64(i)
		}
	}
	return out
}()
