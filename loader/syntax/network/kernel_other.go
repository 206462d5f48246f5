//go:build !amd64

package network

import "unsafe"

// wide and widest would say that the processor works on many numbers at a time.
var wide, widest = false, false

// tile adds to four rows of sixteen columns of c the product of four rows of a,
// aRow apart, whose n numbers are aStep apart, and n rows of b. All steps count numbers.
func tile(c *float32, cRow int, a *float32, aRow, aStep int, b *float32, bRow, n int) {
	tilePlain(unsafe.Pointer(c), cRow, unsafe.Pointer(a), aRow, aStep, unsafe.Pointer(b), bRow, n)
}

// block is tile for eight rows of two times sixteen columns, of c and of b, a panel apart.
func block(c *float32, cRow, cPanel int, a *float32, aRow, aStep int, b *float32, bRow, bPanel, n int) {
	tiles(c, cRow, cPanel, a, aRow, aStep, b, bRow, bPanel, n)
}

// gate takes n numbers, a multiple of eight, a step on: keep and pass become gates.
func gate(g *gates, n int) { gatePlain(g, n) }

// sum sets n numbers to the sum of the rows of forms that begin at the given numbers.
func sum(to, forms *float32, rows []int, n int) { sumPlain(to, forms, rows, n) }
