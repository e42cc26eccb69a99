package cli

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/klauspost/compress/zstd"
	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/serialize"
)

// sniffed is what sniffType says of a whole stream.
func sniffed(data []byte) (string, error) {
	return sniffType(&lookahead{r: bytes.NewReader(data), most: maxSniffed})
}

func TestSniffType(t *testing.T) {
	for prefix, want := range map[string]string{
		"": serialize.JSON, "{\"a\"": serialize.JSON, "\ufeff{": serialize.JSON, " [1": serialize.JSON,
		"\x1e{": serialize.JSONSeq, "\xa1aaa": serialize.CBOR, "\xbfaaa": serialize.CBOR, "\xd9\xd9\xf7\xa0": serialize.CBOR,
		"\x9f\xa1aa": serialize.CBOR, "\xde\x00\x10\xa1": serialize.MsgPack, "\xdc\x00\x10\x81": serialize.MsgPack, "\xdd\x00": serialize.MsgPack,
		"---\n": serialize.YAML, "%YAML 1.2": serialize.YAML, "-1": serialize.JSON, "\xd9\xd9\x00\x00": serialize.JSON,
		"# alert\nVersion: 1": serialize.YAML, "Version: 2.D.V08\n": serialize.YAML, "Analyzer:\n  IP: x": serialize.YAML, "Analyzer:\r\n": serialize.YAML,
		"- Version: 1": serialize.YAML, "# a\n\n# b\n- Version: 1": serialize.YAML, "# a\n---\n": serialize.YAML,
		"# Title\n\nText: of several words.\n": serialize.YAML, "# Title\n\nSome text.\n": serialize.JSON, "#": serialize.JSON,
		"true": serialize.JSON, "null\n": serialize.JSON, "http://example.org": serialize.JSON,
		"Nov 21 08:15:30 gw1 sshd[4711]: x": serialize.JSON, strings.Repeat("a", 1000) + ": 1": serialize.JSON, "x": serialize.JSON,
	} {
		if got, err := sniffed([]byte(prefix)); got != want || err != nil {
			t.Errorf("%q: %q, %v; want %q", prefix, got, err, want)
		}
	}
}

// TestSniffBinary is about streams that begin with a byte that CBOR has for an
// array, and MessagePack for a map or an array.
func TestSniffBinary(t *testing.T) {
	tests := []struct {
		name, data, want string // want is "" if that is not clear
	}{
		{"CBOR: one map in an array", "\x81\xa1aa\x01", serialize.CBOR},
		{"CBOR: two", "\x82\xa1aa\x01\xa1aa\x02", serialize.CBOR},
		{"CBOR: an empty map first", "\x82\xa0\xa1aa\xf5", serialize.CBOR},
		{"CBOR: an array with its size apart", "\x98\x18" + strings.Repeat("\xa1aa\x01", 24), serialize.CBOR},
		{"CBOR: an open array", "\x9f\xa1aa\x01\xff", serialize.CBOR},
		{"CBOR: open map, open text", "\x81\xbf\x7faaab\xff\xf6\xff", serialize.CBOR},
		{"CBOR: a tagged map", "\x81\xd9\xd9\xf7\xa1aa\x01", serialize.CBOR},
		{"CBOR: a text of bytes that are ASCII", "\x81\xa1iSource-IP\x01", serialize.CBOR},
		{"MessagePack: a map", "\x81\xa1a\x01", serialize.MsgPack},
		{"MessagePack: maps one after the other", "\x81\xa1a\x01\x81\xa1a\x02", serialize.MsgPack},
		{"MessagePack: a name that is the head of a text", "\x82\xa4type\x01\xa2id\x02", serialize.MsgPack},
		{"MessagePack: a name that may be a long text", "\x81\xa3yab\x05", serialize.MsgPack},
		{"MessagePack: an array of maps", "\x92\x81\xa1a\x01\x81\xa1a\x02", serialize.MsgPack},
		{"MessagePack: a long name", "\x81\xd9\x03abc\xcb\x3f\xf0\x00\x00\x00\x00\x00\x00", serialize.MsgPack},
		{"damaged CBOR", "\x82\xa5gVersion\xffz", serialize.CBOR},
		{"damaged MessagePack", "\x82\xa4type\x01\xa2id\xc1", serialize.MsgPack},
		{"an array or a map of nothing", "\x80", ""},
		{"cut off", "\x82\xa4ty", ""},
		{"neither", "\x81\x01", ""},
		{"a text within a text", "\x81\xa1" + strings.Repeat("\x7f", 2*maxSniffed), serialize.MsgPack},
		{"nested without end", strings.Repeat("\x81", 2*maxSniffed), ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := sniffed([]byte(test.data))
			if got != test.want || errors.Is(err, errBinary) != (test.want == "") {
				t.Errorf("got %q, %v", got, err)
			}
			if test.want == "" {
				return
			}
			// However it comes, and whatever error follows.
			whole := &lookahead{r: iotest.OneByteReader(strings.NewReader(test.data)), most: maxSniffed}
			if again, err := sniffType(whole); again != got || err != nil {
				t.Errorf("a byte at a time: %q, %v", again, err)
			}
		})
	}
}

