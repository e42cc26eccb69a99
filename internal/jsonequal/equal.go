// Package jsonequal compares JSON texts by what they mean.
package jsonequal

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/big"
	"strconv"
	"strings"
)

// Equal returns nil if two JSON texts have the same members, arrays in order,
// and numbers equal as decimals; of duplicate names the last counts. Where
// floats is true, numbers are also equal if they are the same 64-bit float.
func Equal(a, b []byte, floats bool) error {
	x, err := parse(a)
	if err != nil {
		return fmt.Errorf("first text: %w", err)
	}
	y, err := parse(b)
	if err != nil {
		return fmt.Errorf("second text: %w", err)
	}
	return equal("", x, y, floats)
}

func parse(text []byte) (v any, err error) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	return v, d.Decode(&v)
}

func equal(at string, a, b any, floats bool) error {
	switch x := a.(type) {
	case map[string]any:
		y, ok := b.(map[string]any)
		if !ok {
			break
		}
		for k := range y {
			if _, ok := x[k]; !ok {
				return fmt.Errorf("%s/%s: only in the second text", at, k)
			}
		}
		for k, v := range x {
			w, ok := y[k]
			if !ok {
				return fmt.Errorf("%s/%s: only in the first text", at, k)
			}
			if err := equal(at+"/"+k, v, w, floats); err != nil {
				return err
			}
		}
		return nil
	case []any:
		y, ok := b.([]any)
		if !ok || len(x) != len(y) {
			break
		}
		for i := range x {
			if err := equal(at+"/"+strconv.Itoa(i), x[i], y[i], floats); err != nil {
				return err
			}
		}
		return nil
	case json.Number:
		y, ok := b.(json.Number)
		if ok && sameNumber(string(x), string(y), floats) {
			return nil
		}
	default:
		if a == b {
			return nil
		}
	}
	return fmt.Errorf("%s: %v is not %v", at, a, b)
}

func sameNumber(a, b string, floats bool) bool {
	if a == b {
		return true
	}
	if floats {
		x, errX := strconv.ParseFloat(a, 64)
		y, errY := strconv.ParseFloat(b, 64)
		if errX == nil && errY == nil && x == y {
			return true
		}
	}
	x, y := decimalOf(a), decimalOf(b)
	return x.negative == y.negative && x.digits == y.digits && x.exponent.Cmp(&y.exponent) == 0
}

// decimal is a number as 0.digits · 10^exponent, digits without zeros at either
// end; of zero all is zero.
type decimal struct {
	negative bool
	digits   string
	exponent big.Int
}

// decimalOf reads a JSON number, of whatever size.
func decimalOf(text string) (d decimal) {
	text, negative := strings.CutPrefix(text, "-")
	if i := strings.IndexAny(text, "eE"); i >= 0 {
		d.exponent.SetString(strings.TrimPrefix(text[i+1:], "+"), 10)
		text = text[:i]
	}
	whole, fraction, _ := strings.Cut(text, ".")
	digits := strings.TrimLeft(whole+fraction, "0")
	d.exponent.Add(&d.exponent, big.NewInt(int64(len(digits)-len(fraction))))
	if d.digits = strings.TrimRight(digits, "0"); d.digits == "" {
		return decimal{}
	}
	d.negative = negative
	return d
}
