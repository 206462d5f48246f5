package cite

import "strings"

// set makes a word list from words parted by white space.
func set(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(words) {
		out[w] = true
	}
	return out
}

// phrases makes a table of phrases, one a line, by their first word.
func phrases(lines string) map[string][][]string {
	out := map[string][][]string{}
	for _, l := range strings.Split(strings.TrimSpace(lines), "\n") {
		words := strings.Fields(strings.ReplaceAll(strings.ToLower(l), "'s", " 's"))
		out[words[0]] = append(out[words[0]], words)
	}
	return out
}

var weekdays = set(`monday tuesday wednesday thursday friday saturday sunday`)

// functionWords never belong to a name, except as a link inside it.
var functionWords = set(`
	a an the this that these those its his her their our my your another each every some any all no both either such
	i we you he she it they who whom whose which what when where while how why if as than then so but or nor yet because
	since until unless although though whereas and of in on at by for from to with without into onto over under about
	after before between against during through per via upon like among amid despite including regarding towards
	is are was were be been being am do does did done has have had having will would shall should can could may might must
	not also only just even still there here now again however moreover furthermore meanwhile indeed perhaps instead
	according yes see source sources one two three four many most more much less few several other last next recent
	first second third finally new today yesterday tomorrow tonight monday tuesday wednesday thursday friday saturday sunday`)

var determiners = set(`a an the this that these those its his her their our my your another one each every any some no`)

// connectors link the parts of one name: "Department for Work and Pensions".
var connectors = set(`of for and & on`)

// bodyWords are the words by which the name of an organisation is known as such.
var bodyWords = set(`
	department ministry office institute institution institutes centre center council committee commission commissioner
	society association federation confederation union university college school academy trust foundation charity
	board agency authority service services bank house campaign organisation organization group network alliance
	coalition partnership taskforce task-force inquiry tribunal court parliament government assembly senate congress
	senedd treasury commons lords cabinet secretariat bureau forum panel unit fund programme company ltd limited plc
	inc corporation corp party hospital hospitals healthcare infirmary nhs police force army ombudsman regulator
	watchdog inspectorate directorate executive observatory laboratory think-tank league club church diocese press
	citizens advice register survey joint select public royal national international global european british
	health affairs statistics research studies science sciences economics analysis policy action rights watch uk
	scope shelter mind rethink crisis oxfam yougov ipsos mori survation opinium gallup comres savanta natcen kpmg
	deloitte pwc mckinsey capita maximus atos serco g4s microsoft google facebook amazon apple twitter`)

// weakBody are those body words that also stand in the middle of a name.
var weakBody = set(`health affairs statistics research studies science sciences economics analysis policy action rights survey joint
	select public royal national international global european british uk campaign police citizens court`)

// dataBodies publish figures, so that to rely on them is to rely on their data.
var dataBodies = set(`ons obr ifs dwp nao nhs hmrc dfe moj dhsc defra dluhc mhclg who oecd imf eurostat ofsted ofcom ofgem ucas
	unicef un ipcc cdc fbi census yougov ipsos savanta opinium survation gallup pew rcn bma niesr scope stonewall cqc`)

// publications are names of newspapers, magazines, broadcasters, agencies and news sites.
var publications = phrases(`
BBC
BBC News
BBC Radio
BBC Radio 4
BBC Radio 5 Live
BBC One
BBC Two
BBC Breakfast
BBC Panorama
BBC Newsnight
BBC World Service
BBC Scotland
BBC Wales
ITV
ITV News
Channel 4
Channel 4 News
Channel 5
Sky News
GB News
LBC
Times Radio
TalkTV
Guardian
Observer
Financial Times
Daily Telegraph
Sunday Telegraph
Daily Mail
Mail on Sunday
MailOnline
Daily Mirror
Sunday Mirror
Daily Express
Daily Star
Evening Standard
Sunday Times
Morning Star
Private Eye
Big Issue
New Statesman
Spectator
Economist
HuffPost
Huffington Post
BuzzFeed
BuzzFeed News
Politico
Reuters
Bloomberg
Associated Press
Press Association
PA Media
AFP
Agence France-Presse
Al Jazeera
CNN
NBC
NBC News
CBS
CBS News
ABC News
Fox News
MSNBC
NPR
PBS
New York Times
Washington Post
Wall Street Journal
Los Angeles Times
USA Today
New Yorker
Vox
ProPublica
Axios
Irish Times
RTE
Scotsman
Herald
National
Daily Record
Western Mail
WalesOnline
Belfast Telegraph
Yorkshire Post
Manchester Evening News
Liverpool Echo
Birmingham Mail
Pulse
Health Service Journal
HSJ
Nursing Times
Nursing Standard
GPonline
BMJ
British Medical Journal
Lancet
New Scientist
Inside Housing
Schools Week
Tes
Third Sector
Civil Society
Community Care
Local Government Chronicle
Computer Weekly
Disability News Service
Benefits and Work
openDemocracy
Full Fact
The Canary
Byline Times
Novara Media
Left Foot Forward
PoliticsHome
ConservativeHome
LabourList
The Conversation
The Ferret
The Register
The Verge
The Intercept
The Atlantic
The i
Yahoo News
Breitbart
Breitbart News
CounterPunch
Vice News
Time magazine
Der Spiegel
Le Monde
El País
Sun
Times
Telegraph
Independent
Mirror
Mail
Express
Standard
Star
Metro
`)

