package ocsf_test

import (
	"testing"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/jsontest"
	"github.com/secmodel/secmodel/ocsf"
)

// FuzzUnmarshal: whatever decodes is checked without a panic, and comes out as it
// went in.
func FuzzUnmarshal(f *testing.F) {
	for _, s := range jsontest.Samples(f, ocsf.Format) {
		f.Add(s.Data)
	}
	f.Add([]byte(`{"class_uid":2001,"vulnerabilities":[{"cve":{"cvss":{}}}],"metadata":{"version":"1.0.0"}}`))
	f.Add([]byte(`{"observables":[{"name":"a[].b[9].c"}],"class_uid":0,"metadata":{"profiles":[{},null]}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var messages []secmodel.Message
		if e, err := ocsf.Unmarshal(data); err == nil {
			messages = append(messages, e)
		}
		if b := new(ocsf.Bundle); b.UnmarshalJSON(data) == nil {
			messages = append(messages, b)
		}
		for _, m := range messages {
			for _, v := range m.Check(secmodel.Recommended()).Violations {
				if v.Code == "" || v.Message == "" || v.Pointer != "" && v.Pointer[0] != '/' {
					t.Errorf("%+v", v)
				}
			}
			out, err := m.AppendJSON(nil)
			if err != nil {
				t.Fatal(err)
			}
			if err := jsontest.Equal(data, out, true); err != nil {
				t.Errorf("%v\n in: %s\nout: %s", err, data, out)
			}
		}
	})
}
