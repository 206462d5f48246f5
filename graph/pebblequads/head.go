package pebblequads

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"slices"

	"github.com/cockroachdb/pebble/v2/vfs"
)

// headFile is the name of the file, beside those of the engine, that counts what was committed.
const headFile = "head"

// A head is that file. It counts the batches that were applied, after each, so that
// a store whose last ones are gone (a log that was cut off or does not read back,
// after which the engine begins at what it finds) is told from one that never had them.
//
// It is two slots of 16 bytes, a count and its CRC-32, written in turn and in
// place: one write that dies half way leaves the other slot, which is one behind. It is
// synced when the folder is opened and closed, and not with each batch: the batch itself is, and a count that is too low
// only hides a loss that the disk hid too, while one that is too high never happens. So a count behind
// the engine's is no damage, and a slot that does not read back is.
type head struct {
	file  vfs.File // nil when there is none
	count int64    // the highest that reads back
	state headState
	empty bool // nothing was ever counted in it
}

// A headState is how much of a head is there.
type headState int

const (
	headWhole  headState = iota
	headHalf             // one slot does not read back
	headBroken           // none does
	headGone             // there is no file
)

const (
	headSlot = 16
	headMark = 0x68656164 // in each slot, so that a file of zeros is no head
)

// openHead opens the file in a folder. A folder that
// is not to be changed gives a head that cannot be set.
func openHead(files vfs.FS, dir string, readOnly bool) (*head, error) {
	name := files.PathJoin(dir, headFile)
	_, err := files.Stat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return &head{state: headGone}, nil // opening it for writing would make it
	} else if err != nil {
		return nil, err
	}
	var h head
	if readOnly {
		h.file, err = files.Open(name)
	} else {
		h.file, err = files.OpenReadWrite(name, vfs.WriteCategoryUnspecified)
	}
	if err != nil {
		return nil, err
	}
	var buf [2 * headSlot]byte
	if _, err := h.file.ReadAt(buf[:], 0); err != nil && !errors.Is(err, io.EOF) {
		return nil, errors.Join(err, h.file.Close())
	}
	good, empty := 0, 0
	for slot := buf[:]; len(slot) > 0; slot = slot[headSlot:] {
		if count, ok := decodeHead(slot[:headSlot]); ok {
			h.count = max(h.count, count)
			good++
		} else if [headSlot]byte(slot) == [headSlot]byte{} {
			empty++
		}
	}
	h.empty = empty == 2
	switch {
	case good == 2, good == 1 && empty == 1 && h.count <= 1: // there was no count before
	case good == 1:
		h.state = headHalf
	default:
		h.state = headBroken
	}
	return &h, nil
}

// makeHead makes the file anew.
func makeHead(files vfs.FS, dir string, count int64) (*head, error) {
	file, err := files.Create(files.PathJoin(dir, headFile), vfs.WriteCategoryUnspecified)
	if err != nil {
		return nil, err
	}
	h := &head{file: file}
	if err := errors.Join(h.reset(count), file.Sync(), syncFolder(files, dir)); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return h, nil
}

func decodeHead(slot []byte) (count int64, ok bool) {
	count = int64(binary.BigEndian.Uint64(slot))
	return count, count >= 0 && binary.BigEndian.Uint32(slot[8:]) == headMark &&
		binary.BigEndian.Uint32(slot[12:]) == crc32.ChecksumIEEE(slot[:12])
}

func encodeHead(count int64) (slot [headSlot]byte) {
	binary.BigEndian.PutUint64(slot[:], uint64(count))
	binary.BigEndian.PutUint32(slot[8:], headMark)
	binary.BigEndian.PutUint32(slot[12:], crc32.ChecksumIEEE(slot[:12]))
	return slot
}

// set writes a count that is one more than the last.
func (h *head) set(count int64) error {
	slot := encodeHead(count)
	return h.write(slot[:], count%2*headSlot, count)
}

// reset writes a count that may be any other.
func (h *head) reset(count int64) error {
	var both [2][headSlot]byte
	both[count%2] = encodeHead(count)
	if count > 0 {
		both[1-count%2] = encodeHead(count - 1)
	}
	err := h.write(slices.Concat(both[0][:], both[1][:]), 0, count)
	if err == nil {
		h.state = headWhole
	}
	return err
}

func (h *head) write(b []byte, at, count int64) error {
	if _, err := h.file.WriteAt(b, at); err != nil {
		return fmt.Errorf("%s: %w", headFile, err)
	}
	h.count = count
	return nil
}

// doubt says what is wrong with a head, what that means for a store that holds so many commits, and what to
// do; "" when nothing is wrong.
func (h *head) doubt(commits int64) string {
	if h.state == headWhole {
		return ""
	}
	what, lost := "is missing", "whether there were more cannot be said"
	switch {
	case h.state == headBroken:
		what = "does not read back"
	case h.state == headHalf && commits > h.count: // the other slot was one more at most
		what, lost = "does not read back in part", "none is lost"
	case h.state == headHalf:
		what, lost = "does not read back in part", "one more may be lost"
	}
	do := goOn
	if lost == "none is lost" {
		do = "whence verify --accept-loss writes it anew"
	}
	return fmt.Sprintf("the count of commits, by which lost ones are found out, %s; %d commits are held, and %s; %s", what, commits, lost, do)
}

// goOn is what to do about lost commits.
const goOn = "restore a backup, or go on from what is held with whence verify --accept-loss and load again"

// Close syncs and closes the file.
func (h *head) Close(sync bool) error {
	if h.file == nil {
		return nil
	}
	var err error
	if sync {
		err = h.file.Sync()
	}
	return errors.Join(err, h.file.Close())
}
