package extract

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"whence/graph"
)

// Adjuncts that say in whose eyes a sentence holds, and what only looks like one.
func TestViews(t *testing.T) {
	checkReported(t, []reportCase{
		{"in somebody's view", `In Okafor's view the port is too small for the new ferries.`, []said{
			{"Okafor", "In Okafor's view", "the port is too small for the new ferries", graph.ModeIndirect, "A5"},
		}},
		{"in the eyes of, inside a clause", `The port, in the eyes of many captains, is too small.`, []said{
			{"many captains", "in the eyes of many captains", "The port is too small", graph.ModeIndirect, "A5"},
		}},
		{"a perspective, and what follows from it", `From this perspective, ferries are a luxury; therefore nobody pays for them.`, []said{
			{"this perspective", "From this perspective", "ferries are a luxury; therefore nobody pays for them", graph.ModeIndirect, "A5"},
		}},
		{"for a person, what is so in general", `Hugh Lind wrote a book. For Lind, most delays are a matter of training.`, []said{
			{"Lind", "For Lind", "most delays are a matter of training", graph.ModeIndirect, "A5"},
		}},
		{"for a person, what happened", `Hugh Lind wrote a book. For Lind, it was a day of celebration.`, nil},
		{"for a person, what will be", `Hugh Lind wrote a book. For Lind, the victory would be a relief.`, nil},
		{"hearsay", `From what I hear from drivers, new buses are rare.`, []said{
			{"drivers", "From what I hear from drivers", "new buses are rare", graph.ModeIndirect, "A5"},
		}},
		{"what somebody told", `From what Okafor told us, the port will close.`, []said{
			{"Okafor", "From what Okafor told us", "the port will close", graph.ModeIndirect, "A5"},
		}},
		{"what nobody told", `From what Okafor never told us, the port will close.`, nil},
		{"the writer's own view", `In my view the port is too small for the new ferries.`, nil},
	})
}

// Nouns that are what is reported, or govern it.
func TestNouns(t *testing.T) {
	checkReported(t, []reportCase{
		{"a fear is that", `The captains' fear is that the port will close.`, []said{
			{"The captains", "fear is", "that the port will close", graph.ModeIndirect, "N3"},
		}},
		{"the aim of a study", `The aim of the study was to count the ferries on the route.`, []said{
			{"the study", "aim", "to count the ferries on the route", graph.ModeIndirect, "N3"},
		}},
		{"the foremost finding", `The biggest finding of the inquiry was a shortage of captains.`, []said{
			{"the inquiry", "finding", "a shortage of captains", graph.ModeIndirect, "N3"},
		}},
		{"one of the findings", `One of the main findings of the inquiry was a shortage of captains.`, []said{
			{"the inquiry", "findings", "a shortage of captains", graph.ModeIndirect, "N3"},
		}},
		{"what a claim is like", `The claim was a surprise.`, nil},
		{"a view of something as something", `Her view of captains as idle servants of the port was an old one.`, []said{
			{"Her", "view of", "captains as idle servants of the port", graph.ModeIndirect, "N4"},
		}},
		{"a view of the sea", `Her view of the harbour was blocked.`, nil},
		{"concerns that somebody raises", `The council ignored concerns raised by captains, nurses and shops regarding the noise of the ferries.`, []said{
			{"captains, nurses and shops", "concerns raised by", "the noise of the ferries", graph.ModeIndirect, "N4"},
		}},
		{"a topic of comments", `We heard comments made by captains about the noise.`, nil},
		{"a belief that somebody spreads", `The council promoted the cheap and unproven belief that ferries cure boredom.`, []said{
			{"The council", "promoted", "the cheap and unproven belief that ferries cure boredom", graph.ModeIndirect, "N2"},
		}},
		{"one report by verb and noun", `Okafor replied with the claim that the port was safe.`, []said{
			{"Okafor", "replied", "that the port was safe", graph.ModeIndirect, "I1"},
		}},
		{"a plan that the verb parts from its infinitive", `Another council plan was announced as part of the budget to close the port.`, []said{
			{"council", "plan", "to close the port", graph.ModeIndirect, "N2"},
		}},
		{"an aim before its infinitive", `The council's aim to prompt captains to act is a dream.`, []said{
			{"The council", "aim", "to prompt captains to act", graph.ModeIndirect, "N2"},
		}},
	})
}

