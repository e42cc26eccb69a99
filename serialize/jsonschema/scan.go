package jsonschema

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/wire"
)

// Limits of numbers: beyond them exact arithmetic takes long.
const (
	maxDigits   = 1000
	maxExponent = 1000
)

// Limits of the JSON Pointers of all values together, in bytes: the validator
// makes one for each fault, and below a name of a million bytes there may be a
// million values.
const (
	leastPlaces   = 128 << 20
	placesPerByte = 100 // of the document
)

// scan finds member names that occur twice in their object, and numbers that
// can not be compared. The error is secmodel.ErrTooLarge for a document whose
// places take too much memory.
func scan(data []byte) ([]secmodel.Violation, error) {
	var list []secmodel.Violation
	var open []map[string]bool // names seen, of the values that are open
	var places int64
	wire.Walk(data, func(pointer []byte, p wire.Place) bool {
		places += int64(len(pointer))
		if p.NameEnd > 0 {
			names := &open[len(open)-1]
			if *names == nil {
				*names = map[string]bool{}
			}
			name := string(pointer[bytes.LastIndexByte(pointer, '/'):])
			if (*names)[name] {
				line, column := wire.LineColumn(data, p.Name)
				list = append(list, secmodel.Violation{
					Code: secmodel.CodeDuplicate, Pointer: string(pointer), Message: "the name occurs more than once in its object",
					Offset: p.Name, Length: p.NameEnd - p.Name, Line: line, Column: column,
				})
			}
			(*names)[name] = true
		}
		open = append(open, nil)
		return true
	}, func(pointer []byte, p wire.Place) {
		open = open[:len(open)-1]
		if c := data[p.Value]; c != '-' && (c < '0' || c > '9') || inLimits(string(data[p.Value:p.ValueEnd])) {
			return
		}
		list = append(list, secmodel.Violation{
			Code: CodeNumberLimit, Pointer: string(pointer),
			Message: fmt.Sprintf("the number is beyond %d digits or an exponent of %d: it can not be compared", maxDigits, maxExponent),
		})
	})
	if most := leastPlaces + placesPerByte*int64(len(data)); places > most {
		return nil, fmt.Errorf("%w: with the names around them, the places of its values take %d bytes, more than %d", secmodel.ErrTooLarge, places, most)
	}
	return list, nil
}

// inLimits reports whether a number is within the limits.
func inLimits(number string) bool {
	digits, exponent := number, "0"
	if i := strings.IndexAny(number, "eE"); i >= 0 {
		digits, exponent = number[:i], number[i+1:]
	}
	n, err := strconv.Atoi(exponent)
	return len(digits) <= maxDigits && err == nil && n <= maxExponent && n >= -maxExponent
}
