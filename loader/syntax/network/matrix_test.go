package network

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

func anyMatrix(r *rand.Rand, rows, cols int) matrix {
	m := newMatrix(rows, cols)
	for i := range m.data {
		m.data[i] = r.Float32() - 0.5
	}
	return m
}

func near(a, b float32) bool { return math.Abs(float64(a-b)) < 1e-4 }

func TestMatrix_Multiplies(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{1, 2, 3, 4, 5, 17} {
		for _, plain := range []bool{false, true} {
			if plain {
				defer func(v, w bool) { wide, widest = v, w }(wide, widest)
				wide, widest = false, false
			}
			a, b := anyMatrix(r, n, 20), anyMatrix(r, 20, 48)
			c := anyMatrix(r, n, 48)
			before := append([]float32{}, c.data...)
			c.mul(&a, &b)
			for i := range n {
				for j := range 48 {
					want := before[i*48+j]
					for k := range 20 {
						want += a.row(i)[k] * b.row(k)[j]
					}
					if !near(want, c.row(i)[j]) {
						t.Fatalf("%d rows: c[%d][%d] = %v, want %v", n, i, j, c.row(i)[j], want)
					}
				}
			}
			d, e := anyMatrix(r, n, 48), newMatrix(20, 48)
			e.mulTransposed(&a, &d)
			for k := range 20 {
				for j := range 48 {
					want := float32(0)
					for i := range n {
						want += a.row(i)[k] * d.row(i)[j]
					}
					if !near(want, e.row(k)[j]) {
						t.Fatalf("%d rows: e[%d][%d] = %v, want %v", n, k, j, e.row(k)[j], want)
					}
				}
			}
		}
	}
}

func TestMatrix_MultipliesToTheSameBitsInBlocks(t *testing.T) {
	if !widest {
		t.Skip("no processor of this kind")
	}
	defer func(v bool) { widest = v }(widest)
	r := rand.New(rand.NewPCG(3, 4))
	for _, n := range []int{1, 5, 8, 12, 16, 31} {
		for _, cols := range []int{16, 32, 48, 96} {
			a, b := anyMatrix(r, n, 20), newPanels(20, cols)
			for i := range b.data {
				b.data[i] = r.Float32() - 0.5
			}
			var got [2]matrix
			for k := range got {
				widest = k == 0
				got[k] = newMatrix(n, cols)
				got[k].fill(b.data[:cols])
				got[k].mul(&a, &b)
			}
			for i := range n {
				if !slices.Equal(got[0].row(i), got[1].row(i)) {
					t.Errorf("%d×%d: row %d: %v in blocks, %v in tiles", n, cols, i, got[0].row(i), got[1].row(i))
				}
			}
		}
	}
}

func TestGate_IsTheSameOnAnyProcessor(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	const n = 24
	var a, b [9][n]float32
	for i := range a {
		for j := range a[i] {
			a[i][j] = 8 * (r.Float32() - 0.5)
		}
	}
	b = a
	of := func(x *[9][n]float32) *gates {
		return &gates{&x[0][0], &x[1][0], &x[2][0], &x[3][0], &x[4][0], &x[5][0], &x[6][0], &x[7][0], &x[8][0]}
	}
	gate(of(&a), n)
	gatePlain(of(&b), n)
	for i := range a {
		for j := range a[i] {
			if !near(a[i][j], b[i][j]) {
				t.Errorf("number %d of %d: %v, want %v", j, i, a[i][j], b[i][j])
			}
		}
	}
}

func TestSum_IsTheSameOnAnyProcessor(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for _, n := range []int{4, 6, 8, 12, 92} {
		forms := anyMatrix(r, 10, n)
		for _, rows := range [][]int{nil, {0}, {3 * n, n}, {9 * n, 0, n, 2 * n, 3 * n, 4 * n, 5 * n, 9 * n}} {
			a, b := make([]float32, n+1), make([]float32, n+1)
			a[n], b[n] = 7, 7 // stays
			sum(&a[0], &forms.data[0], rows, n)
			sumPlain(&b[0], &forms.data[0], rows, n)
			if !slices.Equal(a, b) {
				t.Errorf("rows %v of %d: %v, want %v", rows, n, a, b)
			}
		}
	}
}

func BenchmarkMatrix_Mul(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	x, w, y := anyMatrix(r, 24, 128), anyMatrix(r, 128, 384), newMatrix(24, 384)
	for b.Loop() {
		y.mul(&x, &w)
	}
	b.ReportMetric(24*128*384*float64(b.N)/b.Elapsed().Seconds()/1e9, "GMAC/s")
}