// TestSniffSamples makes sure that real documents are recognised, alone, in a
// sequence and in an array of any size, compressed or not.
func TestSniffSamples(t *testing.T) {
	names, err := filepath.Glob(filepath.Join("..", "..", "..", "..", "testdata", "*", "*.valid.json"))
	if err != nil || len(names) < 20 {
		t.Fatalf("%d samples, %v", len(names), err)
	}
	check := func(what, want string, data []byte, encodings ...string) {
		t.Helper()
		for _, encoding := range append(encodings, "") {
			packed := pack(t, data, encoding)
			got, code, whole, err := recognise("-", "", bytes.NewReader(packed))
			if got != want || code != encoding || err != nil {
				t.Errorf("%s, %q: %q, %q, %v; want %q", what, encoding, got, code, err, want)
			}
			if all, err := io.ReadAll(whole); !bytes.Equal(all, packed) || err != nil {
				t.Errorf("%s, %q: %d bytes of %d are left, %v", what, encoding, len(all), len(packed), err)
			}
		}
	}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		m, err := serialize.Unserialize(serialize.Payload{ContentType: serialize.JSON, Data: text}, secmodel.SkipValidation())
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, typ := range shortTypes() {
			p, err := serialize.Serialize(m, typ.contentType, secmodel.SkipValidation())
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			want := typ.contentType
			switch want {
			case serialize.NDJSON:
				want = serialize.JSON
			case serialize.CBORSeq:
				want = serialize.CBOR
			}
			data := p.Data
			if typ.contentType == serialize.YAML {
				data = append([]byte("---\n"), data...)
			}
			check(name+" as "+typ.name, want, data, "gzip", "deflate", "zstd")
			for _, n := range []byte{1, 2, 15, 16, 23} {
				many := bytes.Repeat(p.Data, int(n))
				switch {
				case want == serialize.CBOR:
					check(fmt.Sprintf("%s, %d times in an array", name, n), want, append([]byte{0x80 + n}, many...))
				case want == serialize.MsgPack && n < 16:
					check(fmt.Sprintf("%s, %d times in an array", name, n), want, append([]byte{0x90 + n}, many...))
				}
			}
		}
	}
}

