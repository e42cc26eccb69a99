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
	"github.com/secmodel/secmodel/ocsf"
	"github.com/secmodel/secmodel/serialize"
)

const (
	eventA = `{"class_uid":3002,"metadata":{"version":"1.8.0"},"time":1767225600000}`
	eventB = `{"class_uid":4001,"metadata":{"version":"1.8.0"},"time":1767225500000}`
	alertA = `{"events":[{"documentid":"1"}],"summary":"x","notify_mozdefbot":true}`
)

// TestRecordsOfTypes reads streams of the types that are not JSON, whole and byte
// by byte.
func TestRecordsOfTypes(t *testing.T) {
	for _, test := range []struct {
		name, contentType, text string
		want                    []string
	}{
		{"sequence", serialize.JSONSeq, "\x1e{\"a\":1}\n\x1e{\n}\n", []string{`1@1:1:2 {"a":1}`, "2@10:2:2 {\n}"}},
		{"sequence cut off within", serialize.JSONSeq, "\x1e{\"a\":\x1e{\"b\":2}\n", []string{`1@1:1:2 {"a":`, `2@7:1:8 {"b":2}`}},
		{"sequence cut off at the end", serialize.JSONSeq, "\x1e{}\n\x1e{\"b\"", []string{`1@1:1:2 {}`, `2@5:2:2 {"b"`}},
		{"separators in a row", serialize.JSONSeq, "\x1e\x1e\n \x1e{}\x1e\x1e", []string{`1@5:2:3 {}`}},
		{"something before the first separator", serialize.JSONSeq, "{}\n\x1e[1]\n", []string{"1! malformed document at line 1, column 1: '{' where a record separator (0x1e) should come first", `2@4:2:2 [1]`}},
		{"an empty sequence", serialize.JSONSeq, "", nil},

		{"cbor", serialize.CBOR, "\xa1\x61a\x01", []string{"1@0:0:0 \xa1\x61a\x01"}},
		{"cbor, several", serialize.CBOR, "\xa1\x61a\x01\xa0\xbf\x61b\x80\xff", []string{"1@0:0:0 \xa1\x61a\x01", "2@4:0:0 \xa0", "3@5:0:0 \xbf\x61b\x80\xff"}},
		{"cbor array", serialize.CBOR, "\x82\xa0\xa1\x61a\x7f\x61x\x61y\xff", []string{"1@1:0:0 \xa0", "2@2:0:0 \xa1\x61a\x7f\x61x\x61y\xff"}},
		{"cbor array without length", serialize.CBOR, "\xd9\xd9\xf7\x9f\xa0\xd8\x20\x61a\xff", []string{"1@4:0:0 \xa0", "2@5:0:0 \xd8\x20\x61a"}},
		{"empty cbor array", serialize.CBOR, "\x80", nil},
		{"cbor array and more", serialize.CBOR, "\x80\x00", []string{"1! malformed document at byte 1: byte 0x00 after the array; what follows is not read"}},
		{"cbor array cut off", serialize.CBOR, "\x82\xa0", []string{"1@1:0:0 \xa0", "2! malformed document at byte 2: the data ends within the array"}},
		{"cbor cut off", serialize.CBOR, "\xa0\xa1\x61", []string{"1@0:0:0 \xa0", "2! malformed document at byte 3: the data ends within the document"}},
		{"cbor cut off in a head", serialize.CBORSeq, "\xba\x00", []string{"1! malformed document at byte 1: the data ends within the document"}},
		{"cbor that claims to be long", serialize.CBORSeq, "\x5b\xff\xff\xff\xff\xff\xff\xff\xff", []string{"1! malformed document at byte 9: the data ends within the document"}},
		{"cbor map that claims to be long", serialize.CBORSeq, "\xbb\xff\xff\xff\xff\xff\xff\xff\xfe", []string{"1! malformed document at byte 9: a map of 18446744073709551614 members"}},
		{"no cbor", serialize.CBORSeq, "\xa0\x1c\xa0", []string{"1@0:0:0 \xa0", "2! malformed document at byte 2: byte 0x1c begins no item of CBOR"}},
		{"a break", serialize.CBORSeq, "\xff", []string{"1! malformed document at byte 1: a break where none can be"}},
		{"deep cbor", serialize.CBORSeq, strings.Repeat("\x81", 20_000), []string{"1! malformed document at byte 10000: nested deeper than 10000 levels"}},
		{"cbor sequence of arrays", serialize.CBORSeq, "\x80\x80", []string{"1@0:0:0 \x80", "2@1:0:0 \x80"}},
		{"nothing", serialize.CBOR, "", []string{"1! malformed document at byte 0: there is no document"}},
		{"an empty cbor sequence", serialize.CBORSeq, "", nil},

		{"msgpack", serialize.MsgPack, "\x81\xa1a\x01\x80", []string{"1@0:0:0 \x81\xa1a\x01", "2@4:0:0 \x80"}},
		{"msgpack array", serialize.MsgPack, "\xdc\x00\x02\x80\xde\x00\x01\xa1a\xc0", []string{"1@3:0:0 \x80", "2@4:0:0 \xde\x00\x01\xa1a\xc0"}},
		{"msgpack of all lengths", serialize.MsgPack,
			"\xdf\x00\x00\x00\x01\xd9\x01a\xc4\x01x\xda\x00\x01a\xdb\x00\x00\x00\x01a\xca1234\xcb12345678\xcc1\xcd12\xce1234\xcf12345678\xd01\xd112\xd21234\xd312345678\xd4t1\xd8t1234567890123456\xc7\x01tx\xc2\xc3\xff\x7f",
			[]string{"1@0:0:0 \xdf\x00\x00\x00\x01\xd9\x01a\xc4\x01x", "2@11:0:0 \xda\x00\x01a", "3@15:0:0 \xdb\x00\x00\x00\x01a", "4@21:0:0 \xca1234", "5@26:0:0 \xcb12345678", "6@35:0:0 \xcc1", "7@37:0:0 \xcd12", "8@40:0:0 \xce1234",
				"9@45:0:0 \xcf12345678", "10@54:0:0 \xd01", "11@56:0:0 \xd112", "12@59:0:0 \xd21234", "13@64:0:0 \xd312345678", "14@73:0:0 \xd4t1", "15@76:0:0 \xd8t1234567890123456", "16@94:0:0 \xc7\x01tx", "17@98:0:0 \xc2", "18@99:0:0 \xc3", "19@100:0:0 \xff", "20@101:0:0 \x7f"}},
		{"no msgpack", serialize.MsgPack, "\x80\xc1", []string{"1@0:0:0 \x80", "2! malformed document at byte 2: byte 0xc1 begins no item of MessagePack"}},
		{"msgpack cut off", serialize.MsgPack, "\x81\xa5ab", []string{"1! malformed document at byte 4: the data ends within the document"}},

		{"yaml", serialize.YAML, "a: 1\n", []string{"1@0:1:1 a: 1\n"}},
		{"yaml documents", serialize.YAML, "# c\n---\na: 1\n--- # x\nb: 2\n...\n%YAML 1.2\n---\nc: 3\n---\n", []string{"1@0:1:1 # c\n---\na: 1\n", "2@13:4:1 --- # x\nb: 2\n", "3@30:7:1 %YAML 1.2\n---\nc: 3\n"}},
		{"yaml with content on the line of the marker", serialize.YAML, "--- {a: 1}\n--- {b: 2}", []string{"1@0:1:1 --- {a: 1}\n", "2@11:2:1 --- {b: 2}"}},
		{"no yaml marker", serialize.YAML, "a: |\n ---\n x\n", []string{"1@0:1:1 a: |\n ---\n x\n"}},
		{"yaml sequence", serialize.YAML, "# c\n- a: 1\n  b: 2\n- c\n-\n  d: 4\n---\n- e: 5", []string{"1@0:1:1 # c\n  a: 1\n  b: 2\n", "2@18:4:1   c\n", "3@22:5:1  \n  d: 4\n", "4@31:7:1 ---\n  e: 5"}},
		{"yaml sequence that is indented", serialize.YAML, "a:\n- b\n- c\n", []string{"1@0:1:1 a:\n- b\n- c\n"}},
		{"yaml without a document", serialize.YAML, "# nothing\n---\n...\n", []string{"1! malformed document at line 4, column 1: there is no document"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			for name, r := range map[string]io.Reader{
				"whole": strings.NewReader(test.text), "byte by byte": iotest.OneByteReader(strings.NewReader(test.text)),
				"error with the last bytes": iotest.DataErrReader(strings.NewReader(test.text)),
			} {
				if diff := cmp.Diff(test.want, split(r, test.contentType)); diff != "" {
					t.Errorf("%s (-want +got)\n%s", name, diff)
				}
			}
			broken := errors.New("broken pipe")
			got := split(io.MultiReader(strings.NewReader(test.text), iotest.ErrReader(broken)), test.contentType)
			for _, line := range got {
				if strings.Contains(line, "ends within") {
					t.Errorf("an error of the reader is reported as %q", line)
				}
			}
		})
	}
}

