package serialize_test

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/idmefv2"
	"github.com/secmodel/secmodel/ocsf"
	"github.com/secmodel/secmodel/serialize"
)

const broken = `{"Version":" 2.d.v08","ID":"0190a3c0-8a5e-7c3e-9d4f-1b2c3d4e5f60","CreateTime":1718000000,
	"Analyzer":{"Name":"a"},"Status":"open","Source":{"IP":"nowhere"}}`

var brokenCodes = []string{"enum_value_spelling", "time_spelling", "scalar_for_array", "scalar_for_array", "enum_value_spelling"}

// collect gives an option that collects the codes of repairs.
func collect() (*[]string, secmodel.Option) {
	codes := new([]string)
	return codes, secmodel.Repair(func(r secmodel.Repaired) { *codes = append(*codes, r.Code) })
}

// TestRepairReaders mends with the option, and reports each repair, whatever
// reads; without the option nothing is mended.
func TestRepairReaders(t *testing.T) {
	payload := serialize.Payload{Data: []byte(broken)}
	places := func(r secmodel.Report) (list []string) {
		for _, v := range r.Violations {
			list = append(list, fmt.Sprintf("%s %s %d:%d", v.Severity, v.Pointer, v.Line, v.Column))
		}
		return list
	}
	invalid := func(err error) secmodel.Report {
		if e, ok := errors.AsType[*secmodel.ValidationError](err); ok {
			return secmodel.Report{Violations: e.Violations}
		}
		return secmodel.Report{}
	}
	for name, read := range map[string]func(secmodel.Option) secmodel.Report{
		"Unserialize": func(o secmodel.Option) secmodel.Report {
			_, err := serialize.Unserialize(payload, o)
			return invalid(err)
		},
		"UnserializeAs": func(o secmodel.Option) secmodel.Report {
			_, err := serialize.UnserializeAs[idmefv2.Message](payload, o)
			return invalid(err)
		},
		"ValidateBytes": func(o secmodel.Option) secmodel.Report {
			r, err := serialize.ValidateBytes(payload, o)
			if err != nil {
				t.Error(err)
			}
			return r
		},
		"Read": func(o secmodel.Option) (r secmodel.Report) {
			for _, err := range serialize.Read(strings.NewReader(broken), "", o, secmodel.Reuse()) {
				r = invalid(err)
			}
			return r
		},
	} {
		codes, option := collect()
		report := read(option)
		if diff := cmp.Diff(brokenCodes, *codes); diff != "" {
			t.Errorf("%s: repairs: -want +got\n%s", name, diff)
		}
		// The place of what was moved is that of what is left of its pointer.
		want := []string{"error /Source/0/ID 2:51", "error /Source/0/IP 2:51"}
		if diff := cmp.Diff(want, places(report)); diff != "" {
			t.Errorf("%s: violations: -want +got\n%s", name, diff)
		}
	}
	m, err := serialize.Unserialize(payload, secmodel.Repair(nil))
	if text, _ := m.AppendJSON(nil); err == nil || !strings.Contains(string(text), `"CreateTime":1718000000`) {
		t.Errorf("mended without being asked to: %s, %v", text, err)
	}
}

// TestRepairDetection finds the class of documents whose mark of it is to be
// mended.
func TestRepairDetection(t *testing.T) {
	for text, want := range map[string]string{
		`{"class_uid":"3002","metadata":{"version":"1.8.0"},"severity":"High"}`: "ocsf 1.8.0 authentication",
		`{"class_uid":3002.0,"metadata":{"version":"1.8.0"}}`:                   "ocsf 1.8.0 authentication",
		`{"class_uid":"3002.0","activity_id":1,"metadata":{"version":"1.8.0"}}`: "ocsf 1.8.0 authentication",
		`{"class_uid":"3002"}`: "ocsf " + ocsf.Latest + " authentication",
		`{"class_uid":"99999","activity_id":1,"metadata":{"version":"1.8.0"}}`:       "ocsf 1.8.0 base_event",
		`{"class_uid":"1","severity":"INFO","summary":"s"}`:                          "mozdef 1 event",
		`{"version":"2.d.v07","severity":"Low"}`:                                     "idmefv2 2.D.V07 message",
		`{"createtime":"2024-06-10T06:13:20Z","analyzer":{"name":"a"}}`:              "idmefv2 " + string(idmefv2.Latest) + " message",
		`{"Version":" 2.D.V06 ","ID":"x"}`:                                           "idmefv2 2.D.V06 message",
		`{"Version":"2.D.V08","class_uid":3002,"metadata":{}}`:                       "",
		`{"version":"1.0","analyzer":1}`:                                             "",
		`{"hello":1}`:                                                                "",
		`{"category":"x","summary":"s","severity":"INFO","details":{},"tags":["a"]}`: "mozdef 1 event",
	} {
		_, option := collect()
		got := ""
		if m, err := serialize.Unserialize(serialize.Payload{Data: []byte(text)}, option); m != nil {
			got = m.Identity().String()
		} else if !errors.Is(err, secmodel.ErrUnknownFormat) {
			t.Errorf("%s: %v", text, err)
		}
		if got != want {
			t.Errorf("%s is %q, want %q", text, got, want)
		}
	}
}

// TestRepairSyntax leaves errors of syntax what they are.
func TestRepairSyntax(t *testing.T) {
	_, option := collect()
	for _, text := range []string{`{"class_uid":"3002"`, `{"a":}`, `[]`, ``} {
		if m, err := serialize.Unserialize(serialize.Payload{Data: []byte(text)}, option); m != nil || !errors.Is(err, secmodel.ErrSyntax) {
			t.Errorf("%q: %v, %v", text, m, err)
		}
	}
}

func ExampleUnserialize_repair() {
	data, _ := os.ReadFile("../testdata/mozdef/repair/event.json")
	_, err := serialize.Unserialize(serialize.Payload{Data: data}, secmodel.Repair(func(r secmodel.Repaired) { fmt.Println(r) }))
	fmt.Println(err)
	// Output:
	// null_for_absent /tags: null becomes nothing
	// shape /details: "97 percent" becomes {"message":"97 percent"} (as the server stores it)
	// fraction_for_integer /processid: 77.0 becomes 77
	// time_spelling /utctimestamp: 1718000000123 becomes "2024-06-10T06:13:20.123Z" (units of 1ms since 1970)
	// enum_value_spelling /severity: "crit" becomes "CRITICAL"
	// time_spelling /timestamp: "2024-06-10 06:13:20Z" becomes "2024-06-10T06:13:20Z"
	// <nil>
}
