package serialize_test

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/idmefv2"
	"github.com/secmodel/secmodel/serialize"
)

// hexFormat is a content type to test with: JSON in hexadecimal digits, a
// document a line.
func hexFormat() serialize.Format {
	return serialize.Format{
		Types: []string{"application/x-hex", "text/x-hex"}, Suffix: "hex",
		ToJSON: func(dst, data []byte, _ *secmodel.Options) ([]byte, error) {
			out, err := hex.AppendDecode(dst, bytes.TrimSpace(data))
			if err != nil {
				return nil, &secmodel.SyntaxError{Offset: int64(len(out) - len(dst)), Msg: err.Error()}
			}
			return out, nil
		},
		FromJSON: func(dst, text []byte, _ *secmodel.Options) ([]byte, error) { return hex.AppendEncode(dst, text), nil },
		Split:    splitHex,
		Frame:    func(dst, document []byte, _ int) []byte { return append(append(dst, document...), '\n') },
		End:      func(dst []byte, n int) []byte { return fmt.Appendf(dst, "# %d\n", n) },
	}
}

// splitHex gives the lines but the last, which tells their number.
func splitHex(data []byte, atEOF bool) (advance int, token []byte, err error) {
	advance, token, err = bufio.ScanLines(data, atEOF)
	if bytes.HasPrefix(token, []byte("#")) {
		token = nil
	}
	return advance, token, err
}