// TestRecordsTooLarge: a record that is too large costs itself only, in every
// content type.
func TestRecordsTooLarge(t *testing.T) {
	small, err := serialize.Unserialize(serialize.Payload{Data: []byte(eventA)}, secmodel.SkipValidation())
	if err != nil {
		t.Fatal(err)
	}
	large := small.(*ocsf.Authentication).Clone()
	large.Message = new(strings.Repeat("x", 200_000))
	for _, contentType := range allTypes {
		var b bytes.Buffer
		w := serialize.NewWriter(&b, contentType, secmodel.SkipValidation())
		for _, m := range []secmodel.Message{small, large, small} {
			if err := w.Write(m); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		n := 0
		for m, err := range serialize.Read(&b, contentType, secmodel.SkipValidation(), secmodel.MaxBytes(1000)) {
			if n++; (m == nil) != (n == 2) || n == 2 && !errors.Is(err, secmodel.ErrTooLarge) || n != 2 && err != nil {
				t.Errorf("%s: record %d: %v", contentType, n, err)
			}
		}
		if n != 3 {
			t.Errorf("%s: %d records", contentType, n)
		}
	}
}

// TestStreamsOfTypes writes streams of every type, compressed and not, and reads
// them back.
func TestStreamsOfTypes(t *testing.T) {
	var messages []secmodel.Message
	for _, text := range []string{eventA, small, eventB, alertA, small} {
		m, err := serialize.Unserialize(serialize.Payload{Data: []byte(text)}, secmodel.SkipValidation())
		if err != nil {
			t.Fatal(err)
		}
		messages = append(messages, m)
	}
	for _, contentType := range allTypes {
		for _, encoding := range []string{"", "gzip", "deflate", "zstd"} {
			for n := range len(messages) + 1 {
				opts := []secmodel.Option{secmodel.SkipValidation(), secmodel.ContentEncoding(encoding), secmodel.Indent(" ")}
				var b bytes.Buffer
				w := serialize.NewWriter(&b, contentType, opts...)
				for _, m := range messages[:n] {
					if err := w.Write(m); err != nil {
						t.Fatal(err)
					}
				}
				if err := w.Close(); err != nil {
					t.Fatal(err)
				}
				if err := w.Close(); err != nil || w.Write(messages[0]) == nil {
					t.Errorf("%s %s: closed twice: %v", contentType, encoding, err)
				}
				var got []secmodel.Message
				for m, err := range serialize.Read(bytes.NewReader(b.Bytes()), contentType, opts...) {
					if err != nil {
						if n > 0 || !errors.Is(err, secmodel.ErrSyntax) { // an empty stream is none of YAML
							t.Errorf("%s %s: %v", contentType, encoding, err)
						}
						continue
					}
					got = append(got, m)
				}
				if diff := cmp.Diff(messages[:n], got, cmp.Transformer("JSON", toJSON)); n > 0 && diff != "" {
					t.Errorf("%s %s, %d messages\n%s", contentType, encoding, n, diff)
				}
			}
		}
	}
}

func toJSON(m secmodel.Message) string {
	text, err := m.AppendJSON(nil)
	return fmt.Sprint(m.Identity(), string(text), err)
}

func TestBundleStream(t *testing.T) {
	bundle := `{ "count":2, "events" : [ ` + eventA + ",\n" + eventB + ` ], "start_time": {"a":[1]}, "end_time":"]" }`
	for _, test := range []struct {
		name, contentType, text string
		want                    []string
	}{
		{"a bundle", "", bundle, []string{"1@26:1:27 " + eventA, "2@98:2:1 " + eventB}},
		{"bundles and events", "", bundle + eventA + bundle, []string{"1@26:1:27 " + eventA, "2@98:2:1 " + eventB, "3@213:2:116 " + eventA, "4@309:2:212 " + eventA, "5@381:3:1 " + eventB}},
		{"a bundle a line", serialize.NDJSON, `{"events":[` + eventA + "," + eventB + "]}\n{\"events\":[" + eventB + "]}\n", []string{"1@11:1:12 " + eventA, "2@82:1:83 " + eventB, "3@166:2:12 " + eventB}},
		{"an array of bundles", "", `[{"events":[` + eventA + `]},` + eventB + `]`, []string{"1@12:1:13 " + eventA, "2@85:1:86 " + eventB}},
		{"an alert", "", alertA + eventA, []string{"1@0:1:1 " + alertA, "2@69:1:70 " + eventA}},
		{"no events", "", `{"events":[],"count":0}`, nil},
		{"events that are no objects", "", `{"events":[1]}`, []string{`1@0:1:1 {"events":[1]}`}},
		{"a list that is cut off", "", `{"events":[` + eventA + `,`, []string{"1@11:1:12 " + eventA, "2! malformed document at line 1, column 83: the text ends within the array"}},
		{"cut off after the list", "", `{"events":[` + eventA + `],"a":{}`, []string{"1@11:1:12 " + eventA, "2! malformed document at line 1, column 90: the text ends within the bundle"}},
		{"cut off before", "", `{"events":[`, []string{`1@0:1:1 {"events":[`}},
		{"malformed within", "", `{"events":[` + eventA + ` x,` + eventB + `]}`, []string{"1@11:1:12 " + eventA, "2! malformed document at line 1, column 83: 'x' where a comma or ] should follow", "3@84:1:85 " + eventB}},
		{"no object", "", `{"a" 1}{}`, []string{`1@0:1:1 {"a" 1}`, `2@7:1:8 {}`}},
	} {
		t.Run(test.name, func(t *testing.T) {
			for name, r := range map[string]io.Reader{
				"whole": strings.NewReader(test.text), "byte by byte": iotest.OneByteReader(strings.NewReader(test.text)),
			} {
				if diff := cmp.Diff(test.want, split(r, test.contentType, secmodel.Bundle())); diff != "" {
					t.Errorf("%s (-want +got)\n%s", name, diff)
				}
			}
		})
	}
	whole := bundle + eventA + bundle
	for rec, err := range serialize.Records(strings.NewReader(whole), "", secmodel.Bundle()) {
		if err != nil || !strings.HasPrefix(whole[rec.Offset:], string(rec.Data)) {
			t.Errorf("record %d does not stand at %d: %v", rec.Number, rec.Offset, err)
		}
	}
	m, err := serialize.Unserialize(serialize.Payload{Data: []byte(`{"events":[` + eventA + "," + eventB + "]}")}, secmodel.SkipValidation())
	if err != nil {
		t.Fatal(err)
	}
	for _, contentType := range allTypes {
		p, err := serialize.Serialize(m, contentType, secmodel.SkipValidation())
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for m, err := range serialize.Read(bytes.NewReader(p.Data), contentType, secmodel.Bundle(), secmodel.SkipValidation()) {
			got = append(got, fmt.Sprint(m.Identity().Class, err))
		}
		if diff := cmp.Diff([]string{"authentication<nil>", "network_activity<nil>"}, got); diff != "" {
			t.Errorf("%s\n%s", contentType, diff)
		}
	}
}

func TestBundleWriter(t *testing.T) {
	opts := []secmodel.Option{secmodel.Bundle(), secmodel.SkipValidation()}
	var b bytes.Buffer
	w := serialize.NewWriter(&b, serialize.JSON, opts...)
	for m, err := range serialize.Read(strings.NewReader(eventA+eventB), "", secmodel.SkipValidation()) {
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Write(m); err != nil {
			t.Fatal(err)
		}
	}
	other, err := serialize.Unserialize(serialize.Payload{Data: []byte(small)})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Write(other); err == nil || !strings.Contains(err.Error(), "idmefv2") {
		t.Errorf("a message of IDMEFv2 in a bundle: %v", err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	want := "{\"events\":[\n" + eventA + ",\n" + eventB + "\n],\"count\":2,\"start_time\":1767225500000,\"end_time\":1767225600000}\n"
	if b.String() != want {
		t.Errorf("%s\nwant %s", b.String(), want)
	}
	b.Reset()
	w = serialize.NewWriter(&b, serialize.JSON, opts...)
	if err := w.Close(); err != nil || b.String() != "{\"events\":[\n],\"count\":0}\n" {
		t.Errorf("an empty bundle: %q, %v", b.String(), err)
	}
	if err := serialize.NewWriter(&b, serialize.NDJSON, opts...).Close(); !errors.Is(err, secmodel.ErrMediaType) {
		t.Errorf("a bundle of lines: %v", err)
	}
}

func TestReadContentEncodingErrors(t *testing.T) {
	for _, test := range []struct {
		encoding, data string
		want           error
	}{
		{"rot13", "{}", secmodel.ErrContentEncoding},
		{"gzip", "not compressed", secmodel.ErrSyntax},
	} {
		n := 0
		for _, err := range serialize.Read(strings.NewReader(test.data), serialize.NDJSON, secmodel.ContentEncoding(test.encoding)) {
			if n++; !errors.Is(err, test.want) {
				t.Errorf("%s: %v", test.encoding, err)
			}
		}
		if n != 1 {
			t.Errorf("%s: %d errors", test.encoding, n)
		}
	}
	w := serialize.NewWriter(io.Discard, serialize.JSON, secmodel.ContentEncoding("rot13"))
	if err := w.Close(); !errors.Is(err, secmodel.ErrContentEncoding) {
		t.Errorf("NewWriter: %v", err)
	}
}
