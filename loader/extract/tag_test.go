package extract

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"whence/graph"
)

func TestTags(t *testing.T) {
	tests := []struct {
		name, text string
		want       []said
	}{
		{
			"what somebody did not say", `"Crime has doubled," Anna Bell did not say.`,
			nil,
		},
		{
			"what somebody never said, behind a colon", `Dorn never said: "The road is shut."`,
			nil,
		},
		{
			"what somebody may have said", "“The road is shut,” Dorn might have said.",
			nil,
		},
		{
			"a question, and the next sentence asks another", `Bell asked: "Who told you that?" Dorn asked her if she had lied.`,
			[]said{
				{"Bell", "asked:", `"Who told you that?"`, graph.ModeDirect, "Q4"},
				{"Dorn", "asked", "if she had lied", graph.ModeIndirect, "I6"},
			},
		},
		{
			"a question to a hearer", "“Who told you that?” Dorn asked her.",
			[]said{{"Dorn", "asked", "“Who told you that?”", graph.ModeDirect, "Q1"}},
		},
		{
			"words passed on", "“It is shut,” Dorn quoted Bell as saying.",
			[]said{{"Bell", "saying", "“It is shut,”", graph.ModeDirect, "Q1"}},
		},
		{
			"words passed on, in the passive", "“It is shut,” Bell was quoted as saying by Dorn.",
			[]said{{"Bell", "saying", "“It is shut,”", graph.ModeDirect, "Q1"}},
		},
		{
			"words passed on by somebody named first", "“It is shut,” the minister was quoted by the Lowmouth Post as saying.",
			[]said{{"the minister", "saying", "“It is shut,”", graph.ModeDirect, "Q1"}},
		},
		{
			"a mark that never closes before the next speaker", `Anna Bell said "the road is shut. Carl Dorn said "it is open".`,
			[]said{
				{"Anna Bell", "said", `"the road is shut.`, graph.ModeDirect, "M1"},
				{"Carl Dorn", "said", `"it is open"`, graph.ModeDirect, "M1"},
			},
		},
		{
			"apposition before a verb of any kind", "“It works,” Anna Bell said. “It does not,” Carl Dorn, her rival, shot back. “Never did.”",
			[]said{
				{"Anna Bell", "said", "“It works,”", graph.ModeDirect, "Q1"},
				{"Carl Dorn, her rival", "shot", "“It does not,” “Never did.”", graph.ModeDirect, "Q1"},
			},
		},
		{
			"the claim of somebody else behind the tag", "“It is shut,” Anna Bell said of Carl Dorn’s claim: “It is open.”",
			[]said{
				{"Anna Bell", "said", "“It is shut,”", graph.ModeDirect, "Q1"},
				{"Carl Dorn", "claim", "“It is open.”", graph.ModeDirect, "N1"},
			},
		},
		{
			"a post passed on", "RT @lowmouth: “The road is shut until Monday at noon.”",
			[]said{{"@lowmouth", "RT", "“The road is shut until Monday at noon.”", graph.ModeDirect, "L1"}},
		},
		{
			"a question asserts nothing", "Fact check: Did Anna Bell say crime had fallen?",
			nil,
		},
		{
			"a name that begins like a question", "Fact check: Will Bell said crime had fallen.",
			[]said{{"Will Bell", "said", "crime had fallen", graph.ModeIndirect, "I6"}},
		},
		{
			"feet and inches", `"I was there at 5' 6" tall," said Anna Bell.`,
			[]said{{"Anna Bell", "said", `"I was there at 5' 6" tall,"`, graph.ModeDirect, "Q1"}},
		},
		{
			"apposition, colon, paragraph break", "Hugh Hill, a doctor, said:\n\n“The clinic will close. Nobody was asked.”",
			[]said{{"Hugh Hill, a doctor", "said:", "“The clinic will close. Nobody was asked.”", graph.ModeDirect, "Q4"}},
		},
		{
			"name, sentence break, quotation", "The board met Ada Okafor. “The line will close in June,” she said.",
			[]said{{"she", "said", "“The line will close in June,”", graph.ModeDirect, "Q1"}},
		},
		{
			"aside between speaker and verb", "“The port will close,” Okafor, who replaced Lind as leader in July, said.",
			[]said{{"Okafor, who replaced Lind as leader in July", "said", "“The port will close,”", graph.ModeDirect, "Q1"}},
		},
		{
			"aside that does not say who it is", "“The port will close,” Okafor, smiling at the crowd, said.",
			[]said{{"Okafor", "said", "“The port will close,”", graph.ModeDirect, "Q1"}},
		},
		{
			"nickname in quotation marks", "“It is finished,” Robert “Bobby” Okafor said.",
			[]said{{"Robert “Bobby” Okafor", "said", "“It is finished,”", graph.ModeDirect, "Q1"}},
		},
		{
			"title with a full stop, party and apposition", "“The port will close,” said Rep. Karl Lind (D-Maine), head of the harbour panel. “... Nobody was asked.”",
			[]said{{"Rep. Karl Lind (D-Maine), head of the harbour panel", "said", "“The port will close,” “... Nobody was asked.”", graph.ModeDirect, "Q1"}},
		},
		{
			"question, long speaker, verb", "“Is it safe?” Lisa Monk, Reed’s adviser on ports, said at a meeting. “Nobody knows that.”",
			[]said{{"Lisa Monk, Reed’s adviser on ports", "said", "“Is it safe?” “Nobody knows that.”", graph.ModeDirect, "Q1"}},
		},
		{
			"signature with a hyphen", "“The harbour is safe for every family in this county.” -Commissioner Ada Okafor",
			[]said{{"Commissioner Ada Okafor", "-", "“The harbour is safe for every family in this county.”", graph.ModeDirect, "S2"}},
		},
		{
			"from and a colon on the line above", "And from Chairwoman Reyes:\n\n“We will keep the line open for as long as the county pays.”",
			[]said{{"Chairwoman Reyes", "from", "“We will keep the line open for as long as the county pays.”", graph.ModeDirect, "L2"}},
		},
		{
			"letterhead", "The port has had many letters this year, and most of them ask for one thing alone.\n\nFrom the desk of Ada Okafor, Vice President\n\n“We will keep the line open for as long as the county pays.”",
			[]said{{"Ada Okafor, Vice President", "From the desk of", "“We will keep the line open for as long as the county pays.”", graph.ModeDirect, "L2"}},
		},
		{
			"apostrophe that looks like a closing mark", "‘The drivers’ will not move,’ Okafor said.",
			[]said{{"Okafor", "said", "‘The drivers’ will not move,’", graph.ModeDirect, "Q1"}},
		},
		{
			"odd number of marks", "Okafor said: “The port will close. Traffic was light.\n\n“It is finished,” Lind said.",
			[]said{{"Okafor", "said:", "“The port will close. Traffic was light.", graph.ModeDirect, "Q4"}, {"Lind", "said", "“It is finished,”", graph.ModeDirect, "Q1"}},
		},
		{
			"left open behind a sentence", "“The port will close,” Okafor said. “We did what we could. Nobody helped.\n\nHe went on, “We will not give up.”",
			[]said{
				{"Okafor", "said", "“The port will close,” “We did what we could. Nobody helped.", graph.ModeDirect, "Q1"},
				{"He", "went", "“We will not give up.”", graph.ModeDirect, "Q4"},
			},
		},
		{
			"two speakers in one sentence", "“The port will close,” Okafor said, and “It must not,” Lind replied.",
			[]said{{"Okafor", "said", "“The port will close,”", graph.ModeDirect, "Q1"}, {"Lind", "replied", "“It must not,”", graph.ModeDirect, "Q1"}},
		},
		{
			"angled, low and typewriter marks", "«The port will close», said Okafor. „The port will close“, said Lind. ''The port will close,'' said Reyes.",
			[]said{
				{"Okafor", "said", "«The port will close»", graph.ModeDirect, "Q1"},
				{"Lind", "said", "„The port will close“", graph.ModeDirect, "Q1"},
				{"Reyes", "said", "''The port will close,''", graph.ModeDirect, "Q1"},
			},
		},
		{
			"nested marks", "“She told me, ‘The port will close,’ and I believed her,” Okafor said.",
			[]said{
				{"Okafor", "said", "“She told me, ‘The port will close,’ and I believed her,”", graph.ModeDirect, "Q1"},
				{"She", "told", "‘The port will close,’", graph.ModeDirect, "Q4"},
			},
		},
		{
			"marks of another shape inside", "Okafor said: \"The plan, “the best of all,” is dead. Nobody wants it.\"",
			[]said{{"Okafor", "said:", "\"The plan, “the best of all,” is dead. Nobody wants it.\"", graph.ModeDirect, "Q4"}},
		},
		{
			"titles of honour", "Baroness Okafor said: “The port will close.” “It is over,” Dame Ada Reyes said. The Rt Hon Sir Karl Lind MP said: “The port is safe.”",
			[]said{
				{"Baroness Okafor", "said:", "“The port will close.”", graph.ModeDirect, "Q4"},
				{"Dame Ada Reyes", "said", "“It is over,”", graph.ModeDirect, "Q1"},
				{"The Rt Hon Sir Karl Lind MP", "said:", "“The port is safe.”", graph.ModeDirect, "Q4"},
			},
		},
		{"did not deny says nothing", "Okafor did not deny that the port would close.", nil},
		{"declined to comment", "Okafor declined to comment.", []said{{"Okafor", "declined", "to comment", graph.ModeIndirect, "I5"}}},
		{
			"any verb behind a whole sentence", "“The port will close for good,” Okafor bristled. “Who asked us?”",
			[]said{{"Okafor", "bristled", "“The port will close for good,” “Who asked us?”", graph.ModeDirect, "Q1"}},
		},
		{
			"the writer speaks", "“I will not sign it,” I said.",
			[]said{{"I", "said", "“I will not sign it,”", graph.ModeDirect, "Q1"}},
		},
		{
			"the verb opens the sentence", "Said Ada Okafor, who grew up there, “We were all so proud of him.”",
			[]said{{"Ada Okafor, who grew up there", "Said", "“We were all so proud of him.”", graph.ModeDirect, "Q4"}},
		},
		{
			"was asked by", "Okafor was asked by Karl Lind, “Will the port close this year?”",
			[]said{{"Karl Lind", "was asked", "“Will the port close this year?”", graph.ModeDirect, "Q4"}},
		},
		{
			"name of a work in the tag", "“The port will close,” Okafor told the Post’s “Morning Call” on Monday. “We did ask.”",
			[]said{{"Okafor", "told", "“The port will close,” “We did ask.”", graph.ModeDirect, "Q1"}},
		},
		{
			"name of a work ends the tag", "“It is early,” said Okafor, host of the show “Shark Bay.” “I mean, who knows?”",
			[]said{{"Okafor, host of the show", "said", "“It is early,” “I mean, who knows?”", graph.ModeDirect, "Q1"}},
		},
		{
			"adjunct before a partial quotation", "With thousands of ships, “there is no single berth left,” he said.",
			[]said{{"he", "said", "With thousands of ships, “there is no single berth left,”", graph.ModeMixed, "Q1"}},
		},
		{
			"words behind a partial quotation", "“The worst year” for the port in decades, Okafor said.",
			[]said{{"Okafor", "said", "“The worst year” for the port in decades", graph.ModeMixed, "Q1"}},
		},
		{
			"tag inside the sentence", "If the port should close, Okafor said, “we would be looking at a dead town.”",
			[]said{{"Okafor", "said", "If the port should close “we would be looking at a dead town.”", graph.ModeMixed, "Q2"}},
		},
		{
			"clause behind the tag", "“It is our bad luck,” Okafor said, that the storm came in May.",
			[]said{{"Okafor", "said", "“It is our bad luck,” that the storm came in May", graph.ModeMixed, "Q2"}},
		},
		{
			"conjunction before the tag", "But, said Okafor, “I do not want to drum up conflict because I know the port, and I know the people in it.”",
			[]said{{"Okafor", "said", "But “I do not want to drum up conflict because I know the port, and I know the people in it.”", graph.ModeDirect, "Q4"}},
		},
		{
			"a quotation with its own tag behind a clause", "Okafor asserted that the port had lost its way: “The port is no longer the port,” he claimed.",
			[]said{
				{"Okafor", "asserted", "that the port had lost its way", graph.ModeIndirect, "I1"},
				{"he", "claimed", "“The port is no longer the port,”", graph.ModeDirect, "Q1"},
			},
		},
		{
			"sentence that goes on behind the marks", "Okafor said, “We have three weeks to go” until the June vote.",
			[]said{{"Okafor", "said", "“We have three weeks to go” until the June vote", graph.ModeMixed, "M1"}},
		},
		{
			"connective before a quotation that goes on", "“It is not do or die,” he said outside. But “The port is stronger with her than it ever was. It helps.”",
			[]said{{"he", "said", "“It is not do or die,” But “The port is stronger with her than it ever was. It helps.”", graph.ModeDirect, "Q1"}},
		},
		{
			"the paragraph's last speaker", "“Those are small towns,” Okafor said. They lie far from the coast. “That is a tough area.”",
			[]said{{"Okafor", "said", "“Those are small towns,” “That is a tough area.”", graph.ModeDirect, "Q1"}},
		},
		{
			"credit inside the marks", "It began in May, and it has not ended yet.\n\n\"You just assume that people who run a port know it.\nAda Okafor, harbour board scholar.\"\n\nThe port is open.",
			[]said{{"Ada Okafor, harbour board scholar", "", "\"You just assume that people who run a port know it.", graph.ModeDirect, "S2"}},
		},
		{
			"a run without a speaker", "It began in May, and it has not ended yet.\n\n“We have to do something about the port.”\n\n“We have to be a lot tougher than this.”",
			[]said{{"", "", "“We have to do something about the port.” “We have to be a lot tougher than this.”", graph.ModeDirect, "Q9"}},
		},
		{
			"nickname at the end of an aside", "“We will not go,” Lind, who is known as “the Bear,” said.",
			[]said{{"Lind, who is known as “the Bear,”", "said", "“We will not go,”", graph.ModeDirect, "Q1"}},
		},
		{
			"stops outside the marks", "“We will not go”, Lind said. “We will fight”.",
			[]said{{"Lind", "said", "“We will not go” “We will fight”", graph.ModeDirect, "Q1"}},
		},
		{
			"only the last paragraph has a tag", "\"The port will close.\n\n\"Nobody was asked,\" Okafor said.",
			[]said{{"Okafor", "said", "\"The port will close. \"Nobody was asked,\"", graph.ModeDirect, "Q1"}},
		},
		{
			"no space behind the closing mark", "Okafor said: “The port will close.”Traffic was light on Monday.",
			[]said{{"Okafor", "said:", "“The port will close.”", graph.ModeDirect, "Q4"}},
		},
		{
			"that before a long quotation", "Okafor said that “the port will close because the county has not paid its share of the dredging for more than two years.”",
			[]said{{"Okafor", "said", "that “the port will close because the county has not paid its share of the dredging for more than two years.”", graph.ModeDirect, "I1"}},
		},

		{"name of a work before its star", "“Orange Is the New Grey” star Ada Okafor opened up about the port.", nil},
		{"an act behind an exclamation", "“Help!” Okafor broke the window.", nil},
		{"who believes is no tag", "The plan is dead – “work is a cure” – and people feel obliged to try, whatever they believe.", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, reported(t, tt.text)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestRead_HostileTags(t *testing.T) {
	for name, text := range map[string]string{
		"tags without end":       strings.Repeat("“So,” he said, ", 20_000),
		"questions without end":  strings.Repeat("“Is it?” Jones said. ", 20_000),
		"commas behind a mark":   strings.Repeat("“The worst” of all, ", 20_000),
		"labels without end":     strings.Repeat("Jones:\n\n“It is so now.”\n\n", 5_000),
		"left open without end":  strings.Repeat("“It is so now.\n\n", 10_000),
		"nested without end":     strings.Repeat("\"“", 30_000),
		"one quotation, one tag": "“" + strings.Repeat("It is so. ", 50_000) + "” he said.",
	} {
		t.Run(name, func(t *testing.T) { read(t, text) })
	}
}
