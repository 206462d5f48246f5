package report

// makers is every report that can be made.
var makers = []maker{
	{"anachronism", "claims that are taken from what was published after them", anachronism},
	{"answered-or-not", "whether the written answers to a claim answer it", answeredOrNot},
	{"attribution-drift", "claims that say otherwise who spoke than what they come from", attributionDrift},
	{"certainty-inflation", "claims that are surer than what they retell", certaintyInflation},
	{"circular", "claims that documents have from each other, round in a circle", circular},
	{"contradiction", "claims that cannot hold together, of one speaker or of two", contradiction},
	{"could-have-known", "what had been published that clarifies a claim before it was said", couldHaveKnown},
	{"depth-to-primary", "how far each claim is from where it comes from, the farthest first", depthToPrimary},
	{"echo", "claims that more documents tell than there are sources for, and what all of them rest on", echo},
	{"laundering", "what documents pass on from places of lower standing, or in another's words, without saying so", laundering},
	{"number-drift", "figures that changed when they were retold, or that are told of two different things", numberDrift},
	{"orphan-evidence", "evidence whose words are not in its text, and decisions that apply nowhere", orphanEvidence},
	{"overtaken", "claims said again after they were clarified, corrected, updated or refuted", overtaken},
	{"quote-drift", "words in quotation marks that are not those of an earlier document", quoteDrift},
	{"silent-edit", "what a later text of a document dropped, added or altered without a notice", silentEdit},
	{"unsupported", "what is offered in support of claims that are worth checking: nothing, a name, a document that does not contain it", unsupported},
}
