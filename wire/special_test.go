package wire

import (
	"encoding/binary"
	"encoding/json"
	"math/bits"
	"strings"
	"testing"
	"unicode/utf8"
)

// isSpecial says what special looks for, of one byte.
func isSpecial(c byte) bool { return c == '"' || c == '\\' || c < 0x20 || c >= utf8.RuneSelf }

// TestSpecialMarksFirst compares special with a look at each byte: for every byte
// at every place, behind every byte that it passes over, and before every byte.
// Further bytes cannot matter: a subtraction borrows from one byte to the next
// only, and what stands behind the first special byte may be marked wrongly.
func TestSpecialMarksFirst(t *testing.T) {
	var word [8]byte
	check := func() {
		first := 8
		for i, c := range word {
			if isSpecial(c) {
				first = i
				break
			}
		}
		if got := bits.TrailingZeros64(special(binary.LittleEndian.Uint64(word[:]))) >> 3; got != first {
			t.Fatalf("% x: the first special byte is %d, special marks %d", word, first, got)
		}
	}
	for _, filler := range []byte{' ', '!', '#', '[', ']', 'a', 0x7f} {
		for at := range word {
			for i := range word {
				word[i] = filler
			}
			for c := range 256 {
				word[at] = byte(c)
				if at == 7 {
					check()
					continue
				}
				for next := range 256 {
					word[at+1] = byte(next)
					check()
				}
			}
		}
	}
	for at := 1; at < 7; at++ {
		for i := range word {
			word[i] = 'a'
		}
		for before := range 256 {
			if isSpecial(byte(before)) {
				continue
			}
			word[at-1] = byte(before)
			for c := range 256 {
				word[at] = byte(c)
				for _, next := range []byte{0, 0x1f, '!', '"', '#', '\\', ']', 0x7f, 0x80, 0xff} {
					word[at+1] = next
					check()
				}
			}
		}
	}
}

// TestStringsOfAllBytes puts every byte at every place of strings of every length
// up to three words, and writes, scans and reads them.
func TestStringsOfAllBytes(t *testing.T) {
	for n := range 25 {
		for at := range max(n, 1) {
			for c := range 256 {
				body := []byte(strings.Repeat("x", n))
				if n > 0 {
					body[at] = byte(c)
				}
				s := string(body)
				first := n
				if n > 0 && isSpecial(byte(c)) {
					first = at
				}
				if got := plain(s, 0); got != first {
					t.Fatalf("plain(%q) is %d, not %d", s, got, first)
				}
				var e encoder
				out := e.str(nil, s)
				if (e.err == nil) != utf8.ValidString(s) {
					t.Fatalf("%q: %v", s, e.err)
				}
				if e.err != nil {
					continue
				}
				var back string
				if err := json.Unmarshal(out, &back); err != nil || back != s {
					t.Fatalf("%q is written as %s, which is %q (%v)", s, out, back, err)
				}
				if text, ok := Text(out); !ok || text != s {
					t.Fatalf("%s is read as %q", out, text)
				}
				var d Decoder
				d.src, d.maxDepth = string(out)+"  ", 1
				d.text.begin(false, len(out), len(out))
				if text, end := d.string(0); text != s || end != len(out) {
					t.Fatalf("%s is decoded as %q, up to %d", out, text, end)
				}
			}
		}
	}
}
