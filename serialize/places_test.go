package serialize_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/serialize"
)

// TestPlacesByType: in every content type a document has the same violations, each with
// its place: offset and length, and in text line and column.
func TestPlacesByType(t *testing.T) {
	found := func(p serialize.Payload) (list []string, r secmodel.Report) {
		t.Helper()
		r, err := serialize.ValidateBytes(p, everything...)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range r.Violations {
			list = append(list, v.Severity.String()+" "+v.Code+" "+v.Pointer)
		}
		slices.Sort(list)
		return list, r
	}
	documents := 0
	samples(t, func(name string, data []byte) {
		want, r := found(serialize.Payload{Data: data})
		if len(r.Violations) == 0 {
			return
		}
		m, err := serialize.Unserialize(serialize.Payload{Data: data}, secmodel.SkipValidation())
		if err != nil {
			t.Fatal(err)
		}
		documents++
		for _, contentType := range []string{serialize.YAML, serialize.CBOR, serialize.MsgPack} {
			p, err := serialize.Serialize(m, contentType, secmodel.SkipValidation())
			if err != nil {
				t.Errorf("%s as %s: %v", name, contentType, err)
				continue
			}
			got, r := found(p)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s as %s\n%s", name, contentType, diff)
			}
			text := contentType == serialize.YAML
			for i, v := range r.Violations {
				if v.Offset < 0 || v.Length < 0 || v.Offset+v.Length > len(p.Data) || (v.Line > 0) != text || (v.Column > 0) != text || v.Length == 0 && !text {
					t.Errorf("%s as %s: %v: at %d+%d, %d:%d", name, contentType, v, v.Offset, v.Length, v.Line, v.Column)
				}
				if i > 0 && v.Offset < r.Violations[i-1].Offset {
					t.Errorf("%s as %s: %v comes after %v", name, contentType, v, r.Violations[i-1])
				}
			}
		}
	})
	if documents < 200 {
		t.Errorf("%d documents", documents)
	}
}
