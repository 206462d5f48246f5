package network

import "unsafe"

// tilePlain is tile for any processor.
func tilePlain(c unsafe.Pointer, cRow int, a unsafe.Pointer, aRow, aStep int, b unsafe.Pointer, bRow, n int) {
	for i := range together {
		row := (*[lanes]float32)(unsafe.Add(c, 4*i*cRow))
		for k := range n {
			x := *(*float32)(unsafe.Add(a, 4*(i*aRow+k*aStep)))
			of := (*[lanes]float32)(unsafe.Add(b, 4*k*bRow))
			for j := range row {
				row[j] += x * of[j]
			}
		}
	}
}

// tiles is block by the tile.
func tiles(c *float32, cRow, cPanel int, a *float32, aRow, aStep int, b *float32, bRow, bPanel, n int) {
	from := func(first *float32, by int) *float32 { return (*float32)(unsafe.Add(unsafe.Pointer(first), 4*by)) }
	for j := range 2 {
		for i := 0; i < 2*together; i += together {
			tile(from(c, j*cPanel+i*cRow), cRow, from(a, i*aRow), aRow, aStep, from(b, j*bPanel), bRow, n)
		}
	}
}

// sumPlain is sum for any processor.
func sumPlain(to, forms *float32, rows []int, n int) {
	out := unsafe.Slice(to, n)
	clear(out)
	for _, first := range rows {
		for j, x := range unsafe.Slice((*float32)(unsafe.Add(unsafe.Pointer(forms), 4*first)), n) {
			out[j] += x
		}
	}
}

// gates are the numbers of a layer's step, each the first of several.
type gates struct {
	fresh, keep, pass, keepBy, passBy, before, in, state, out *float32
}

// gatePlain is gate for any processor.
func gatePlain(g *gates, n int) {
	of := func(first *float32) []float32 { return unsafe.Slice(first, n) }
	fresh, keep, pass, keepBy, passBy := of(g.fresh), of(g.keep), of(g.pass), of(g.keepBy), of(g.passBy)
	in, state, out := of(g.in), of(g.state), of(g.out)
	for j, b := range of(g.before) {
		k, p := squash(keep[j]+keepBy[j]*b), squash(pass[j]+passBy[j]*b)
		s := fresh[j] + k*(b-fresh[j])
		keep[j], pass[j], state[j] = k, p, s
		out[j] = in[j] + p*(s-in[j])
	}
}

// squash maps any number to between 0 and 1. It is cheaper than the logistic function.
func squash(x float32) float32 {
	if x < 0 {
		return 0.5 + 0.5*x/(1-x)
	}
	return 0.5 + 0.5*x/(1+x)
}
