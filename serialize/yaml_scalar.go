package serialize

import (
	"math/big"
	"strings"
)

// scalarKind is what a plain scalar of YAML is by the core schema (YAML 1.2.2,
// section 10.3.2).
type scalarKind uint8

const (
	scalarText scalarKind = iota
	scalarNull
	scalarBool
	scalarInt
	scalarFloat
	scalarNotFinite // .inf and .nan, which JSON does not have
)

// maxRadixDigits is how many digits an integer to another base than ten may
// have: to turn it into decimal takes time that grows with their square.
const maxRadixDigits = 1000

// resolveScalar returns what a plain scalar is, and its JSON text unless it is
// text or not finite.
func resolveScalar(s string) (kind scalarKind, json string) {
	switch s {
	case "", "~", "null", "Null", "NULL":
		return scalarNull, "null"
	case "true", "True", "TRUE":
		return scalarBool, "true"
	case "false", "False", "FALSE":
		return scalarBool, "false"
	case ".nan", ".NaN", ".NAN":
		return scalarNotFinite, ""
	}
	unsigned := strings.TrimLeft(s[:1], "+-") + s[1:]
	switch unsigned {
	case ".inf", ".Inf", ".INF":
		return scalarNotFinite, ""
	case "":
		return scalarText, ""
	}
	if json, ok := radixInteger(s); ok {
		return scalarInt, json
	}
	sign := ""
	if s[0] == '-' {
		sign = "-"
	}
	whole, rest := cutDigits(unsigned)
	if rest == "" {
		return scalarInt, sign + trimZeros(whole)
	}
	fraction := ""
	if after, ok := strings.CutPrefix(rest, "."); ok {
		fraction, rest = cutDigits(after)
		if whole == "" && fraction == "" {
			return scalarText, ""
		}
		if fraction == "" {
			fraction = "0"
		}
		fraction = "." + fraction
	} else if whole == "" {
		return scalarText, ""
	}
	if rest != "" {
		digits := rest[1:]
		if rest[0] != 'e' && rest[0] != 'E' || digits == "" {
			return scalarText, ""
		}
		if digits[0] == '+' || digits[0] == '-' {
			digits = digits[1:]
		}
		if d, end := cutDigits(digits); d == "" || end != "" {
			return scalarText, ""
		}
	}
	return scalarFloat, sign + trimZeros(whole) + fraction + rest
}

// radixInteger reads an integer to the base 8 or 16.
func radixInteger(s string) (json string, ok bool) {
	if len(s) < 3 || s[0] != '0' {
		return "", false
	}
	base, allowed := 0, ""
	switch s[1] {
	case 'o':
		base, allowed = 8, "01234567"
	case 'x':
		base, allowed = 16, "0123456789abcdefABCDEF"
	}
	if base == 0 || len(s) > maxRadixDigits || strings.Trim(s[2:], allowed) != "" {
		return "", false
	}
	n, ok := new(big.Int).SetString(s[2:], base)
	if !ok {
		return "", false
	}
	return n.String(), true
}

// cutDigits splits s after the decimal digits that it begins with.
func cutDigits(s string) (digits, rest string) {
	i := 0
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	return s[:i], s[i:]
}

// trimZeros removes zeros that JSON does not allow in front of a number.
func trimZeros(digits string) string {
	digits = strings.TrimLeft(digits, "0")
	if digits == "" {
		return "0"
	}
	return digits
}
