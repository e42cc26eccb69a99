package serialize

import (
	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/ocsf"
	"github.com/secmodel/secmodel/wire"
)

// habit is what documents have been of late. Where all were events of one class,
// the next one is read as that at once, and found to be one by what has been read;
// else a part of it would have to be read before, only to find out.
type habit struct {
	last   class
	streak int8 // how often in succession, less after a wrong guess
}

const (
	sureStreak = 2  // documents of one class before the next is guessed
	badGuess   = -8 // the streak after a wrong guess, which costs reading all twice
)

// expected returns the class that the next document probably has.
func (h *habit) expected() (class, bool) { return h.last, h.streak >= sureStreak }

// add takes in the class of a document. Only events name theirs by a number,
// which says all.
func (h *habit) add(c class) {
	switch {
	case c.format != ocsf.Format || c.name == ocsf.ClassBundle || c != h.last:
		h.streak = min(h.streak, 0)
	case h.streak < sureStreak:
		h.streak++
	}
	h.last = c
}

// wrong takes in that a document was not what was expected.
func (h *habit) wrong() { h.streak = badGuess }

// confirmed reports whether m, an event that has been read as of class c, says
// that it is one, and nothing that makes it look like a message of IDMEFv2: then
// this is what detect would have found.
func (c class) confirmed(m secmodel.Message) bool {
	n := wire.NodeOf(m.(wire.Model))
	typ := n.Type()
	i := typ.Field("class_uid")
	if i < 0 || typ.Fields[i].Kind != wire.Int {
		return false
	}
	uid := *n.Int(&typ.Fields[i])
	_, version := n.Extra()["Version"]
	return uid != nil && *uid == c.uid && !version
}
