// Package resolve says who is meant by the names in one reading, from the
// document and the authority file alone. No match is unknown, never a guess: a wrong attribution
// harms a real person.
//
// # Who is who in a document
//
// A person named in full is one agent wherever the document uses the full name,
// the surname, or a title and the surname. Where two persons share a surname,
// the surname alone is unknown and both are rejected. A body is one
// agent under its full name, the acronym the text defines for it, and what the
// authority file lists. What readers write in comments introduces nobody to the
// document above them.
//
// # The authority file
//
// An authority file is YAML and says who is who beyond one document:
//
//	agents:
//	  - key: jane-poole               # names the agent for ever: lower case, digits, hyphens
//	    name: Jane Poole              # canonical
//	    type: person                  # person, organisation, government, publication, programme, place
//	    gender: female                # of a person: female or male; left out if not known
//	    aliases: [Janet Poole, Poole] # other forms; a bare surname only if it is safe in every document
//	    acronym: JP                   # of a body: the same as an alias
//	    offices:
//	      - title: Secretary of State for Rivers
//	        aliases: [Water Secretary]      # other titles; "Rivers Secretary" is understood
//	        body: Department for Rivers
//	        from: 2024-07-05                # first day; "" if not known
//	        until: 2025-09-05               # last day; "" if it goes on
//	    external: [https://www.wikidata.org/entity/Q1]
//	programmes:                       # agents of type programme
//	  - key: river-support
//	    name: River Support Scheme
//	    aliases: [RSS, RSS services]
//
// "the government" is the agent of type government that has the alias
// "government". An alias that two agents share names neither. A field that is
// not listed here is an error, and every error names its line.
package resolve
