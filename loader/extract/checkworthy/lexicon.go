package checkworthy

import "strings"

// words lists the classes of words, each a feature. Closed classes are listed whole; of open ones (how
// people judge, what public life is about) the common words of English are, in the forms in which they
// occur. A word may be in several. Apostrophes are straight, and 's is no part of a word.
var words = [classes]string{
	first:  `i i'm i've i'd i'll me my mine myself`,
	we:     `we we're we've we'd we'll us our ours ourselves let's`,
	second: `you you're you've you'd you'll your yours yourself`,
	third:  `he she they he'd she'd they'd he'll she'll they'll they've they're him her them his their`,
	modal:  `will would won't wouldn't shall can could can't cannot couldn't we'll i'll you'll he'll she'll they'll it'll i'd we'd they'd he'd she'd you'd`,
	duty:   `must should ought need needs shouldn't mustn't needn't urge demand insist call`,
	may:    `may might maybe perhaps possibly probably likely presumably apparently seems seem seemed appears suppose guess`,
	believe: `think thought believe hope wish want wanted feel felt know love like hate prefer expect trust agree disagree respect remember wonder doubt suspect
		suppose guess mean care worry fear dream imagine understand recognise recognize regret appreciate wants intend hopeful confident optimistic pessimistic
		sure proud glad happy sorry grateful sad disappointed angry delighted honoured honored pleased concerned convinced afraid ashamed worried`,
	judge: `good great bad better terrible awful wonderful beautiful excellent brilliant tremendous fantastic amazing incredible horrible disgraceful disgusting
		disgrace shameful shame absurd ridiculous outrageous outrage appalling nonsense rubbish stupid foolish silly crazy insane pathetic wrong right fair
		unfair unjust decent honest dishonest strong weak smart tough important crucial vital critical essential necessary unacceptable deplorable despicable
		dangerous reckless irresponsible sensible reasonable serious simple easy hard complicated complex nice fine lovely ugly mess disaster scandal tragedy
		crisis failure joke hypocrisy insult betrayal courage brave noble proud moral immoral evil wise best nasty sick tired fed bold rich funny interesting
		exciting worrying troubling heartbreaking cruel heartless scared pleasure honour honor privilege mistake`,
	stress: `simply really very absolutely totally completely truly honestly frankly clearly obviously certainly surely definitely indeed quite so too just actually
		basically sincerely deeply passionately personally sadly unfortunately hopefully well look oh yeah yes folks friends`,
	negative: `no not never none nobody nothing nowhere neither nor without don't doesn't didn't isn't aren't wasn't weren't hasn't haven't hadn't won't can't
		couldn't wouldn't`,
	asking:    `who what where when why how which whose whom`,
	condition: `if unless whether suppose imagine`,
	command: `let let's look go come take give get ask vote join read sign see call stop stand stay imagine remember consider think tell show listen wait hold make
		send put keep try click visit watch follow donate email contact please share support bring help do don't`,
	courtesy: `thank thanks thankful grateful welcome congratulate congratulations congratulating tribute hello hi goodbye bless applause sir madam gentlemen ladies
		please sorry excuse apologise apologize apologies birthday wishes condolences happy greetings dear appreciate pleasure honour honor`,
	procedure: `order motion clause amendment question questions answer answers answered hon honourable honorable friend gentleman gentlelady lady yield yields speaker
		chairman chair chairwoman chairmanship minute rebuttal response respond follow-up moderator debate segment point beg refer remarks record interrupt
		finish topic subject minutes seconds table clerk agenda meeting statement page section article subscribe comment comments post newsletter link below
		above website helpline hearing`,
	kin: `wife husband mother father mom mum dad daddy parents son daughter sister brother uncle aunt grandmother grandfather grandma grandpa nan grandkids
		grandchildren kids twins family born married raised grew childhood friend friends dog home hometown`,
	have: `has have had hasn't haven't hadn't having i've we've they've you've`,
	be:   `is are am be being isn't aren't it's that's there's he's she's they're we're i'm you're`,
	been: `been`,
	was:  `was were wasn't weren't`,
	past: `did made went came took gave got found kept began brought bought held wrote stood heard left met ran paid sat spoke led grew lost fell sent built broke
		spent rose drove won lay chose struck became shot sold saw taught fought caught shook swore hid rode done taken given written spoken grown fallen
		broken risen driven chosen become seen sworn ridden begun flown drawn withdrawn known shown gone overturned stole stolen threw thrown lent dealt sank
		sunk bore borne blew forgot forgotten ate drank forbade forbidden froze frozen undertook overspent underspent overthrew told said thought meant dug
		fled laid lit sought slept stuck swung understood wound wore worn oversaw bred fed bled sprang sprung shrank shrunk`,
	base: `cut put set let hit hurt shut cost spread split quit bid cast beat read rid shed burst upset`, // past forms that are base forms too.
	change: `rise rises rising rose risen fall falls falling fell fallen increase increases increased increasing decrease decreased decreasing grow grows growing
		grew grown shrink shrunk shrank cut cuts cutting double doubled doubling halve halved triple tripled treble trebled quadrupled drop dropped drops
		dropping climb climbed decline declined declining lose lost losing lower lowered raise raised raises reduce reduced reduces slash slashed soar soared
		plunge plunged slump slumped gain gained gone went reached reach surge surged expand expanded decimated added adds add create created creates creating
		closed open opened shed peaked worsened improved exceed exceeded`,
	vote: `vote voted votes voting bill bills law laws act legislation legislature amendment ban banned bans veto vetoed sign signed passed pass enacted repeal
		repealed abolished ratified sponsored sponsor co-sponsored cosponsored introduced filibuster filibustered ruling ruled overturned struck statute treaty
		policy regulations regulation regulator resolution convicted charged sued fined sentenced arrested indicted pardoned acquitted legal illegal illegally
		legally unconstitutional constitutional allowed allows requires required prohibits forbids barred exempt exempted approved rejected blocked opposed
		supported supports opposes endorsed scrapped privatised privatized nationalised nationalized deregulated appointed elected nominated resigned impeached
		sanctions sanctioned deported invaded`,
	say: `said says say told tell called promised promise claimed claims denied denies admitted admits testified warned warns announced pledged stated states
		argued insisted wrote quoted refused refuses reported reports report estimates estimated found finds shows showed shown revealed concluded according
		study survey poll polls figures evidence investigation inquiry audit`,
	cause: `because caused causes cause due led leads result results resulted resulting thanks effect effects prevented prevents stopped stops killed kills kill
		saved saves reason created destroys destroyed ended ends driven forced forces means`,
	subject: `tax taxes taxed taxpayer taxpayers job jobs deficit deficits debt budget budgets surplus spending economy economic unemployment inflation wages wage
		income incomes salary pay poverty poor prices price trade tariffs tariff imports import exports export imported manufacturing industry industries oil
		gas coal energy electricity emissions pollution climate carbon nuclear health healthcare insurance insured uninsured medicare medicaid medical hospital
		hospitals doctors nurses patients drug drugs prescription vaccine virus disease cancer deaths death mortality abortion abortions education school
		schools teachers tuition students crime crimes murder murders homicide violence violent guns gun prison prisons police immigration immigrants illegal
		border borders asylum migrants migration refugees welfare benefit benefits pension pensions social security housing homes homeless homelessness rent
		rents mortgage mortgages military troops army navy soldiers war wars weapons weapon missile missiles terrorism terrorists terrorist aid veterans farm
		farmers agriculture minority women blacks bank banks loans interest rates rate credit stock investment growth gdp profit profits costs cost funding
		funds fund subsidies subsidy grants revenue bankruptcy bankrupt strike union unions workers employees waiting lists beds water sewage roads rail trains
		airports infrastructure election elections ballots turnout fraud corruption lobbyists donors donations contributions contract contracts sanctions
		inequality discrimination slavery segregation rights racism suicide suicides disability disabled claimants carers premiums coverage casualties embargo
		uranium opioids overdoses fentanyl`,
	body: `government governments congress senate house parliament council councils court courts supreme department agency commission committee ministry ministers
		minister secretary president senator congressman congresswoman governor mayor chancellor party parties republicans republican democrats democrat
		democratic labour conservatives conservative tory tories liberal liberals treasury federal state states united nations nato eu european fbi cia
		pentagon fed reserve nhs bbc irs fda epa un company companies corporation corporations firm regulator ombudsman inspectorate inspectors judge judges
		justice board campaign union country countries nation city world administration employer employers trust charity charities scientists economists
		experts researchers university insurers councillors mps lords prosecutors`,
	rival: `opponent opponents administration predecessor predecessors rival rivals opposition incumbent they senator governor president vice mr mrs`, // who else is in power or wants to be.
	compare: `more less fewer than higher lower larger smaller bigger greater faster slower longer shorter older younger cheaper poorer richer worse better as same
		equal twice above below over under average compared exceeds`,
	extreme: `most least first last only largest biggest highest lowest worst best longest oldest fastest smallest greatest poorest richest leading ever record
		single unprecedented history top bottom second-highest entire any`,
	part: `half third thirds quarter quarters fifth fifths tenth majority percent percentage cent share proportion number numbers amount rate level total
		one-third two-thirds three-quarters percentages minority many few several dozens hundreds thousands millions billions tens`,
	scale:    `hundred thousand million billion trillion hundreds thousands millions billions trillions dozen dozens`,
	currency: `dollar dollars cents pound pounds pence euro euros money bucks`,
	multiple: `twice double doubled doubling triple tripled trebled quadrupled halved half times fold tenfold`,
	ago: `since ago decade decades century years year months month last past previous previously during before after until formerly recent recently quarter era
		history`,
	now:   `today currently now still already yet presently tonight`,
	month: `january february march april june july august september october november december`,
	clock: `minute minutes second seconds o'clock monday tuesday wednesday thursday friday saturday sunday am pm tomorrow yesterday morning evening afternoon
		tonight hour hours day days week weeks`,
	every: `all every each everyone everybody anyone anybody everything always`,
	abstract: `freedom dream dreams hope future values value faith belief leadership vision promise promises change truth soul spirit dignity justice fairness
		opportunity opportunities challenge challenges respect trust courage responsibility character lives life heart hearts moment destiny strength peace
		prosperity liberty priority priorities choice choices question issue issues thing things way ways matter idea ideas conversation commitment duty story
		message words lesson lessons side difference sense kind time point`,
	intend: `going want wants plan plans intend ready propose proposing proposal committed determined fight fighting continue commit gonna try trying aim seek look
		forward work`,
	act: `built signed wrote created cut led put won lost brought ran balanced fought passed delivered gave took made served sent ordered offered proposed
		persuaded appointed launched armed trained hired fired moved sold bought bombed attacked invaded negotiated settled stopped started opened supported
		opposed voted invested doubled reduced saved closed funded supplied seized pulled withdrew joined backed blocked awarded paid spent`,
	crowd: `people families children americans britons workers men women citizens patients pupils teachers seniors voters residents soldiers troops households
		students child kids youth adults parents`,
	work:       `plan plans proposal proposals program programs programme programmes policy policies scheme strategy agenda`,
	this:       `this that these those here there it`,
	determiner: `a an the his her its their my our your this that these those`,
	essay: `concept concepts notion notions purpose debate debates contradiction contradictions thinking ideology ideological ideas narrative narratives language
		rhetoric culture cultural society social attitude attitudes perspective perspectives approach approaches context tension tensions argument arguments
		logic nature essence meaning theory theories philosophy psychology politics political critique critics discourse assumption assumptions distinction
		conclusion analysis framework agenda doctrine principle principles morality ethics identity humanity civilisation civilization conscience kindness
		compassion cruelty blame shame guilt fears fear poverty wealth power markets market state resilience wellbeing productivity`, // The nouns of argument.
	connective: `however rather thus furthermore therefore hence moreover nevertheless nonetheless instead whatever although though whereas while yet indeed
		otherwise meanwhile besides consequently accordingly likewise similarly conversely ultimately essentially seldom tends tend seems seem`,
}

// classesOf gives the classes of a word in lower case, as a set of bits.
var classesOf = func() map[string]kinds {
	m := map[string]kinds{}
	for c, list := range words {
		for _, w := range strings.Fields(list) {
			m[w] |= 1 << c
		}
	}
	return m
}()
