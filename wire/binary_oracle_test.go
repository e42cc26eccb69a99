package wire_test

import (
	"bytes"
	"encoding/json"
	"math"
	"math/big"
	"math/rand/v2"
	"reflect"
	"slices"
	"strconv"
	"testing"

	"github.com/fxamacker/cbor/v2"
	"github.com/google/go-cmp/cmp"
	"github.com/secmodel/secmodel/internal/jsontest"
	"github.com/secmodel/secmodel/wire"
	"github.com/secmodel/secmodel/wire/internal/sample"
	"github.com/vmihailenco/msgpack/v5"
)

// tree makes values of the types that a JSON document can have: nil, bool,
// int64, uint64, *big.Int, float64, string, []any and map[string]any.
type tree struct {
	random *rand.Rand
	big    bool // integers beyond 64 bits too
}

func (g tree) value(depth int) any {
	most := 11
	if depth == 0 {
		most = 8
	}
	switch g.random.IntN(most) {
	case 0:
		return []any{nil, true, false}[g.random.IntN(3)]
	case 1:
		return int64(g.random.Uint64()) >> g.random.IntN(64)
	case 2:
		return uint64(math.MaxInt64) + 1 + g.random.Uint64()>>(1+g.random.IntN(63))
	case 3:
		if g.big {
			n := new(big.Int).Lsh(big.NewInt(1+g.random.Int64N(1000)), uint(64+g.random.IntN(200)))
			if g.random.IntN(2) == 0 {
				n.Not(n)
			}
			return n
		}
		return int64(-1)
	case 4:
		return float64(math.Float32frombits(g.random.Uint32() &^ (1 << 30)))
	case 5:
		return math.Float64frombits(g.random.Uint64() &^ (1 << 62))
	case 6:
		return []float64{0, 1, 7, 65504, 65520, 1.5, -2.25, 5.960464477539063e-8, 6.103515625e-5, 0.1, 1e300, 5e-324, math.MaxFloat64, math.MaxFloat32, -100000}[g.random.IntN(15)]
	case 7:
		return g.text()
	case 8:
		list := make([]any, g.random.IntN(30)*g.random.IntN(2)+g.random.IntN(4))
		for i := range list {
			list[i] = g.value(depth - 1)
		}
		return list
	}
	m := map[string]any{}
	for range g.random.IntN(20)*g.random.IntN(2) + g.random.IntN(5) {
		m[g.text()] = g.value(depth - 1)
	}
	return m
}

func (g tree) text() string {
	const letters = "abcdefghij \"\\\n\x00éß€😀/~"
	runes := []rune(letters)
	s := make([]rune, g.random.IntN(8)+g.random.IntN(2)*g.random.IntN(2)*g.random.IntN(300))
	for i := range s {
		s[i] = runes[g.random.IntN(len(runes))]
	}
	return string(s)
}

// text is the JSON text of a tree, floats with fraction or exponent. The members
// are in any order.
func text(v any) []byte {
	switch v := v.(type) {
	case float64:
		out := strconv.AppendFloat(nil, v, 'g', -1, 64)
		if !bytes.ContainsAny(out, ".e") {
			out = append(out, ".0"...)
		}
		return out
	case []any:
		out := []byte{'['}
		for i, e := range v {
			if i > 0 {
				out = append(out, ',')
			}
			out = append(out, text(e)...)
		}
		return append(out, ']')
	case map[string]any:
		out := []byte{'{'}
		for name, e := range v {
			if len(out) > 1 {
				out = append(out, ',', ' ')
			}
			out = append(append(append(out, text(name)...), ':'), text(e)...)
		}
		return append(out, '}')
	}
	out, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return out
}

// TestCBOROracle compares with another implementation of CBOR: what is written
// byte by byte with its core deterministic encoding, and what is read.
func TestCBOROracle(t *testing.T) {
	options := cbor.CoreDetEncOptions()
	deterministic, err := options.EncMode()
	if err != nil {
		t.Fatal(err)
	}
	plain, err := cbor.EncOptions{IndefLength: cbor.IndefLengthAllowed}.EncMode()
	if err != nil {
		t.Fatal(err)
	}
	reader, err := cbor.DecOptions{DefaultMapType: reflect.TypeFor[map[string]any](), BigIntDec: cbor.BigIntDecodePointer}.DecMode()
	if err != nil {
		t.Fatal(err)
	}
	g := tree{rand.New(rand.NewPCG(3, 4)), true}
	for range 2000 {
		v := g.value(4)
		own := text(v)
		want, err := deterministic.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		got, err := wire.CBOR.FromJSON(nil, own)
		if err != nil || !bytes.Equal(got, want) {
			t.Fatalf("%s: %x, want %x (%v)", own, got, want, err)
		}
		var back any
		if err := reader.Unmarshal(got, &back); err != nil {
			t.Fatalf("%s: %v", own, err)
		}
		if err := jsontest.Equal(own, text(back), false); err != nil {
			t.Fatalf("%s: the other implementation reads it as %s: %v", own, text(back), err)
		}
		other, err := plain.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		for _, data := range [][]byte{want, other} {
			read, err := wire.CBOR.ToJSON(nil, data, 0)
			if err != nil {
				t.Fatalf("%x: %v", data, err)
			}
			if err := jsontest.Equal(own, read, false); err != nil {
				t.Fatalf("%x is read as %s: %v", data, read, err)
			}
		}
	}
}

