package network

// A matrix is rows of numbers. Its memory has rows to the next multiple of four,
// whose numbers mean nothing; the columns of what is multiplied are a multiple of
// lanes. So the multiplication has no remainders to see to.
//
// The right side of a multiplication may be in panels: all rows of the first lanes
// columns, then all rows of the next. So it is read from one end to the other.
type matrix struct {
	rows, cols int
	stride     int // from row to row
	panel      int // from the first of lanes columns to the first of the next
	data       []float32
}

const (
	lanes    = 16 // columns of a tile
	together = 4  // rows of a tile
)

func padded(n, to int) int { return (n + to - 1) / to * to }

func newMatrix(rows, cols int) matrix {
	return matrix{rows, cols, cols, lanes, make([]float32, padded(rows, together)*cols)}
}

// newPanels makes a matrix in panels.
func newPanels(rows, cols int) matrix {
	var m matrix
	m.resetPanels(rows, cols)
	return m
}

// resetPanels makes m a matrix of 0 in panels.
func (m *matrix) resetPanels(rows, cols int) {
	high := padded(rows, together)
	m.resize(high * padded(cols, lanes))
	*m = matrix{rows, cols, lanes, high * lanes, m.data}
	clear(m.data)
}

// reset gives m a size, and memory if it lacks it; the numbers mean nothing.
func (m *matrix) reset(rows, cols int) {
	m.resize(padded(rows, together) * cols)
	*m = matrix{rows, cols, cols, lanes, m.data}
}

func (m *matrix) resize(n int) {
	if cap(m.data) < n {
		m.data = make([]float32, n, n+n/2)
	}
	m.data = m.data[:n]
}

// row is a row of a matrix that is not in panels, or has no more than lanes columns.
func (m *matrix) row(i int) []float32 { return m.data[i*m.stride:][:m.cols] }

// at is a number of any matrix.
func (m *matrix) at(i, j int) *float32 {
	return &m.data[j/lanes*m.panel+i*m.stride+j%lanes]
}

// columns is the part of m from column first on; it shares m's numbers.
func (m *matrix) columns(first, n int) matrix {
	return matrix{m.rows, n, m.stride, lanes, m.data[first:]}
}

// fill sets every row, the meaningless too, to the numbers of row.
func (m *matrix) fill(row []float32) {
	for at := 0; at+m.cols <= len(m.data); at += m.stride {
		copy(m.data[at:at+m.cols], row)
	}
}

// transpose sets m to the transpose of a, in panels.
func (m *matrix) transpose(a *matrix) {
	m.resetPanels(a.cols, padded(a.rows, lanes))
	for first := 0; first < a.cols; first += lanes {
		for i := range a.rows {
			for j, x := range a.data[first/lanes*a.panel+i*a.stride:][:min(lanes, a.cols-first)] {
				*m.at(first+j, i) = x
			}
		}
	}
}

// mul adds a·b to c.
func (c *matrix) mul(a, b *matrix) { c.product(a, a.rows, a.stride, 1, b, a.cols) }

// mulTransposed adds aᵀ·b to c.
func (c *matrix) mulTransposed(a, b *matrix) {
	if a.rows > 0 {
		c.product(a, a.cols, 1, a.stride, b, a.rows)
	}
}

// product adds to c the product of b and of the numbers of a read as rows, aRow apart, of n numbers, aStep apart.
func (c *matrix) product(a *matrix, rows, aRow, aStep int, b *matrix, n int) {
	const tall, broad = 2 * together, 2 * lanes // of a block
	high := padded(rows, together)
	blocks := high / tall * tall
	for j := 0; j < b.cols; j += lanes {
		at, of := j/lanes*c.panel, &b.data[j/lanes*b.panel]
		first := 0 // of the rows that no block has
		if j < b.cols/broad*broad {
			first = blocks
		}
		if j%broad == 0 {
			for i := 0; i < first; i += tall {
				block(&c.data[at+i*c.stride], c.stride, c.panel, &a.data[i*aRow], aRow, aStep, of, b.stride, b.panel, n)
			}
		}
		for i := first; i < high; i += together {
			tile(&c.data[at+i*c.stride], c.stride, &a.data[i*aRow], aRow, aStep, of, b.stride, n)
		}
	}
}
