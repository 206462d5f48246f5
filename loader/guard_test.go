package loader

import (
	"errors"
	"testing"

	"whence/loader/source"
)

func TestGuard(t *testing.T) {
	err := guard("a.txt", func() { panic("index out of range") })
	var e *source.Error
	if !errors.As(err, &e) || err.Error() != "a.txt: extract: panic: index out of range; this is a fault of the program: please report it with the document" {
		t.Errorf("a panic is reported as %v", err)
	}
	if err := guard("a.txt", func() {}); err != nil {
		t.Errorf("no panic is reported as %v", err)
	}
}
