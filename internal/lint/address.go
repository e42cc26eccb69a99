package lint

import (
	"strconv"
	"strings"
)

// Kind is what an IP address is for.
type Kind uint8

// The kinds of addresses.
const (
	Other         Kind = iota // any other, and what is no address
	Unspecified               // 0.0.0.0, ::
	Broadcast                 // 255.255.255.255
	Loopback                  // 127.0.0.0/8, ::1
	LinkLocal                 // 169.254.0.0/16, fe80::/10
	Private                   // RFC 1918, RFC 4193, and RFC 6598, shared by providers
	Documentation             // RFC 5737, RFC 3849, RFC 9637
)

// String names the kind, as it stands before "address".
func (k Kind) String() string {
	switch k {
	case Unspecified:
		return "unspecified"
	case Broadcast:
		return "broadcast"
	case Loopback:
		return "loopback"
	case LinkLocal:
		return "link-local"
	case Private:
		return "private"
	case Documentation:
		return "documentation"
	}
	return "other"
}

// KindOf returns what an address is for; an IPv4 address written as IPv6 is
// taken as what it stands for.
func KindOf(text string) Kind {
	b, four, ok := parse(text)
	switch {
	case !ok:
		return Other
	case four:
		return kindOf4([4]byte(b[12:]))
	}
	switch {
	case b == [16]byte{}:
		return Unspecified
	case b == [16]byte{15: 1}:
		return Loopback
	case b[0] == 0xfe && b[1]&0xc0 == 0x80:
		return LinkLocal
	case b[0]&0xfe == 0xfc:
		return Private
	case b[0] == 0x20 && b[1] == 0x01 && b[2] == 0x0d && b[3] == 0xb8, b[0] == 0x3f && b[1] == 0xff && b[2] < 0x10:
		return Documentation
	}
	return Other
}

func kindOf4(b [4]byte) Kind {
	switch [3]byte(b[:3]) {
	case [3]byte{192, 0, 2}, [3]byte{198, 51, 100}, [3]byte{203, 0, 113}:
		return Documentation
	}
	switch {
	case b == [4]byte{}:
		return Unspecified
	case b == [4]byte{255, 255, 255, 255}:
		return Broadcast
	case b[0] == 127:
		return Loopback
	case b[0] == 169 && b[1] == 254:
		return LinkLocal
	case b[0] == 10, b[0] == 172 && b[1]&0xf0 == 16, b[0] == 192 && b[1] == 168, b[0] == 100 && b[1]&0xc0 == 64:
		return Private
	}
	return Other
}

// Nowhere reports whether no database of places can know an address of the
// kind: it means another host in every network, or none.
func (k Kind) Nowhere() bool { return k != Other }

// parse reads an address; four says that it is an IPv4 address, or one written
// as IPv6. Package net/netip would do, but works at start-up and makes programs
// larger that use nothing else of it.
func parse(text string) (b [16]byte, four, ok bool) {
	if strings.IndexByte(text, ':') < 0 {
		four, ok = true, parse4(text, b[12:])
		return b, four, ok
	}
	text, _, _ = strings.Cut(text, "%")
	before, after, gap := strings.Cut(text, "::")
	head, ok := groups(before, b[:], !gap)
	if !ok || !gap {
		return b, mapped(b), ok && head == len(b)
	}
	var rest [16]byte
	tail, ok := groups(after, rest[:], true)
	if !ok || head+tail > len(b)-2 {
		return b, false, false
	}
	copy(b[len(b)-tail:], rest[:tail])
	return b, mapped(b), true
}

// mapped reports whether an IPv6 address stands for one of IPv4.
func mapped(b [16]byte) bool {
	return [12]byte(b[:12]) == [12]byte{10: 0xff, 11: 0xff}
}

// groups reads groups of hexadecimal digits into b, and at the end, if that may
// be, an IPv4 address; it returns how many bytes they are.
func groups(text string, b []byte, end bool) (n int, ok bool) {
	if text == "" {
		return 0, true
	}
	for more := true; more; {
		var group string
		if group, text, more = strings.Cut(text, ":"); n > len(b)-2 {
			return n, false
		}
		if !more && end && strings.IndexByte(group, '.') >= 0 {
			return n + 4, n <= len(b)-4 && parse4(group, b[n:])
		}
		v, err := strconv.ParseUint(group, 16, 16)
		if err != nil || len(group) > 4 {
			return n, false
		}
		b[n], b[n+1] = byte(v>>8), byte(v)
		n += 2
	}
	return n, true
}

// parse4 reads an IPv4 address into the first four bytes of b.
func parse4(text string, b []byte) bool {
	for i := range 4 {
		part, rest, more := strings.Cut(text, ".")
		v, err := strconv.ParseUint(part, 10, 8)
		if err != nil || more != (i < 3) || len(part) > 1 && part[0] == '0' {
			return false
		}
		b[i], text = byte(v), rest
	}
	return true
}