// Passives without an agent, and verbs that a comma joins.
func TestVerbsThatNameNobody(t *testing.T) {
	checkReported(t, []reportCase{
		{"were told that", `The captains were told that the port would close.`, []said{
			{"", "were told", "that the port would close", graph.ModeIndirect, "I1"},
		}},
		{"a colon behind a passive", `The plan was announced: the port will close.`, []said{
			{"", "was announced:", "the port will close", graph.ModeIndirect, "I7"},
		}},
		{"told behind a passive", `I was moved to the night shift, told I should not complain.`, []said{
			{"", "told", "I should not complain", graph.ModeIndirect, "I6"},
		}},
		{"advised behind a subject", `My doctor saw that I was ill, advised I rest at home.`, []said{
			{"My doctor", "advised", "I rest at home", graph.ModeIndirect, "I6"},
		}},
		{"claimed to show", `The plan rests on a survey of the piers, which is claimed to show that they leak.`, []said{
			{"a survey of the piers", "is claimed to show", "that they leak", graph.ModeIndirect, "E1"},
		}},
		{"known to be", `Captains known to be ill stay at home.`, nil},
		{"seen as", `The captains see the port as a means to wealth.`, []said{
			{"The captains", "see", "the port as a means to wealth", graph.ModeIndirect, "D1"},
		}},
		{"a mass noun that shows", `Research shows ferry traffic can fall in May.`, []said{
			{"Research", "shows", "ferry traffic can fall in May", graph.ModeIndirect, "I6"},
		}},
		{"committed to doing", `The harbour board has committed to doubling the fleet.`, []said{
			{"The harbour board", "has committed", "to doubling the fleet", graph.ModeIndirect, "T1"},
		}},
		{"raised a question", `Okafor raised the question of who should pay.`, []said{
			{"Okafor", "raised", "the question of who should pay", graph.ModeIndirect, "T1"},
		}},
		{"a predicate that a clause is about", `The news was the captain's long illness, which showed that he was not fit.`, []said{
			{"the captain's long illness", "showed", "that he was not fit", graph.ModeIndirect, "I1"},
		}},
		{"the writer knows better", `Many captains believe that ferries make money, when in fact they lose it.`, []said{
			{"Many captains", "believe", "that ferries make money", graph.ModeIndirect, "I1"},
		}},
		{"what somebody thought was so", `He liked what the captains thought was safe.`, nil},
	})
}

// Documents, references and headlines.
func TestDocumentsThatSpeak(t *testing.T) {
	checkReported(t, []reportCase{
		{"in a report it says", `In a report on fares, it says: “The port should close at night.”`, []said{
			{"a report on fares", "says:", "“The port should close at night.”", graph.ModeDirect, "Q4"},
		}},
		{"a reference inside a sentence", `A “common good” that every town should keep (Lind, 2009), the port has shrunk.`, []said{
			{"Lind", "2009", "A “common good” that every town should keep", graph.ModeMixed, "R1"},
		}},
		{"a reference without words of its own", `A good that every town should keep (Lind, 2009), the port has shrunk.`, nil},
		{"reports inside a quotation", `“The port is old, and the survey shows that it leaks,” Okafor said.`, []said{
			{"Okafor", "said", "“The port is old, and the survey shows that it leaks,”", graph.ModeDirect, "Q1"},
			{"the survey", "shows", "that it leaks", graph.ModeIndirect, "I1"},
		}},
		{"a headline with a name", "Okafor: port closure was a mistake\n\nThe port was closed on Monday. Jane Okafor runs the board of the port.\n\nIt had been built in 1903.", []said{
			{"Okafor", ":", "port closure was a mistake", graph.ModeIndirect, "H1"},
		}},
		{"a title with a name", "Okafor: A Life\n\nThe port was closed on Monday. Jane Okafor runs the board of the port.\n\nIt had been built in 1903.", nil},
	})
}

type reportCase struct {
	name, text string
	want       []said
}

func checkReported(t *testing.T, tests []reportCase) {
	t.Helper()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, reported(t, tt.text)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}
