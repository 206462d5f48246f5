package figure

import "strings"

// set turns a list of words into a set.
func set(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(words) {
		out[w] = true
	}
	return out
}

// The closed classes of English, and the open words that stand in for a part-of-speech
// tagger where a phrase must be ended.
var (
	determiners  = set("the a an this that these those its their his her our my your all some any each every no both such another other")
	prepositions = set("in on at by for from of to with without within into onto over under between among amongst through throughout during since until before after about against across via per than as towards toward upon near despite including inside outside behind beyond above below around along off out up down like amid plus excluding following beside besides except worldwide")
	conjunctions = set("and or but nor so yet because although though while whilst when where whether if unless as since whereas that which who whom whose what how why & however meanwhile")
	pronouns     = set("i we you he she it they them us me him himself herself itself themselves there here this that these those")
	auxiliaries  = set("is are was were be been being am has have had having do does did will would shall should can could may might must cannot can't won't don't doesn't didn't isn't aren't wasn't weren't hasn't haven't hadn't wouldn't couldn't shouldn't don’t doesn’t didn’t isn’t aren’t wasn’t weren’t hasn’t haven’t hadn’t wouldn’t couldn’t shouldn’t won’t can’t")
	plainAux     = set("is are was were be been being am has have had will would")
	adverbs      = set("also just only even still now then ever never not already currently already almost nearly roughly about around approximately some recently often usually typically annually yearly monthly weekly daily altogether overall together alone instead again further too either neither each respectively apart away ahead ago later earlier more less fewer most least very much once twice worldwide globally nationally nationwide last next previously formerly today yesterday tomorrow")

	// pasts are irregular past tenses, finite when they stand after a noun.
	pasts = set("spent had went got said told gave took made found left lost died became came did fell felt rose grew held kept knew led met paid put ran saw sent set sold sought spoke stood stayed thought took won wrote began brought built bought caught chose drew drove ate fought forgot heard hid hit hurt meant read shot shut slept taught threw understood woke wore")
	// presents are plural present tenses that are rarely nouns after a noun.
	presents = set("need want live work receive get go say use have make take see come find give subscribe suffer experience face lose die rely claim report attend wait avoid leave move visit feel think believe know become remain include show fail seek start stop keep pay earn meet miss return depend support agree disagree tell enter access benefit spend struggle expect fall rise stay die lack want own rent drink smoke vote travel commute qualify apply happen occur go cost contain represent account result follow study end begin")
	// participles follow a noun that they describe: "people known to be …".
	participles = set("aged based known seen given taken born held kept found made shown paid left sent brought drawn")
	// personal nouns stand for people as such; the unit is then "people" and the noun goes into the population.
	personal = set("people persons person individuals adults adult men women man woman children child boys girls teenagers adolescents youths patients inpatients outpatients residents citizens households’ adults pensioners claimants migrants refugees prisoners babies infants toddlers mothers fathers parents carers survivors victims schoolchildren youngsters migrants inhabitants americans britons human humans casualties fatalities disabled unemployed homeless jobless")
	// crowds are nouns of people or things that are counted without a plural s.
	crowds = set("staff people children men women police personnel youth disabled unemployed homeless jobless poor elderly dead crew workforce sheep cattle fish aircraft")

	durations = set("second seconds minute minutes hour hours day days night nights week weeks weekend weekends fortnight fortnights month months year years decade decades century centuries hr hrs min mins sec secs yr yrs quarter quarters term terms generation generations")

	currencySigns = map[string]string{"£": "GBP", "$": "USD", "€": "EUR", "¥": "JPY", "₹": "INR", "₪": "ILS", "₽": "RUB", "₩": "KRW", "₺": "TRY", "₫": "VND", "₴": "UAH", "₱": "PHP", "฿": "THB", "₦": "NGN", "₿": "BTC", "₾": "GEL", "₸": "KZT", "₡": "CRC", "៛": "KHR", "৳": "BDT"}
	// currencyCodes stand before the number: "GBP 350", "US$5", "A$5".
	// "PS" is what is left of "£" where a text was made ASCII: "PS2.7m".
	currencyCodes = func() map[string]string {
		out := map[string]string{"RM": "MYR", "Rs": "INR", "NIS": "ILS", "RMB": "CNY", "PS": "GBP"}
		for code := range set("GBP USD EUR JPY AUD CAD NZD INR CNY CHF SEK NOK DKK HKD SGD ZAR ILS KRW BRL MXN RUB PLN TRY THB MYR IDR PHP VND AED SAR NGN KES UAH CZK HUF RON BGN ISK HRK ARS CLP COP PEN PKR BDT LKR EGP MAD TWD BTC ETH") {
			out[code] = code
		}
		return out
	}()
	dollars = map[string]string{"us": "USD", "a": "AUD", "au": "AUD", "aus": "AUD", "c": "CAD", "ca": "CAD", "nz": "NZD", "hk": "HKD", "s": "SGD", "usd": "USD", "aud": "AUD", "cad": "CAD"}
	// currencyNames stand after it.
	currencyNames = map[string]string{
		"pound": "GBP", "pounds": "GBP", "sterling": "GBP", "quid": "GBP", "dollar": "USD", "dollars": "USD", "euro": "EUR", "euros": "EUR", "yen": "JPY", "rupees": "INR", "yuan": "CNY", "shekels": "ILS", "roubles": "RUB", "rubles": "RUB", "zloty": "PLN", "krona": "SEK", "kroner": "NOK", "rand": "ZAR", "won": "KRW", "francs": "CHF", "ringgit": "MYR", "baht": "THB", "hryvnia": "UAH", "forint": "HUF", "naira": "NGN", "rupiah": "IDR", "lira": "TRY", "liras": "TRY", "krone": "DKK", "kronor": "SEK", "rupee": "INR", "shekel": "ILS", "rouble": "RUB", "ruble": "RUB", "zlotys": "PLN", "kuna": "HRK", "bitcoin": "BTC", "bitcoins": "BTC", "renminbi": "CNY", "bucks": "USD",
	}

	// measures are units of measurement that may stand apart from the number, with the form they are given.
	measures = func() map[string]string {
		out := map[string]string{}
		for _, line := range []string{
			"kilometres km kilometre kilometer kilometers", "metres metre meter meters", "centimetres cm centimetre centimetres centimeters", "millimetres mm millimetre millimeters", "miles mile", "feet ft foot", "inches inch in.", "yards yard yd yds",
			"kilograms kg kgs kilogram kilo kilos", "grams gram g", "milligrams mg milligram", "micrograms mcg microgram µg μg", "tonnes tonne", "tons ton", "metric", "stone", "ounces oz ounce", "pounds lb lbs", "gigatonnes gigatonne megatonnes megatonne",
			"litres litre liter liters", "millilitres ml millilitre milliliters", "gallons gallon", "pints pint", "barrels barrel",
			"hectares hectare ha", "acres acre", "miles_per_hour mph", "kilometres_per_hour kmh kph", "degrees degree deg", "celsius c", "fahrenheit f",
			"megawatts mw megawatt", "gigawatts gw gigawatt", "kilowatts kw kilowatt", "watts watt", "kilowatt_hours kwh", "megawatt_hours mwh", "gigawatt_hours gwh", "terawatt_hours twh", "volts volt", "horsepower hp bhp", "calories calorie kcal", "joules joule",
			"gigabytes gb gigabyte", "megabytes mb megabyte", "terabytes tb terabyte", "kilobytes kb", "bits bit", "bytes byte", "hertz hz", "kilohertz khz", "megahertz mhz", "gigahertz ghz", "pixels pixel", "megapixels mp megapixel", "units unit", "points point", "micrometres µm μm micrometre micrometers micron microns", "nanometres nm nanometre nanometers", "miles_per_gallon mpg", "decibels decibel db", "teaspoons teaspoon tsp", "tablespoons tablespoon tbsp", "bushels bushel", "mmhg", "beats_per_minute bpm", "revolutions_per_minute rpm", "pounds_per_square_inch psi", "kilopounds_per_square_inch ksi", "milliampere-hours mah", "knots knot kt",
		} {
			f := strings.Fields(line)
			for _, w := range f {
				out[w] = strings.ReplaceAll(f[0], "_", " ")
			}
		}
		for _, w := range []string{"units", "unit", "points", "point"} {
			delete(out, w) // counted like any other noun
		}
		return out
	}()
	// glued letters that are a unit only when they touch the number.
	onlyGlued = set("g c f m ha mp in.")
)
