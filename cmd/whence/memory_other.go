//go:build !linux

package main

import "runtime/debug"

// giveBack returns memory to the system that only what is over needed.
func giveBack() { debug.FreeOSMemory() }
