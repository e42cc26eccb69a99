package serialize_test

import (
	"testing"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/jsontest"
	"github.com/secmodel/secmodel/serialize"
)

// TestValidateAgreesWithCheck: looking for errors only gives the verdict that
// looking for everything gives.
func TestValidateAgreesWithCheck(t *testing.T) {
	options := map[string][]secmodel.Option{
		"none": nil, "text": {secmodel.Text()}, "strict": {secmodel.Strict()}, "errors only": {secmodel.ErrorsOnly},
		"recommended": {secmodel.Recommended(), secmodel.Strict()},
	}
	verdicts := map[bool]int{}
	for _, format := range []string{"idmefv2", "mozdef", "ocsf"} {
		for _, s := range jsontest.Samples(t, format) {
			m, err := serialize.Unserialize(serialize.Payload{Data: s.Data}, secmodel.SkipValidation())
			if err != nil {
				t.Fatal(err)
			}
			for kind, opts := range options {
				report, err := m.Check(opts...), m.Validate(opts...)
				if (err == nil) != (report.Err(opts...) == nil) {
					t.Errorf("%s, %s: Validate gives %v, Check %v", s.File, kind, err, report.Violations)
				}
				if kind == "errors only" && report.Count(secmodel.Error) != len(report.Violations) {
					t.Errorf("%s: %v are not errors only", s.File, report.Violations)
				}
				verdicts[err == nil]++
			}
		}
	}
	if verdicts[true] < 100 || verdicts[false] < 100 {
		t.Errorf("%d valid and %d invalid are too few", verdicts[true], verdicts[false])
	}
}
