package network

import (
	"unsafe"

	"golang.org/x/sys/cpu"
)

// wide says that the processor works on eight numbers at a time.
var wide = cpu.X86.HasAVX2 && cpu.X86.HasFMA

// widest says that it works on sixteen. A number comes out the same, to the last bit.
var widest = wide && cpu.X86.HasAVX512F

// tile adds to four rows of sixteen columns of c the product of four rows of a,
// aRow apart, whose n numbers are aStep apart, and n rows of b. All steps count numbers.
func tile(c *float32, cRow int, a *float32, aRow, aStep int, b *float32, bRow, n int) {
	if wide {
		tileWide(c, 4*cRow, a, 4*aRow, 4*aStep, b, 4*bRow, n)
		return
	}
	tilePlain(unsafe.Pointer(c), cRow, unsafe.Pointer(a), aRow, aStep, unsafe.Pointer(b), bRow, n)
}

// block is tile for eight rows of two times sixteen columns, of c and of b, a panel apart.
func block(c *float32, cRow, cPanel int, a *float32, aRow, aStep int, b *float32, bRow, bPanel, n int) {
	if widest {
		blockWide(c, 4*cRow, 4*cPanel, a, 4*aRow, 4*aStep, b, 4*bRow, 4*bPanel, n)
		return
	}
	tiles(c, cRow, cPanel, a, aRow, aStep, b, bRow, bPanel, n)
}

// gate takes n numbers, a multiple of eight, a step on: keep and pass become gates.
func gate(g *gates, n int) {
	if wide {
		gateWide(g, n)
		return
	}
	gatePlain(g, n)
}

// sum sets n numbers to the sum of the rows of forms that begin at the given numbers.
func sum(to, forms *float32, rows []int, n int) {
	if wide && n%4 == 0 && len(rows) > 0 {
		sumWide(to, forms, &rows[0], len(rows), n)
		return
	}
	sumPlain(to, forms, rows, n)
}

// sumWide is sum for at least one row, of a multiple of four numbers.
//
//go:noescape
func sumWide(sum, forms *float32, rows *int, count, n int)

// tileWide is tile; its steps count bytes.
//
//go:noescape
func tileWide(c *float32, cRow int, a *float32, aRow, aStep int, b *float32, bRow, n int)

// blockWide is block; its steps count bytes.
//
//go:noescape
func blockWide(c *float32, cRow, cPanel int, a *float32, aRow, aStep int, b *float32, bRow, bPanel, n int)

//go:noescape
func gateWide(step *gates, n int)
