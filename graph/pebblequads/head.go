package pebblequads

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"

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
// not synced with each batch: the batch itself is, and a count that is too low
// only hides a loss that the disk hid too, while one that is too high never happens.
type head struct {
	file  vfs.File
	count int64
}

const (
	headSlot = 16
	headMark = 0x68656164 // in each slot, so that a file of zeros is no head
)

// openHead opens the file in a folder, and makes it if there is none. A folder that
// is not to be changed gives a head that cannot be set.
func openHead(files vfs.FS, dir string, readOnly bool) (*head, error) {
	name := files.PathJoin(dir, headFile)
	var (
		h   head
		err error
	)
	if readOnly {
		h.file, err = files.Open(name)
		if errors.Is(err, fs.ErrNotExist) {
			return &head{}, nil
		}
	} else {
		h.file, err = files.OpenReadWrite(name, vfs.WriteCategoryUnspecified)
	}
	if err != nil {
		return nil, err
	}
	var buf [2 * headSlot]byte
	n, err := h.file.ReadAt(buf[:], 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, errors.Join(err, h.file.Close())
	}
	for slot := buf[:n]; len(slot) >= headSlot; slot = slot[headSlot:] {
		if count, ok := decodeHead(slot[:headSlot]); ok {
			h.count = max(h.count, count)
		}
	}
	return &h, nil
}

func decodeHead(slot []byte) (count int64, ok bool) {
	count = int64(binary.BigEndian.Uint64(slot))
	return count, count >= 0 && binary.BigEndian.Uint32(slot[8:]) == headMark &&
		binary.BigEndian.Uint32(slot[12:]) == crc32.ChecksumIEEE(slot[:12])
}

// set writes a count.
func (h *head) set(count int64) error {
	var slot [headSlot]byte
	binary.BigEndian.PutUint64(slot[:], uint64(count))
	binary.BigEndian.PutUint32(slot[8:], headMark)
	binary.BigEndian.PutUint32(slot[12:], crc32.ChecksumIEEE(slot[:12]))
	if _, err := h.file.WriteAt(slot[:], count%2*headSlot); err != nil {
		return fmt.Errorf("%s: %w", headFile, err)
	}
	h.count = count
	return nil
}

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
