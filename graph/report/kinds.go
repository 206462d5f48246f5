package report

// makers is every report that can be made.
var makers = []maker{
	{"attribution-drift", "claims that say otherwise who spoke than what they come from", attributionDrift},
	{"certainty-inflation", "claims that are surer than what they retell", certaintyInflation},
	{"contradiction", "claims that cannot hold together, of one speaker or of two", contradiction},
	{"number-drift", "figures that changed when they were retold, or that are told of two different things", numberDrift},
	{"quote-drift", "words in quotation marks that are not those of an earlier document", quoteDrift},
	{"orphan-evidence", "evidence whose words are not in its text, and decisions that apply nowhere", orphanEvidence},
	{"overtaken", "claims said again after they were clarified, corrected, updated or refuted", overtaken},
}
