package report

// makers is every report that can be made.
var makers = []maker{
	{"orphan-evidence", "evidence whose words are not in its text, and decisions that apply nowhere", orphanEvidence},
	{"overtaken", "claims said again after they were clarified, corrected, updated or refuted", overtaken},
}