// pack compresses data.
func pack(t *testing.T, data []byte, encoding string) []byte {
	t.Helper()
	var b bytes.Buffer
	var w io.WriteCloser
	var err error
	switch encoding {
	case "":
		return data
	case "gzip":
		w = gzip.NewWriter(&b)
	case "deflate":
		w = zlib.NewWriter(&b)
	case "zstd":
		w, err = zstd.NewWriter(&b, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedFastest))
	}
	if err == nil {
		_, err = w.Write(data)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestSniffWaits makes sure that nothing is waited for that is not needed: the
// first documents of a stream are judged before more of them come.
func TestSniffWaits(t *testing.T) {
	for _, data := range []string{"{", " ", "\x1e", "\xa3", "\xde", "\"", "[ ", "[{", "---", "Version: 2\n", "\x82\xa2id\xd9\x24", "\x9f\xa1aa"} {
		l := &lookahead{r: io.MultiReader(strings.NewReader(data), forbidden{t, data}), most: maxSniffed}
		if _, err := sniffType(l); err != nil {
			t.Errorf("%q: %v", data, err)
		}
		if got := sniffEncoding(l); got != "" {
			t.Errorf("%q: encoding %q", data, got)
		}
	}
}

// forbidden is a reader that must not be read from.
type forbidden struct {
	t    *testing.T
	data string // that came before
}

// Read implements io.Reader.
func (f forbidden) Read([]byte) (int, error) {
	f.t.Errorf("%q: read more than is needed", f.data)
	return 0, io.EOF
}

// TestSniffDamaged makes sure that what is wrong with compressed data is left for
// its reader to say, and that no more than a part of it is kept.
func TestSniffDamaged(t *testing.T) {
	for _, data := range []string{"\x1f\x8b\x08", "\x1f\x8b\x08\x08\x00\x00\x00\x00\x00\x00" + strings.Repeat("n", 4*maxPacked), "\x28\xb5\x2f\xfd\xff\xff\xff", "\x78\x9cx", "\x1f\x8b\x08\xff"} {
		contentType, _, whole, err := recognise("-", "", strings.NewReader(data))
		if contentType != serialize.JSON || err != nil {
			t.Errorf("%.8q: %q, %v", data, contentType, err)
		}
		if all, err := io.ReadAll(whole); string(all) != data || err != nil {
			t.Errorf("%.8q: %d bytes of %d are left, %v", data, len(all), len(data), err)
		}
	}
	l := &lookahead{r: strings.NewReader(strings.Repeat("n", 4*maxPacked)), most: maxPacked}
	if got := len(l.atLeast(2 * maxPacked)); got != maxPacked {
		t.Errorf("%d bytes kept, want %d", got, maxPacked)
	}
}

// TestRecognise makes sure that looking at the first bytes loses none, and no
// error, however they come.
func TestRecognise(t *testing.T) {
	for _, text := range []string{"", "{", "{}\n", "\x1f\x8b\x08\x00abc", "-", "---\na: 1\n", "P", "\x82\xa4ty"} {
		for _, fail := range []error{io.EOF, errors.New("the cable is cut")} {
			r := io.MultiReader(iotest.OneByteReader(strings.NewReader(text)), failed{fail})
			_, _, whole, err := recognise("-", "", r)
			if err != nil && fail != io.EOF {
				t.Errorf("%q: %v, but that may follow from the other error", text, err)
			}
			got, err := io.ReadAll(whole)
			if fail == io.EOF {
				fail = nil
			}
			if string(got) != text || !errors.Is(err, fail) {
				t.Errorf("%q: got %q, %v; want error %v", text, got, err, fail)
			}
		}
	}
}

// FuzzSniff makes sure that no input makes the guess fail other than by its rules,
// and that it is the same however the input comes.
func FuzzSniff(f *testing.F) {
	for _, seed := range []string{"\x82\xa4type\x01\xc1", "\x81\xbf\x7faaab\xff\xf6\xff", "\x9f\xa1aa\x01\xff", "\x98\x18\xa0", "Version: 1", "\x1f\x8b\x08\x00"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := sniffed(data)
		if (got == "") != errors.Is(err, errBinary) || got != "" && err != nil {
			t.Errorf("%q, %v", got, err)
		}
		again, _ := sniffType(&lookahead{r: iotest.HalfReader(bytes.NewReader(data)), most: maxSniffed})
		if again != got && len(data) < maxSniffed {
			t.Errorf("at once %q, in halves %q", got, again)
		}
	})
}
