package embed

import (
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// pieces is the vocabulary of the encoder: parts of words, each with the logarithm of how
// frequent it is. The piece 0 stands for characters that no other has.
type pieces struct {
	text  []string
	score []float32
	index map[string]int32
	long  int // bytes of the longest
}

// reserved is how many pieces at the beginning of the vocabulary stand for no text.
const reserved = 6

// space is how a piece writes a space, and so where a word begins.
const space = "▁"

// maxRead is how many bytes of a text are read: more than [maxPieces] pieces ever take.
const maxRead = 8 << 10

func newPieces(text []string, score []float32) pieces {
	p := pieces{text: text, score: score, index: make(map[string]int32, len(text))}
	for i := reserved; i < len(text); i++ {
		p.index[text[i]] = int32(i)
		p.long = max(p.long, len(text[i]))
	}
	return p
}

// of returns the pieces of a text, at most [maxPieces]: those that are together most likely, as the
// unigram model of SentencePiece has it (Kudo, 2018). A text of spaces has none.
func (p *pieces) of(text string) []int32 {
	if len(text) > maxRead {
		text = strings.ToValidUTF8(text[:maxRead], "")
	}
	text = strings.Join(strings.Fields(norm.NFKC.String(text)), space)
	if text == "" {
		return nil
	}
	text = space + text
	starts := make([]int, 0, len(text)+1)
	for at := range text {
		starts = append(starts, at)
	}
	// best[end] is the likeliest way to read the text up to a byte.
	type way struct {
		score float32
		piece int32
		from  int
		known bool
	}
	best := make([]way, len(text)+1)
	best[0].known = true
	ends := append(starts[1:len(starts):len(starts)], len(text))
	for i, from := range starts {
		covered := false
		for _, end := range ends[i:] {
			if end-from > p.long {
				break
			}
			piece, ok := p.index[text[from:end]]
			if !ok {
				continue
			}
			covered = true
			// Of two that are equally likely the one with the shorter last piece, as the published encoder has it.
			if s := best[from].score + p.score[piece]; !best[end].known || s >= best[end].score {
				best[end] = way{s, piece, from, true}
			}
		}
		if end := ends[i]; !covered && (!best[end].known || best[from].score >= best[end].score) {
			best[end] = way{best[from].score, 0, from, true}
		}
	}
	var out []int32
	for end := len(text); end > 0; end = best[end].from {
		if piece := best[end].piece; piece != 0 || len(out) == 0 || out[len(out)-1] != 0 {
			out = append(out, piece)
		}
	}
	slices.Reverse(out)
	return out[:min(len(out), maxPieces)]
}
