package serialize_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/serialize"
)

// split lists the records of a stream as "number@offset:line:column data", and
// errors as "number! message".
func split(r io.Reader, contentType string, opts ...secmodel.Option) []string {
	var list []string
	for rec, err := range serialize.Records(r, contentType, opts...) {
		record, ok := errors.AsType[*serialize.RecordError](err)
		switch {
		case err == nil:
			list = append(list, fmt.Sprintf("%d@%d:%d:%d %s", rec.Number, rec.Offset, rec.Line, rec.Column, rec.Data))
		case ok:
			list = append(list, fmt.Sprintf("%d! %v", record.Record.Number, record.Err))
		default:
			list = append(list, "! "+err.Error())
		}
	}
	return list
}

func TestRecords(t *testing.T) {
	for _, test := range []struct {
		name, contentType, text string
		want                    []string
	}{
		{"one document", "", `{"a":1}`, []string{`1@0:1:1 {"a":1}`}},
		{"one document over lines", "", " {\n \"a\" : \"}\\\"\"\n}\n", []string{"1@1:1:2 {\n \"a\" : \"}\\\"\"\n}"}},
		{"documents", "", `{"a":1} {"b":2}{"c":3}`, []string{`1@0:1:1 {"a":1}`, `2@8:1:9 {"b":2}`, `3@15:1:16 {"c":3}`}},
		{"documents over lines", "", "{\n}\n{\n}", []string{"1@0:1:1 {\n}", "2@4:3:1 {\n}"}},
		{"array", "", "[{\"a\":1},\n {\"b\":[2]} , 3,\"x,]\"]\n", []string{`1@1:1:2 {"a":1}`, `2@11:2:2 {"b":[2]}`, `3@23:2:14 3`, `4@25:2:16 "x,]"`}},
		{"empty array", "", ` [ ] `, nil},
		{"lines, as they look", "", "{\"a\":1}\n\n{\"b\":\n{\"c\":3}\n", []string{`1@0:1:1 {"a":1}`, `2@9:3:1 {"b":`, `3@15:4:1 {"c":3}`}},
		{"lines", serialize.NDJSON, "  {\"a\":1} \r\n\n \n{\"b\":2}", []string{`1@2:1:3 {"a":1}`, `2@15:4:1 {"b":2}`}},
		{"lines with a broken first", serialize.JSONLines, "{\"a\"\n[1]\n", []string{`1@0:1:1 {"a"`, `2@5:2:1 [1]`}},
		{"nothing", "", " \n", []string{"1! malformed document at line 2, column 1: there is no document"}},
		{"no lines", serialize.NDJSON, " \n", nil},
		{"array without end", "", `[{"a":1},`, []string{`1@1:1:2 {"a":1}`, `2! malformed document at line 1, column 10: the text ends within the array`}},
		{"array without comma", "", `[{"a":1} {"b":2}]`, []string{`1@1:1:2 {"a":1}`, `2! malformed document at line 1, column 10: '{' where a comma or ] should follow`, `3@9:1:10 {"b":2}`}},
		{"array with rubbish between elements", "", `[{"a":1} }x"y",{"b":2}] `, []string{`1@1:1:2 {"a":1}`, `2! malformed document at line 1, column 10: '}' where a comma or ] should follow`, `3@15:1:16 {"b":2}`}},
		{"array with a bracket too many", "", `[{"a":1}},{"b":2},}{"c":3}]`, []string{`1@1:1:2 {"a":1}`, `2! malformed document at line 1, column 9: '}' where a comma or ] should follow`, `3@10:1:11 {"b":2}`,
			`4! malformed document at line 1, column 19: '}' where a value should follow`, `5@19:1:20 {"c":3}`}},
		{"array of commas", "", `[,,{"a":1}`, []string{`1! malformed document at line 1, column 2: ',' where a value should follow`,
			`2@3:1:4 {"a":1}`, `3! malformed document at line 1, column 11: the text ends within the array`}},
		{"array with a comma too many", "", `[{"a":1},]`, []string{`1@1:1:2 {"a":1}`, `2! malformed document at line 1, column 10: ']' where a value should follow`}},
		{"something after an array", "", `[1]x`, []string{`1@1:1:2 1`, `2! malformed document at line 1, column 4: 'x' after the array; what follows is not read`}},
		{"a document without end", "", `{"a":{`, []string{`1@0:1:1 {"a":{`}},
		{"a bracket too many", "", `{}}`, []string{`1@0:1:1 {}`, `2@2:1:3 }`}},
		{"unknown type", "text/html", `{}`, []string{`! unsupported content type "text/html": not one of ` + strings.Join(serialize.ContentTypes(), ", ")}},
	} {
		t.Run(test.name, func(t *testing.T) {
			for name, r := range map[string]io.Reader{
				"whole": strings.NewReader(test.text), "byte by byte": iotest.OneByteReader(strings.NewReader(test.text)),
				"error with the last bytes": iotest.DataErrReader(strings.NewReader(test.text)),
			} {
				if diff := cmp.Diff(test.want, split(r, test.contentType)); diff != "" {
					t.Errorf("%s: %q (-want +got)\n%s", name, test.text, diff)
				}
			}
		})
	}
}

