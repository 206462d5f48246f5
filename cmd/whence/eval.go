package main

type evalCmd struct {
	Gold string `arg:"" help:"Hand-marked records, JSON lines." type:"existingfile"`
}

// Run scores the extractor.
func (c *evalCmd) Run(a *app) error { return usagef("eval: being written") }
