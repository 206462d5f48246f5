package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"strings"
	"syscall"
)

// giveBack returns memory to the system that only what is over needed: that of the heap, and the pages of
// the program itself. Starting reads two thirds of those, as every package prepares itself; answering, a third. They
// are those of a file, which the system reads again when they are asked for.
func giveBack() {
	debug.FreeOSMemory()
	program, err := os.Readlink("/proc/self/exe")
	if err != nil {
		return // it was a kindness
	}
	f, err := os.Open("/proc/self/smaps")
	if err != nil {
		return
	}
	defer f.Close()
	for _, r := range fileOnly(f, program) {
		_, _, _ = syscall.Syscall(syscall.SYS_MADVISE, r.from, r.to-r.from, syscall.MADV_DONTNEED)
	}
}

// A region is a range of addresses.
type region struct{ from, to uintptr }

// fileOnly returns the mappings of a file, in the form of /proc/PID/smaps, that nothing can be written to and of which no page
// is anything but the file's: one that was written to before it was protected, as the linker of the system does, is anonymous,
// and would be lost.
func fileOnly(smaps io.Reader, file string) []region {
	var found []region
	var at region
	ours := false
	lines := bufio.NewScanner(smaps)
	for lines.Scan() {
		words := strings.Fields(lines.Text())
		switch {
		case len(words) < 2:
		case !strings.HasSuffix(words[0], ":"): // FROM-TO PERMISSIONS OFFSET DEVICE INODE PATH
			_, err := fmt.Sscanf(words[0], "%x-%x", &at.from, &at.to)
			ours = err == nil && len(words) > 5 && strings.Join(words[5:], " ") == file && (words[1] == "r--p" || words[1] == "r-xp")
		case ours && words[0] == "Anonymous:" && words[1] == "0":
			found = append(found, at)
		}
	}
	return found
}