func TestNewCodec(t *testing.T) {
	c, err := serialize.NewCodec(hexFormat())
	if err != nil {
		t.Fatal(err)
	}
	if types := c.ContentTypes(); !slices.Contains(types, "text/x-hex") || slices.Contains(serialize.ContentTypes(), "text/x-hex") {
		t.Errorf("content types %v", types)
	}
	m, err := serialize.UnserializeAs[idmefv2.Message](serialize.Payload{Data: []byte(small)})
	if err != nil {
		t.Fatal(err)
	}
	for _, contentType := range []string{"application/x-hex", "Text/X-Hex; a=b", "application/vnd.example+hex", serialize.CBOR} {
		p, err := c.Serialize(m, contentType)
		if err != nil {
			t.Fatal(err)
		}
		if contentType != serialize.CBOR && string(p.Data) != hex.EncodeToString([]byte(small)) {
			t.Errorf("%s: %s", contentType, p.Data)
		}
		again, err := c.Unserialize(p)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(secmodel.Message(m), again); diff != "" {
			t.Error(diff)
		}
		if _, err := serialize.UnserializeAsWith[idmefv2.Message](c, p); err != nil {
			t.Error(err)
		}
		if d, err := c.Detect(p); err != nil || d.Identity != m.Identity() {
			t.Errorf("%v, %v", d, err)
		}
		if r, err := c.ValidateBytes(p); err != nil || !r.Valid() {
			t.Errorf("%v, %v", r, err)
		}
	}
	if _, err := serialize.Unserialize(serialize.Payload{ContentType: "text/x-hex"}); !errors.Is(err, secmodel.ErrMediaType) {
		t.Errorf("the functions of the package know the type: %v", err)
	}
	if got, err := c.Negotiate("text/x-hex, application/json;q=0.5"); got != "text/x-hex" || err != nil {
		t.Errorf("negotiated %s, %v", got, err)
	}

	var b bytes.Buffer
	w := c.NewWriter(&b, "text/x-hex")
	for range 2 {
		if err := w.Write(m); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	line := hex.EncodeToString([]byte(small)) + "\n"
	if b.String() != line+line+"# 2\n" {
		t.Errorf("written: %s", b.String())
	}
	b.WriteString("zz\n")
	want := []string{"<nil>", "<nil>", fmt.Sprintf("record 3 (byte %d): malformed document at byte 0: encoding/hex: invalid byte: U+007A 'z'", 2*len(line)+len("# 2\n"))}
	var got []string
	for _, err := range c.Read(&b, "text/x-hex") {
		got = append(got, fmt.Sprint(err))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestNewCodecConflicts(t *testing.T) {
	change := func(f func(*serialize.Format)) []serialize.Format {
		format := hexFormat()
		f(&format)
		return []serialize.Format{format}
	}
	for want, added := range map[string][]serialize.Format{
		"it has no Types":                      change(func(f *serialize.Format) { f.Types = nil }),
		"the type application/cbor is taken":   change(func(f *serialize.Format) { f.Types = []string{serialize.CBOR} }),
		"the type a/b is taken":                change(func(f *serialize.Format) { f.Types = []string{"a/b", "a/b"} }),
		"the suffix yaml is taken":             change(func(f *serialize.Format) { f.Suffix = "yaml" }),
		"the suffix hex is taken":              append(change(func(*serialize.Format) {}), change(func(f *serialize.Format) { f.Types = []string{"a/b"} })...),
		"in lower case":                        change(func(f *serialize.Format) { f.Types = []string{"A/b"} }),
		"without parameters":                   change(func(f *serialize.Format) { f.Types = []string{"a/b;c=d"} }),
		"one type":                             change(func(f *serialize.Format) { f.Types = []string{"a/*"} }),
		"is malformed":                         change(func(f *serialize.Format) { f.Types = []string{"a"} }),
		"without the plus sign":                change(func(f *serialize.Format) { f.Suffix = "+hex" }),
		"it needs both ToJSON and FromJSON":    change(func(f *serialize.Format) { f.FromJSON = nil }),
		"it has End without Frame":             change(func(f *serialize.Format) { f.Frame = nil }),
		"Format 1 (a/b): the type a/b is take": append(change(func(f *serialize.Format) { f.Types = []string{"a/b"} }), change(func(f *serialize.Format) { f.Types, f.Suffix = []string{"a/b"}, "" })...),
	} {
		if _, err := serialize.NewCodec(added...); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v; want %q", err, want)
		}
	}
}

// TestFormatOfOneDocument: a Format without framing has streams of one document,
// and one that makes malformed JSON is found out.
func TestFormatOfOneDocument(t *testing.T) {
	format := hexFormat()
	format.Split, format.Frame, format.End = nil, nil, nil
	c, err := serialize.NewCodec(format)
	if err != nil {
		t.Fatal(err)
	}
	m, err := serialize.UnserializeAs[idmefv2.Message](serialize.Payload{Data: []byte(small)})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := c.NewWriter(&b, "text/x-hex")
	if err := w.Write(m); err != nil {
		t.Fatal(err)
	}
	if err := w.Write(m); err == nil {
		t.Error("a second document is written")
	}
	if err := w.Close(); err != nil {
		t.Error(err)
	}
	n := 0
	for _, err := range c.Read(bytes.NewReader(b.Bytes()), "text/x-hex") {
		if n++; err != nil {
			t.Error(err)
		}
	}
	for _, err := range c.Read(bytes.NewReader(b.Bytes()), "text/x-hex", secmodel.MaxBytes(10)) {
		if n++; !errors.Is(err, secmodel.ErrTooLarge) {
			t.Error(err)
		}
	}
	if n != 2 {
		t.Errorf("%d records", n)
	}
	for text, want := range map[string]error{"{": secmodel.ErrSyntax, "[]": secmodel.ErrSyntax, "{}": secmodel.ErrUnknownFormat, "": secmodel.ErrSyntax} {
		p := serialize.Payload{ContentType: "text/x-hex", Data: []byte(hex.EncodeToString([]byte(text)))}
		if _, err := c.Unserialize(p); !errors.Is(err, want) {
			t.Errorf("%q: %v, want %v", text, err, want)
		}
		if _, err := serialize.UnserializeAsWith[idmefv2.Message](c, p); text != "{}" && !errors.Is(err, want) {
			t.Errorf("%q: %v, want %v", text, err, want)
		}
	}
	duplicate := strings.Replace(small, `{"Name"`, `{"Name":"b","Name"`, 1)
	report, err := c.ValidateBytes(serialize.Payload{ContentType: "text/x-hex", Data: []byte(hex.EncodeToString([]byte(duplicate)))})
	if err != nil || len(report.Violations) != 1 || report.Violations[0].Pointer != "/Analyzer/Name" || report.Violations[0].Length != 0 {
		t.Errorf("%+v, %v", report, err)
	}
}

func TestOnly(t *testing.T) {
	base, err := serialize.NewCodec()
	if err != nil {
		t.Fatal(err)
	}
	only, err := base.Only("text/yaml", "Application/CBOR", serialize.YAML)
	if err != nil {
		t.Fatal(err)
	}
	for contentType, ok := range map[string]bool{
		"": false, serialize.JSON: false, serialize.CBOR: true, serialize.YAML: true, "a/b+json": false, "a/b+yaml": true, serialize.CBORSeq: false,
	} {
		if _, err := only.Unserialize(serialize.Payload{ContentType: contentType}); errors.Is(err, secmodel.ErrMediaType) == ok {
			t.Errorf("%q: %v", contentType, err)
		}
	}
	if got, err := only.Negotiate(""); got != serialize.YAML || err != nil {
		t.Errorf("negotiated %q, %v", got, err)
	}
	for _, types := range [][]string{nil, {"text/html"}} {
		if _, err := base.Only(types...); !errors.Is(err, secmodel.ErrMediaType) {
			t.Errorf("%v: %v", types, err)
		}
	}
}
