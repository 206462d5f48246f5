package main

import (
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFileOnly_IsWhatReadsBackFromTheProgram(t *testing.T) {
	mapping := func(addresses, permissions, path, anonymous string) string {
		return addresses + " " + permissions + " 00002000 fe:00 1234                     " + path + "\n" +
			"Size:              29812 kB\nRss:               29200 kB\nAnonymous:         " + anonymous + " kB\nVmFlags: rd ex mr mw me\n"
	}
	smaps := mapping("00400000-00402000", "r--p", "/opt/our tools/whence", "0") +
		mapping("00402000-02139000", "r-xp", "/opt/our tools/whence", "0") +
		mapping("02139000-03f3c000", "r--p", "/opt/our tools/whence", "4") + // written to before it was protected
		mapping("03f3c000-05220000", "rw-p", "/opt/our tools/whence", "0") +
		mapping("05220000-05230000", "r--s", "/opt/our tools/whence", "0") +
		mapping("05230000-07280000", "rw-p", "", "0") +
		mapping("7f7898000000-7f7898200000", "r-xp", "/lib/libc.so.6", "0") +
		mapping("7fff00000000-7fff00020000", "r--p", "[stack]", "0")
	want := []region{{0x400000, 0x402000}, {0x402000, 0x2139000}}
	if diff := cmp.Diff(want, fileOnly(strings.NewReader(smaps), "/opt/our tools/whence"), cmp.AllowUnexported(region{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestGiveBack_TakesPagesOfTheProgramOutOfMemory(t *testing.T) {
	before := fromFiles(t)
	giveBack()
	if after := fromFiles(t); after >= before {
		t.Errorf("%d kB of files are in memory, before it were %d", after, before)
	}
}

// fromFiles is how much of this process's memory is that of files, in kB.
func fromFiles(t *testing.T) int {
	t.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`RssFile:\s+(\d+) kB`).FindSubmatch(status)
	if found == nil {
		t.Skip("this kernel does not tell")
	}
	n, err := strconv.Atoi(string(found[1]))
	if err != nil {
		t.Fatal(err)
	}
	return n
}
