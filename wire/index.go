package wire

import "math/bits"

// Index finds strings of a fixed list: an open-addressing hash table in a
// string constant. The generator makes it with MakeIndex. The zero Index finds
// nothing.
type Index struct {
	Seed  uint64
	Shift uint8 // 64 - log2 of the number of slots
	// Slots holds 1 + an index in the list, or 0 for a free slot: in one byte, or,
	// if Wide is set, in two, little endian.
	Slots string
	Wide  bool
}

// slot returns the content of the slot that h, modulo their number, is that of.
func (x *Index) slot(h uint64) int {
	if !x.Wide {
		return int(x.Slots[h&uint64(len(x.Slots)-1)])
	}
	h &= uint64(len(x.Slots)/2 - 1)
	return int(x.Slots[2*h]) | int(x.Slots[2*h+1])<<8
}

// load8 reads eight bytes of s from i on, of which s must have that many. It
// compiles to a single load.
func load8(s string, i int) uint64 {
	t := s[i : i+8]
	return uint64(t[0]) | uint64(t[1])<<8 | uint64(t[2])<<16 | uint64(t[3])<<24 |
		uint64(t[4])<<32 | uint64(t[5])<<40 | uint64(t[6])<<48 | uint64(t[7])<<56
}

func load4(s string, i int) uint64 {
	t := s[i : i+4]
	return uint64(t[0]) | uint64(t[1])<<8 | uint64(t[2])<<16 | uint64(t[3])<<24
}

// hash mixes the length, the ends and the middle of s.
func hash(s string, seed uint64) uint64 {
	n := len(s)
	var h uint64
	switch {
	case n > 16:
		h = load8(s, 0) ^ bits.RotateLeft64(load8(s, n-8), 23) ^ bits.RotateLeft64(load8(s, n/2-4), 41)
	case n >= 8:
		h = load8(s, 0) ^ bits.RotateLeft64(load8(s, n-8), 23)
	case n >= 4:
		h = load4(s, 0) | load4(s, n-4)<<32
	case n > 0:
		h = uint64(s[0]) | uint64(s[n>>1])<<8 | uint64(s[n-1])<<16
	}
	return (h ^ uint64(n)*0x9e3779b97f4a7c15) * seed
}

// lookup returns the index of s in list, which Index was made for, or -1.
func (x *Index) lookup(s string, list []string) int {
	if len(x.Slots) == 0 {
		return -1
	}
	for h := hash(s, x.Seed) >> x.Shift; ; h++ {
		i := x.slot(h)
		if i == 0 {
			return -1
		}
		if list[i-1] == s {
			return i - 1
		}
	}
}

// MakeIndex builds the Index of list, whose strings must differ. It tries
// seeds until no two strings share a slot, and else takes the seed with the
// shortest chains. The result depends on list alone.
func MakeIndex(list []string) Index {
	if len(list) == 0 {
		return Index{}
	}
	logSize := max(bits.Len(uint(len(list)*2-1)), 1)
	size := 1 << logSize
	best, bestCost := Index{}, -1
	seed := uint64(0x9e3779b97f4a7c15)
	for range 4000 {
		x := Index{Seed: seed | 1, Shift: uint8(64 - logSize), Wide: len(list) > 255}
		slots := make([]uint16, size)
		cost := 0
		for i, s := range list {
			h := hash(s, x.Seed) >> x.Shift
			for d := 0; ; d++ {
				if slots[h] == 0 {
					slots[h] = uint16(i + 1)
					break
				}
				h = (h + 1) & uint64(size-1)
				cost += 1 + d
			}
		}
		if bestCost < 0 || cost < bestCost {
			raw := make([]byte, 0, 2*size)
			for _, slot := range slots {
				if raw = append(raw, byte(slot)); x.Wide {
					raw = append(raw, byte(slot>>8))
				}
			}
			x.Slots = string(raw)
			best, bestCost = x, cost
			if cost == 0 {
				break
			}
		}
		seed ^= seed << 13 // xorshift
		seed ^= seed >> 7
		seed ^= seed << 17
	}
	return best
}
