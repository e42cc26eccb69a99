// Package jsonequal compares JSON texts by what they mean.
package jsonequal

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/big"
	"strconv"
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
	if len(a) > 1000 || len(b) > 1000 {
		return false
	}
	x, okX := new(big.Rat).SetString(a)
	y, okY := new(big.Rat).SetString(b)
	return okX && okY && x.Cmp(y) == 0
}
