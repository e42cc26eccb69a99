package serialize_test

import (
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/idmefv2"
	"github.com/secmodel/secmodel/serialize"
)

func TestUnserializeErrors(t *testing.T) {
	for _, test := range []struct {
		name, text string
		opts       []secmodel.Option
		want       error
		message    bool
	}{
		{"valid", small, nil, nil, true},
		{"malformed", `{"Version":`, nil, secmodel.ErrSyntax, false},
		{"malformed at the end", small + "}", nil, secmodel.ErrSyntax, false},
		{"an array", `[` + small + `]`, nil, secmodel.ErrSyntax, false},
		{"a byte-order mark", "\xef\xbb\xbf" + small, nil, secmodel.ErrSyntax, false},
		{"null", `null`, nil, secmodel.ErrSyntax, false},
		{"nothing", ``, nil, secmodel.ErrSyntax, false},
		{"no members", `{}`, nil, secmodel.ErrUnknownFormat, false},
		{"no format", `{"a":1,"b":2}`, nil, secmodel.ErrUnknownFormat, false},
		{"too large", small, []secmodel.Option{secmodel.MaxBytes(10)}, secmodel.ErrTooLarge, false},
		{"too deep", small, []secmodel.Option{secmodel.MaxDepth(1)}, secmodel.ErrSyntax, false},
		{"invalid", strings.Replace(small, `"a"`, `null`, 1), nil, secmodel.ErrInvalid, true},
		{"invalid, unchecked", strings.Replace(small, `"a"`, `null`, 1), []secmodel.Option{secmodel.SkipValidation()}, nil, true},
		{"duplicate", strings.Replace(small, `{"Name"`, `{"Name":"b","Name"`, 1), nil, secmodel.ErrInvalid, true},
		{"duplicate in an unknown member", strings.Replace(small, `{"Name"`, `{"zz":{"a":1,"a":2},"Name"`, 1), nil, secmodel.ErrInvalid, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := serialize.Payload{Data: []byte(test.text)}
			m, err := serialize.Unserialize(p, test.opts...)
			if !errors.Is(err, test.want) || (m != nil) != test.message {
				t.Errorf("%v, %v; want %v", m, err, test.want)
			}
			if errors.Is(test.want, secmodel.ErrUnknownFormat) {
				return
			}
			typed, err := serialize.UnserializeAs[idmefv2.Message](p, test.opts...)
			if !errors.Is(err, test.want) || (typed != nil) != test.message {
				t.Errorf("UnserializeAs: %v, %v; want %v", typed, err, test.want)
			}
		})
	}
}

func TestPlaces(t *testing.T) {
	text := "{\n  \"Version\": \"2.D.V08\",\n  \"ID\": \"x\", \"Zz\": [1],\n  \"CreateTime\": \"2026-03-02T04:05:06Z\",\n  \"Analyzer\": {\"Hostname\": 5, \"IP\": \"192.0.2.1\", \"IP\": \"192.0.2.2\"}\n}"
	report, err := serialize.ValidateBytes(serialize.Payload{Data: []byte(text)})
	if err != nil {
		t.Fatal(err)
	}
	type place struct {
		code, pointer, text string
		line, column        int
	}
	var got []place
	for _, v := range report.Violations {
		got = append(got, place{v.Code, v.Pointer, text[v.Offset : v.Offset+v.Length], v.Line, v.Column})
	}
	want := []place{
		{"attribute_value_regex_not_matched", "/ID", `"x"`, 3, 9},
		{"attribute_unknown", "/Zz", `"Zz"`, 3, 14},
		{"attribute_required_missing", "/Analyzer/Name", `{"Hostname": 5, "IP": "192.0.2.1", "IP": "192.0.2.2"}`, 5, 15},
		{"attribute_wrong_type", "/Analyzer/Hostname", `5`, 5, 28},
		{"attribute_duplicate", "/Analyzer/IP", `"IP"`, 5, 50},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(place{})); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

// TestReportKeepsNothing checks that a report does not change when the memory
// that it was made with is used again.
func TestReportKeepsNothing(t *testing.T) {
	text := strings.Replace(small, `"a"`, `"a","IP":"not an address","zz":{"long":"member"}`, 1)
	first, err := serialize.ValidateBytes(serialize.Payload{Data: []byte(text)})
	if err != nil {
		t.Fatal(err)
	}
	want, _ := serialize.ValidateBytes(serialize.Payload{Data: []byte(text)})
	for range 10 {
		if _, err := serialize.ValidateBytes(serialize.Payload{Data: []byte(strings.ReplaceAll(text, "n", "#"))}); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(want, first); diff != "" {
		t.Error(diff)
	}
}

func TestStrict(t *testing.T) {
	text := `{"Version":"2.D.V02","ID":"0192f0c1-6a2b-7c3d-8e4f-000000000001","CreateTime":"2026-03-02T04:05:06Z","Analyzer":{"Name":5}}`
	if _, err := serialize.Unserialize(serialize.Payload{Data: []byte(text)}); err != nil {
		t.Errorf("a warning fails: %v", err)
	}
	if _, err := serialize.Unserialize(serialize.Payload{Data: []byte(text)}, secmodel.Strict()); !errors.Is(err, secmodel.ErrInvalid) {
		t.Errorf("a warning passes with Strict: %v", err)
	}
}

// TestConcurrent uses everything from many goroutines; the race detector finds
// what is shared.
func TestConcurrent(t *testing.T) {
	shared, err := serialize.Unserialize(serialize.Payload{Data: []byte(small)})
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 50 {
				if _, err := serialize.ValidateBytes(serialize.Payload{Data: []byte(small)}); err != nil {
					t.Error(err)
				}
				out, err := serialize.Serialize(shared, serialize.JSON)
				if err != nil || string(out.Data) != small {
					t.Errorf("%s, %v", out.Data, err)
				}
				if _, err := serialize.Unserialize(out); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
}
