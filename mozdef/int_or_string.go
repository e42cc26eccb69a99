package mozdef

import (
	"encoding/json"
	"fmt"
	"math/big"
	"strconv"
	"strings"
)

// IntOrString is a value that some senders write as an integer and others as a
// string, such as a process number: 3380 or "3380". It holds the JSON text, so
// that a document is written back in the form in which it was read. Make one
// with Int or Text; a conversion from any other text makes AppendJSON fail.
type IntOrString string

// Int returns the integer i.
func Int(i int64) IntOrString { return IntOrString(strconv.AppendInt(nil, i, 10)) }

// Text returns the string s. Bytes that are not UTF-8 become U+FFFD.
func Text(s string) IntOrString {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(s) // a string into memory: cannot fail
	return IntOrString(strings.TrimSuffix(b.String(), "\n"))
}

// Int64 returns the number, whether it is written as an integer or as a string
// of decimal digits with an optional sign. ok is false for any other string and
// for a number outside of int64.
func (v IntOrString) Int64() (i int64, ok bool) {
	i, err := strconv.ParseInt(v.String(), 10, 64)
	return i, err == nil
}

// IsString reports whether the value is a JSON string.
func (v IntOrString) IsString() bool { return strings.HasPrefix(string(v), `"`) }

// String returns the text of the string, or the digits of the integer. It is
// what the MozDef server stores in either case.
func (v IntOrString) String() string {
	if !v.IsString() {
		return string(v)
	}
	if n := len(v); n > 1 && v[n-1] == '"' && !strings.Contains(string(v), `\`) {
		return string(v[1 : n-1])
	}
	var s string
	if json.Unmarshal([]byte(v), &s) != nil {
		return string(v)
	}
	return s
}

// MarshalJSON implements json.Marshaler for use outside of the models.
func (v IntOrString) MarshalJSON() ([]byte, error) {
	if !v.valid() {
		return nil, fmt.Errorf("mozdef: %q is neither the JSON text of an integer nor of a string", string(v))
	}
	return []byte(v), nil
}

// UnmarshalJSON implements json.Unmarshaler for use outside of the models. It
// refuses everything but integers and strings; a number with a fraction or an
// exponent is no integer.
func (v *IntOrString) UnmarshalJSON(data []byte) error {
	text := IntOrString(data)
	if !text.valid() {
		return fmt.Errorf("mozdef: %s is neither an integer nor a string", data)
	}
	*v = text
	return nil
}

func (v IntOrString) valid() bool {
	if !json.Valid([]byte(v)) {
		return false
	}
	if v.IsString() {
		return strings.HasSuffix(string(v), `"`)
	}
	_, ok := new(big.Int).SetString(string(v), 10)
	return ok
}