// TestRecordsLarge has records longer than the buffer, and some longer than the
// limit, which cost only themselves.
func TestRecordsLarge(t *testing.T) {
	long := `{"a":"` + strings.Repeat("x", 200_000) + `"}`
	for _, test := range []struct{ contentType, text string }{
		{serialize.NDJSON, "{}\n" + long + "\n{}\n"},
		{serialize.JSON, "[{}," + long + ",{}]"},
	} {
		if got := split(strings.NewReader(test.text), test.contentType); len(got) != 3 || !strings.HasSuffix(got[1], long) {
			t.Errorf("%s: %d records", test.contentType, len(got))
		}
		got := split(strings.NewReader(test.text), test.contentType, secmodel.MaxBytes(1000))
		if len(got) != 3 || got[1] != "2! document too large: more than 1000 bytes" || !strings.HasPrefix(got[2], "3@") {
			t.Errorf("%s, limited: %.100q", test.contentType, got)
		}
	}
}

func TestRecordsReadError(t *testing.T) {
	broken := errors.New("broken pipe")
	for _, contentType := range []string{serialize.NDJSON, serialize.JSON} {
		r := io.MultiReader(strings.NewReader("{}\n{}\n"), iotest.ErrReader(broken))
		got := split(r, contentType)
		if len(got) != 3 || got[2] != "! the stream ended after 2 records (6 bytes): broken pipe" {
			t.Errorf("%s: %q", contentType, got)
		}
	}
}

func TestRecordsStop(t *testing.T) {
	for rec, err := range serialize.Records(strings.NewReader("{}\n{}\n{}\n"), "") {
		if err != nil || rec.Number > 2 {
			t.Fatal(rec, err)
		}
		if rec.Number == 2 {
			break
		}
	}
}

// TestRead reads messages of several kinds from one stream, with faults among
// them.
func TestRead(t *testing.T) {
	text := small + "\n" + `{"summary":"x","category":"c","severity":"INFO","hostname":"h","processid":1,"processname":"p","source":"s","tags":[],"details":{},"timestamp":"2026-03-02T04:05:06+00:00"}` + "\n" +
		"{\"broken\n" + `{"unknown":"format"}` + "\n" + strings.Replace(small, `"a"`, `5`, 1) + "\n" + small + "\n"
	for _, opts := range [][]secmodel.Option{nil, {secmodel.Reuse()}} {
		var got []string
		for m, err := range serialize.Read(strings.NewReader(text), serialize.NDJSON, opts...) {
			line := "none"
			if m != nil {
				line = m.Identity().String()
			}
			for _, sentinel := range []error{secmodel.ErrSyntax, secmodel.ErrUnknownFormat, secmodel.ErrInvalid} {
				if errors.Is(err, sentinel) {
					line += ": " + sentinel.Error()
				}
			}
			if err != nil {
				record, ok := errors.AsType[*serialize.RecordError](err)
				line += fmt.Sprintf(" in record %d (%v)", record.Record.Number, ok)
			}
			got = append(got, line)
		}
		want := []string{
			"idmefv2 2.D.V08 message", "mozdef 1 event", "none: malformed document in record 3 (true)",
			"none: unknown format in record 4 (true)", "idmefv2 2.D.V08 message: invalid message in record 5 (true)", "idmefv2 2.D.V08 message",
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("-want +got\n%s", diff)
		}
	}
}

func TestWriter(t *testing.T) {
	m, err := serialize.Unserialize(serialize.Payload{Data: []byte(small)})
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		contentType string
		n           int
		opts        []secmodel.Option
		want        string
	}{
		{serialize.JSON, 0, nil, "[]\n"},
		{serialize.JSON, 1, nil, "[\n" + small + "\n]\n"},
		{serialize.JSON, 2, nil, "[\n" + small + ",\n" + small + "\n]\n"},
		{serialize.NDJSON, 0, nil, ""},
		{serialize.NDJSON, 2, []secmodel.Option{secmodel.Indent("  ")}, small + "\n" + small + "\n"},
	} {
		var b bytes.Buffer
		w := serialize.NewWriter(&b, test.contentType, test.opts...)
		for range test.n {
			if err := w.Write(m); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Errorf("closing again: %v", err)
		}
		if b.String() != test.want || w.Written() != test.n {
			t.Errorf("%s: %d written\n%s\nwant\n%s", test.contentType, w.Written(), b.String(), test.want)
		}
		if w.Write(m) == nil {
			t.Error("written after the end")
		}
	}
	if w := serialize.NewWriter(io.Discard, "text/html"); !errors.Is(w.Write(m), secmodel.ErrMediaType) || !errors.Is(w.Close(), secmodel.ErrMediaType) {
		t.Error("no error for an unknown content type")
	}
	broken := serialize.NewWriter(brokenWriter{}, serialize.NDJSON)
	for _, err := range []error{broken.Write(m), broken.Write(m), broken.Close()} {
		if !errors.Is(err, io.ErrClosedPipe) {
			t.Errorf("the error of the io.Writer is lost: %v", err)
		}
	}
	var b bytes.Buffer
	w := serialize.NewWriter(&b, serialize.NDJSON)
	invalid, _ := serialize.Unserialize(serialize.Payload{Data: []byte(strings.Replace(small, `"a"`, `5`, 1))})
	if err := w.Write(invalid); !errors.Is(err, secmodel.ErrInvalid) || b.Len() > 0 {
		t.Errorf("an invalid message: %v, %q", err, b.String())
	}
	if err := w.Write(m); err != nil || b.Len() == 0 {
		t.Errorf("after an invalid message: %v", err)
	}
}

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }
