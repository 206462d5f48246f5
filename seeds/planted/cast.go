package planted

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"whence/graph"
)

// A cast is everybody whom the stories tell of. It is the same for every story of
// a seed, and its size does not depend on theirs.
type cast struct {
	people     []graph.Agent // who speak for themselves
	officers   []graph.Agent // each in an office, after another who held it
	formers    []graph.Agent // who held the office of the officer of the same index before
	bodies     []graph.Agent // that count things and publish what they count
	charities  []graph.Agent
	spokes     []graph.Agent // each speaks for the charity of the same index
	newspapers []graph.Agent
	blogs      []graph.Agent
	parliament graph.Agent
	towns      []string // where stories happen, in the order in which they do
}

const (
	peopleInCast   = 240
	officersInCast = 60
	bodiesInCast   = 90
	papersInCast   = 90
)

// Pieces of names. No name made of them is known to be anybody's.
var (
	givenNames = strings.Fields(`Abena Alun Anwen Asha Bettina Bodil Callum Ceri Dafina Delphine Eamon Edda Efua Elin Farrah Fenella Gethin Gudrun Hamish Ilse
		Ines Jarek Jolanta Kasim Kerensa Leocadia Lowri Magnus Mairi Malika Nerys Niamh Odile Orla Padma Petroc Quentin Ravi Rhona Sabela Sanjay Senara Tamsin
		Thandi Ulrika Vashti Wilfrid Xanthe Yusuf Zadie`)
	familyNames = strings.Fields(`Aldersey Ambler Babbington Bracegirdle Brankin Cadwall Carnaby Cheverton Colquitt Crowhurst Dallimore Davenhill Eastlake Eddowes Fazakerley
		Fenwright Gathercole Goodbody Hallowes Hebblethwaite Higginbottom Inchbald Jellicoe Kettlewell Killick Lamplugh Lillywhite Mapplebeck Molyneaux Nightshade
		Oakapple Osgerby Penhallow Postlethwaite Quartermaine Rainbird Ravensdale Sallow Shufflebotham Sidebottom Tregenza Trevanion Underhay Venables Wagstaffe
		Whitbread Winterbourne Wrigglesworth Yarborough Zouche`)
	townStarts = strings.Fields(`Ald Bram Cald Dray Eld Farn Garth Holl Ing Jess Kelm Lamb Marl Nor Oss Pell Quarr Rudd Sels Thorl Uls Vail Wend Yarr Ash Birk
		Clev Dunn Ems Frob Gris Haw`)
	townEnds    = strings.Fields(`borough bridge bury by caster church combe cott dale den fleet ford gate ham hithe holme hurst leigh low mere minster mouth ness over ridge stead stoke thorpe ton wade well wick wold worth`)
	bodyKinds   = strings.Split(`Statistics Office|Health Board|Housing Agency|Transport Authority|Schools Inspectorate|Water Directorate|Employment Service|Records Bureau`, "|")
	charityEnds = strings.Split(`Trust|Foundation|Alliance|Network|Aid Society|Forum`, "|")
	paperNames  = strings.Split(`Courier|Gazette|Mercury|Herald|Chronicle|Observer|Examiner|Argus`, "|")
	blogNames   = strings.Split(`Notebook|Diary|Jottings|Dispatch|Workshop|Almanac|Bulletin Board|Loose Ends`, "|")
	offices     = strings.Split(`Minister for Rivers|Minister for Schools|Minister for Housing|Minister for Roads|Minister for Harbours|Minister for Libraries|Minister for Clinics|Minister for Pensions|Minister for Forests|Minister for Railways|Minister for Markets|Minister for Parks`, "|")
)

// newCast invents everybody. Names are drawn without putting back, so that no two are alike.
func newCast(seed uint64) *cast {
	r := rand.New(rand.NewPCG(seed, 1<<63))
	c := &cast{parliament: agent("assembly", 1, graph.Government, "Assembly of the Shires")}
	names := product(r, givenNames, familyNames, " ")
	for i := range peopleInCast {
		c.people = append(c.people, agent("person", i, graph.Person, names[i]))
	}
	towns := product(r, townStarts, townEnds, "")
	c.towns = towns
	for i := range officersInCast {
		title := offices[i%len(offices)]
		now, before := agent("officer", i, graph.Person, names[peopleInCast+2*i]), agent("former", i, graph.Person, names[peopleInCast+2*i+1])
		body := towns[len(towns)-1-i/len(offices)] + " Assembly"
		now.Offices = []graph.Office{{Title: title, Body: body, From: "2014-01-01"}}
		before.Offices = []graph.Office{{Title: title, Body: body, From: "2006-01-01", Until: "2013-12-31"}}
		c.officers, c.formers = append(c.officers, now), append(c.formers, before)
	}
	for i := range bodiesInCast {
		c.bodies = append(c.bodies, agent("body", i, graph.Government, towns[i]+" "+bodyKinds[i%len(bodyKinds)]))
		c.charities = append(c.charities, agent("charity", i, graph.Organisation, towns[bodiesInCast+i]+" "+charityEnds[i%len(charityEnds)]))
	}
	for i, charity := range c.charities {
		spoke := agent("spoke", i, graph.Person, names[peopleInCast+2*officersInCast+i])
		spoke.Offices = []graph.Office{{Title: "press officer", Body: charity.Name}}
		c.spokes = append(c.spokes, spoke)
	}
	for i := range papersInCast {
		c.newspapers = append(c.newspapers, agent("paper", i, graph.Publication, towns[2*bodiesInCast+i]+" "+paperNames[i%len(paperNames)]))
		c.blogs = append(c.blogs, agent("blog", i, graph.Publication, "The "+towns[2*bodiesInCast+papersInCast+i]+" "+blogNames[i%len(blogNames)]))
	}
	return c
}

// agent is somebody whom the authority file knows.
func agent(kind string, number int, typ graph.AgentType, name string) graph.Agent {
	key := fmt.Sprintf("%s-%d", kind, number)
	return graph.Agent{ID: graph.AuthorityAgentID(key), Type: typ, Name: name, Identified: true}
}

// product joins every one of a to every one of b, in an order drawn by lot.
func product(r *rand.Rand, a, b []string, by string) []string {
	var out []string
	for _, x := range a {
		for _, y := range b {
			out = append(out, x+by+y)
		}
	}
	r.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

// agents lists everybody, in order of ID.
func (c *cast) agents() []graph.Agent {
	all := slices.Concat(c.people, c.officers, c.formers, c.bodies, c.charities, c.spokes, c.newspapers, c.blogs, []graph.Agent{c.parliament})
	slices.SortFunc(all, func(a, b graph.Agent) int { return strings.Compare(string(a.ID), string(b.ID)) })
	return all
}

// authority is the authority file that knows the whole cast.
func (c *cast) authority() *graph.Authority {
	agents := c.agents()
	return &graph.Authority{Label: graph.NewAuthorityLabel(fmt.Append(nil, agents)), Agents: agents}
}
