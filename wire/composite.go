package wire

import (
	"unsafe"

	"github.com/secmodel/secmodel"
)

// Composite is a document that is made of several models and reads itself, by
// the settings of a decoder.
type Composite interface {
	DecodeWire(d *Decoder, data []byte) error
}

// Scan finds out of the JSON object in data what Decode would: whether it is
// well-formed and, if d has to, which member names are duplicates. It decodes
// nothing.
func (d *Decoder) Scan(data []byte) error {
	d.src = unsafe.String(unsafe.SliceData(data), len(data))
	defer func() { d.src = "" }()
	d.depth, d.err = 0, nil
	if d.maxDepth = d.MaxDepth; d.maxDepth == 0 {
		d.maxDepth = secmodel.DefaultMaxDepth
	}
	d.Repeated = d.Repeated[:0]
	from, to := d.whole()
	if to >= 0 && d.src[from] != '{' {
		to = d.notObject(from)
	}
	if to < 0 {
		err := d.err
		err.Line, err.Column = LineColumn(data, int(err.Offset))
		return err
	}
	if d.Duplicates {
		d.repeatedWithin(from, to)
	}
	return nil
}
