package extract

// WithoutTrees runs f while no sentence is parsed.
func WithoutTrees(f func()) {
	readsTrees = false
	defer func() { readsTrees = true }()
	f()
}