// TestMessagePackOracle compares with another implementation of MessagePack what
// is read on both sides.
func TestMessagePackOracle(t *testing.T) {
	g := tree{rand.New(rand.NewPCG(5, 6)), false}
	for range 2000 {
		v := g.value(4)
		own := text(v)
		got, err := wire.MessagePack.FromJSON(nil, own)
		if err != nil {
			t.Fatalf("%s: %v", own, err)
		}
		d := msgpack.NewDecoder(bytes.NewReader(got))
		back, err := d.DecodeInterface()
		if err != nil || d.Buffered().(interface{ Len() int }).Len() != 0 {
			t.Fatalf("%s: %x: %v", own, got, err)
		}
		if err := jsontest.Equal(own, text(wider(back)), false); err != nil {
			t.Fatalf("%s: the other implementation reads it as %s: %v", own, text(wider(back)), err)
		}
		var smallest, longest bytes.Buffer
		e := msgpack.NewEncoder(&smallest)
		e.UseCompactInts(true)
		e.UseCompactFloats(false)
		if err := e.Encode(v); err != nil {
			t.Fatal(err)
		}
		if err := msgpack.NewEncoder(&longest).Encode(v); err != nil {
			t.Fatal(err)
		}
		for _, data := range [][]byte{smallest.Bytes(), longest.Bytes()} {
			read, err := wire.MessagePack.ToJSON(nil, data, 0)
			if err != nil {
				t.Fatalf("%x: %v", data, err)
			}
			if err := jsontest.Equal(own, read, false); err != nil {
				t.Fatalf("%x is read as %s: %v", data, read, err)
			}
		}
		if len(got) > smallest.Len() {
			t.Fatalf("%s: %d bytes, the other implementation needs %d", own, len(got), smallest.Len())
		}
	}
}

// wider gives numbers that have been read in few bits the types of a tree.
func wider(v any) any {
	switch v := v.(type) {
	case float32:
		return float64(v)
	case []any:
		list := slices.Clone(v)
		for i := range list {
			list[i] = wider(list[i])
		}
		return list
	case map[string]any:
		m := map[string]any{}
		for name, e := range v {
			m[name] = wider(e)
		}
		return m
	}
	return v
}

// TestBinaryTypedOracle decodes documents of a model that other implementations
// have written, and the other way round.
func TestBinaryTypedOracle(t *testing.T) {
	for _, s := range seeds {
		var want sample.Thing
		if wire.UnmarshalJSON(&want, []byte(s)) != nil {
			continue
		}
		own, err := want.AppendJSON(nil)
		if err != nil {
			t.Fatal(err)
		}
		var v map[string]any
		d := json.NewDecoder(bytes.NewReader(own))
		d.UseNumber()
		if err := d.Decode(&v); err != nil {
			t.Fatal(err)
		}
		v = numbers(v).(map[string]any)
		inCBOR, err := cbor.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		packed, err := msgpack.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		for form, data := range map[wire.Binary][]byte{wire.CBOR: inCBOR, wire.MessagePack: packed} {
			var got sample.Thing
			if err := form.Decode(new(wire.Decoder), &got, data); err != nil {
				t.Fatalf("%s %s: %v", form, own, err)
			}
			if diff := cmp.Diff(want, got, sameJSON); diff != "" {
				t.Errorf("%s %s\n%s", form, own, diff)
			}
			out, err := form.Append(nil, &got)
			if err != nil {
				t.Fatal(err)
			}
			var back map[string]any
			if form == wire.CBOR {
				err = cbor.Unmarshal(out, &back)
			} else {
				err = msgpack.Unmarshal(out, &back)
			}
			if err != nil {
				t.Fatalf("%s %x: %v", form, out, err)
			}
			if err := jsontest.Equal(own, text(named(wider(back))), true); err != nil {
				t.Errorf("%s %s: %v", form, own, err)
			}
		}
	}
}

// numbers gives json.Numbers the types of a tree.
func numbers(v any) any {
	switch v := v.(type) {
	case json.Number:
		if n, err := strconv.ParseInt(string(v), 10, 64); err == nil {
			return n
		}
		if n, err := strconv.ParseUint(string(v), 10, 64); err == nil {
			return n
		}
		f, _ := v.Float64()
		return f
	case []any:
		for i := range v {
			v[i] = numbers(v[i])
		}
	case map[string]any:
		for name := range v {
			v[name] = numbers(v[name])
		}
	}
	return v
}

// named gives maps with keys of any type the type of a tree.
func named(v any) any {
	switch v := v.(type) {
	case []any:
		for i := range v {
			v[i] = named(v[i])
		}
	case map[string]any:
		for name := range v {
			v[name] = named(v[name])
		}
	case map[any]any:
		m := map[string]any{}
		for name, e := range v {
			m[name.(string)] = named(e)
		}
		return m
	}
	return v
}
