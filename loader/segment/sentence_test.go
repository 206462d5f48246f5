package segment

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"whence/graph"
)

func TestSplitSentences(t *testing.T) {
	for name, want := range map[string][]string{
		"titles and initials":           {"Dr. A. J. Willox met Mrs. Pym and Prof. Lee of St. Mary's.", "They agreed."},
		"number":                        {"She lives at No. 10.", "He left in 2011.", "Nos. 4 and 5 are empty."},
		"latin":                         {"Costs (e.g. rent, fuel, etc.) rose, i.e. by 4%.", "Wages did not, cf. Smith et al. 2019."},
		"quotation then reporter":       {`"Why did nobody ask us?" she said.`, "Nobody knew."},
		"exclamation then reporter":     {"‘Stop!’ he shouted.", "They did not."},
		"ellipsis goes on":              {"They waited … and waited... and then went home.", "It rained."},
		"ellipsis ends":                 {"I do not know…", "Perhaps it was the heat."},
		"decimals and money":            {"It cost £1.5m, or 0.4% of 3.2bn.", "Nobody paid."},
		"time of day":                   {"Doors open at 7 p.m. on Friday.", "Buses stop at 10.30 p.m.", "Taxis do not."},
		"month cut short":               {"It was signed on 6 Dec. 2011.", "It ran until Sept. 2013."},
		"initials of a state":           {"The U.S. government paid.", "The U.K. did not."},
		"bracket after the stop":        {"He left (see above).", "(She stayed.)", "They wrote."},
		"figure in brackets at the end": {"It fell by a tenth (2019).", "Then it rose."},
		"reference":                     {"Rates have doubled.[3]", "No one knows why.[4]"},
		"reference page":                {"This is disputed (Barnes, 1999, p. 12; see pp. 40-44).", "It is old."},
		"degree":                        {"Jo Bell, Ph.D., wrote it.", "Ltd. companies may not."},
		"company":                       {"Serco Ltd. has the contract.", "Capita Inc. lost it."},
		"versus":                        {"It was Leeds vs. Hull.", "Leeds won."},
		"bullet":                        {"how are the targets set and do they test it?"},
		"no space after the stop":       {"It closed in May.", "The staff were told in June."},
		"person of rank":                {"Supt. Carol Penrose and Cllr. Doyle spoke to Sgt. Hale.", "Gen. Hart did not."},
		"article and section":           {"Under Art. 8 and s. 117 of the Act, care is free.", "Ch. 3 says how."},
		"question and statement":        {"Who pays?", "We do.", "Why?!", "Because."},
		"lower case after a name":       {"iPhone sales fell.", "eBay did well."},
	} {
		t.Run(name, func(t *testing.T) {
			text := ""
			for i, s := range want {
				if i > 0 {
					text += " "
				}
				text += s
			}
			var got []string
			for _, s := range SplitSentences(text, graph.Span{Start: 0, End: len(text)}) {
				got = append(got, s.Of(text))
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestSplitSentencesInOneText(t *testing.T) {
	for text, want := range map[string][]string{
		"“We were told nothing.” The council denies this.":           {"“We were told nothing.”", "The council denies this."},
		"“It is late. We are tired,” he said. She agreed.":           {"“It is late.", "We are tired,” he said.", "She agreed."},
		"See https://www.example.org/a.b/c?d=1. It has the figures.": {"See https://www.example.org/a.b/c?d=1.", "It has the figures."},
		"It was ‘a good deal.’ Nobody else thought so.":              {"It was ‘a good deal.’", "Nobody else thought so."},
		"":       nil,
		"   \n ": nil,
	} {
		var got []string
		for _, s := range SplitSentences(text, graph.Span{Start: 0, End: len(text)}) {
			got = append(got, s.Of(text))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
}