// articled are publications whose name is a common word: they are read as such
// only after an article, or where somebody told them something.
var articled = set(`sun times telegraph independent mirror mail express standard star metro national herald guardian observer
	spectator economist scotsman time canary`)

// pressWords end the name of a publication.
var pressWords = set(`news times post herald gazette telegraph journal mail mirror express tribune chronicle observer magazine
	echo argus broadcasting radio tv newspaper weekly`)

// personTitles stand before the name of a person.
var personTitles = set(`mr mrs ms miss dr prof professor sir dame lord lady baroness baron rev reverend judge justice cllr councillor
	secretary minister chancellor president senator governor congressman congresswoman spokesman spokeswoman spokesperson`)

// givenNames are common first names in English text: with a surname, they make a person.
var givenNames = set(`
	aaron abigail adam adrian agnes ahmed aisha alan alain alastair albert alex alexander alexandra alice alison alistair amanda
	amber amelia amy andrea andrew andy angela angus ann anna anne annette anthony antonia antonio april arthur ashley barbara barry
	becky ben benjamin bernard beth bill bob boris brenda brian bridget bruce caitlin camilla carl carla carol caroline catherine
	cecilia charles charlie charlotte cheryl chloe chris christian christina christine christopher claire clare clive colin connor
	craig daisy damian daniel danny darren dave david dawn dean deborah debbie denis denise derek diana diane dominic donald donna
	dorothy douglas duncan ed eddie edith edward eileen elaine eleanor elena elisabeth elizabeth ella ellen emily emma eric erica
	erving ernest esther ethan eva eve evelyn ewan fatima felicity fiona florence frances francis frank fred freya gareth gary
	gavin gemma geoff geoffrey george gerald gerard gillian gina glen glenn gordon grace graham grant greg gregory guy hannah
	harold harriet harry hasan hassan hazel heather heidi helen helena henry hilary hillary holly howard hugh ian imogen imran ingrid
	irene iris isaac isabel isabella isla ivan jack jackie jacob jacqueline jake james jamie jan jane janet janice jason jean
	jeff jeffrey jennifer jenny jeremy jess jessica jill jim jimmy jo joan joanna joanne joe joel johanna john johnny jon jonathan
	jordan joseph josephine josh joshua joyce juan judith judy julia julian julie june justin karen karl kate katherine kathleen
	kathryn kathy katie keir keith kelly ken kenneth kerry kevin khalid kim kirsty kyle laura lauren laurence lawrence leah lee
	lenin leo leon leonard lesley leslie lewis liam lily linda lisa liz lloyd lorenz lorna lorraine louis louise lucy luke lydia lynn lynne
	maggie malcolm marcus margaret maria marian marie marilyn marion mark martha martin martyn mary mason mathew matt matthew
	maureen maurice max megan mehmet mel melanie melissa mia michael michelle miguel mike mohamed mohammad mohammed mohammad moira
	molly monica muhammad nadia nancy naomi natalie natasha nathan neil neville niall nicholas nick nicky nicola nicole nigel nina
	noah noel nora norman oliver olivia omar oscar owen paddy pam pamela pat patricia patrick paul paula pauline penny pete peter
	phil philip philippa phillip phoebe pierre polly priti priya rachel rafael ralph raymond rebecca reg rhys richard rick rishi rita
	rob robert roberta robin rod roger ron ronald rory rosa rose rosemary rosie ross roy rupert russell ruth ryan sadiq sajid
	sally sam samantha samuel sandra sara sarah scott sean sebastian sergei shabana shami sharon sheila shirley sian simon
	sofia sonia sophia sophie stacey stanley stefan stella stephanie stephen steve steven stewart stuart sue susan susie suzanne sylvia
	talcott tamsin tanya tariq ted terence teresa terry thelma theo theresa therese thomas tim timothy tina toby tom tommy tony tracey tracy
	trevor tristan vanessa vera veronica vicky victor victoria vincent virginia vivian walter wanda wayne wendy wes will william winston
	yasmin yusuf yvette yvonne zac zadie zoe`)

// places and events stand before a year in brackets without having written anything.
var places = set(`
	london paris berlin rome madrid dublin edinburgh glasgow cardiff belfast leeds leicester manchester liverpool birmingham
	bristol sheffield newcastle nottingham oxford cambridge york brighton washington brussels geneva vienna tokyo beijing moscow
	sydney toronto england scotland wales ireland britain uk us usa eu europe america africa asia france germany italy spain
	china india japan russia australia canada brexit covid euro olympics wimbledon spring summer autumn winter christmas easter
	born died founded established est aged circa copyright figure table chapter section page volume issue appendix box note`)
