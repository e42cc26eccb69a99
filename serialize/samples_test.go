package serialize_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/jsontest"
	"github.com/secmodel/secmodel/serialize"
)

// TestSamples takes every document of testdata through the whole package:
// detection, verdict with places, reading, writing and reading again.
func TestSamples(t *testing.T) {
	for _, format := range []string{"idmefv2", "mozdef", "ocsf"} {
		for _, s := range jsontest.Samples(t, format) {
			p := serialize.Payload{Data: s.Data}
			id, err := serialize.Detect(s.Data)
			if err != nil || id.Format != format || id.Class != s.Class {
				t.Errorf("%s: detected %v, %v", s.File, id, err)
				continue
			}
			report, err := serialize.ValidateBytes(p)
			if err != nil {
				t.Errorf("%s: %v", s.File, err)
				continue
			}
			if report.Identity != id {
				t.Errorf("%s: judged as %v, detected as %v", s.File, report.Identity, id)
			}
			s.Compare(t, report)
			for i, v := range report.Violations {
				if v.Line < 1 || v.Column < 1 || v.Length < 1 || v.Offset+v.Length > len(s.Data) {
					t.Errorf("%s: no place for %+v", s.File, v)
				}
				if i > 0 && v.Offset < report.Violations[i-1].Offset {
					t.Errorf("%s: violations are not in the order of the text", s.File)
				}
			}
			m, err := serialize.Unserialize(p)
			if m == nil || (err != nil) != s.Invalid || err != nil && !errors.Is(err, secmodel.ErrInvalid) {
				t.Errorf("%s: read as %v, %v", s.File, m, err)
				continue
			}
			_, err = serialize.Serialize(m, serialize.JSON)
			if (err != nil) != s.Invalid {
				t.Errorf("%s: Serialize: %v", s.File, err)
			}
			for _, opts := range [][]secmodel.Option{{secmodel.SkipValidation()}, {secmodel.SkipValidation(), secmodel.Indent("\t")}} {
				out, err := serialize.Serialize(m, serialize.JSON, opts...)
				if err != nil {
					t.Errorf("%s: %v", s.File, err)
					continue
				}
				if err := jsontest.Equal(s.Data, out.Data, true); err != nil {
					t.Errorf("%s: %v", s.File, err)
				}
				again, err := serialize.Unserialize(out, secmodel.SkipValidation())
				if err != nil {
					t.Errorf("%s: %v", s.File, err)
				}
				if diff := cmp.Diff(m, again); diff != "" {
					t.Errorf("%s: written and read again:\n%s", s.File, diff)
				}
			}
		}
	}
}
