package serialize

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"
	"github.com/secmodel/secmodel"
)

func TestParseEncodings(t *testing.T) {
	for _, test := range []struct {
		value string
		want  []string
		ok    bool
	}{
		{"", nil, true},
		{"identity", nil, true},
		{" , Identity ,", nil, true},
		{"gzip", []string{"gzip"}, true},
		{"GZip", []string{"gzip"}, true},
		{"x-gzip", []string{"gzip"}, true},
		{"deflate", []string{"deflate"}, true},
		{"gzip, identity,\tzstd", []string{"gzip", "zstd"}, true},
		{"gzip,gzip,gzip", []string{"gzip", "gzip", "gzip"}, true},
		{"gzip,gzip,gzip,gzip", nil, false},
		{"br", nil, false},
		{"gzip;q=1", nil, false},
		{"gzip zstd", nil, false},
	} {
		cs, err := parseEncodings(test.value)
		if (err == nil) != test.ok || err != nil && !errors.Is(err, secmodel.ErrContentEncoding) {
			t.Errorf("%q: %v", test.value, err)
			continue
		}
		var got []string
		for _, c := range cs.list[:cs.n] {
			got = append(got, c.String())
		}
		if diff := cmp.Diff(test.want, got); test.ok && diff != "" {
			t.Errorf("%q: %s", test.value, diff)
		}
	}
	if got := ContentEncodings(); !slices.Equal(got, []string{"zstd", "gzip", "deflate"}) {
		t.Errorf("%q", got)
	}
}

// texts are of all sizes that matter: empty, small, larger than any buffer,
// compressible and not.
func texts() map[string][]byte {
	noise := make([]byte, 200_000)
	random := rand.New(rand.NewPCG(1, 2))
	for i := range noise {
		noise[i] = byte(random.Uint32())
	}
	return map[string][]byte{
		"empty":      {},
		"small":      []byte(`{"Version":"2.D.V08"}`),
		"repetitive": bytes.Repeat([]byte(`{"a":1,"b":"xyz"}`+"\n"), 300_000),
		"noise":      noise,
	}
}

func TestEncodingsRoundTrip(t *testing.T) {
	for name, text := range texts() {
		for _, encoding := range []string{"", "identity", "gzip", "x-gzip", "deflate", "zstd", "gzip, zstd", "zstd, deflate, gzip"} {
			packed, err := compress(text, encoding)
			if err != nil {
				t.Fatalf("%s, %q: %v", name, encoding, err)
			}
			got, err := inflate(packed, encoding, len(text))
			if err != nil || !bytes.Equal(got, text) {
				t.Errorf("%s, %q: %d bytes of %d, %v", name, encoding, len(got), len(text), err)
			}
			var stream bytes.Buffer
			w, err := compressWriter(&stream, encoding)
			if err != nil {
				t.Fatal(err)
			}
			for part := range slices.Chunk(text, 7001) {
				if _, err := w.Write(part); err != nil {
					t.Fatal(err)
				}
			}
			if err := errors.Join(w.Close(), w.Close()); err != nil {
				t.Fatal(err)
			}
			if _, err := w.Write([]byte("x")); err == nil {
				t.Errorf("%q: writing after Close succeeds", encoding)
			}
			for _, limit := range []int64{0, int64(len(text))} {
				if limit == 0 && len(text) == 0 {
					continue
				}
				r, err := inflateReader(iotest.HalfReader(bytes.NewReader(stream.Bytes())), encoding, limit)
				if err != nil {
					t.Fatal(err)
				}
				got, err := io.ReadAll(r)
				if err != nil || !bytes.Equal(got, text) {
					t.Errorf("%s, %q as a stream: %d bytes of %d, %v", name, encoding, len(got), len(text), err)
				}
				if err := errors.Join(r.Close(), r.Close()); err != nil {
					t.Error(err)
				}
			}
		}
	}
}

func TestUnknownEncoding(t *testing.T) {
	for _, encoding := range []string{"br", "gzip,br", "compress", "gzip,gzip,gzip,gzip"} {
		_, inflated := inflate(nil, encoding, 1)
		_, reader := inflateReader(nil, encoding, 1)
		_, compressed := compress(nil, encoding)
		_, writer := compressWriter(nil, encoding)
		for i, err := range []error{inflated, reader, compressed, writer} {
			if !errors.Is(err, secmodel.ErrContentEncoding) {
				t.Errorf("%s, function %d: %v", encoding, i, err)
			}
		}
	}
}

// TestForeignEncodings reads what other programs write.
func TestForeignEncodings(t *testing.T) {
	text := []byte(strings.Repeat("a document ", 1000))
	var bare bytes.Buffer
	f, err := flate.NewWriter(&bare, 6)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = f.Write(text)
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if got, err := inflate(bare.Bytes(), "deflate", len(text)); err != nil || !bytes.Equal(got, text) {
		t.Errorf("bare deflate: %d bytes, %v", len(got), err)
	}
	members, err := compress(text, "gzip")
	if err != nil {
		t.Fatal(err)
	}
	if got, err := inflate(append(slices.Clone(members), members...), "gzip", 2*len(text)); err != nil || len(got) != 2*len(text) {
		t.Errorf("two gzip members: %d bytes, %v", len(got), err)
	}
	frame, err := compress(text, "zstd")
	if err != nil {
		t.Fatal(err)
	}
	skipped := append([]byte{0x50, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 'h', 'i'}, frame...)
	if got, err := inflate(append(skipped, frame...), "zstd", 2*len(text)); err != nil || len(got) != 2*len(text) {
		t.Errorf("zstd frames: %d bytes, %v", len(got), err)
	}
	for _, tool := range []struct {
		encoding string
		command  []string
	}{{"gzip", []string{"gzip", "-c"}}, {"zstd", []string{"zstd", "-c"}}} {
		path, err := exec.LookPath(tool.command[0])
		if err != nil {
			t.Logf("skipped: there is no %s", tool.command[0])
			continue
		}
		cmd := exec.Command(path, tool.command[1:]...)
		cmd.Stdin = bytes.NewReader(text)
		out, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		if got, err := inflate(out, tool.encoding, len(text)); err != nil || !bytes.Equal(got, text) {
			t.Errorf("%s: %d bytes, %v", path, len(got), err)
		}
		if got := SniffEncoding(out); got != tool.encoding {
			t.Errorf("%s: looks like %q", path, got)
		}
	}
}

// TestDamagedEncodings cuts, alters and lengthens compressed data: it is a
// syntax error everywhere, and never what it was.
func TestDamagedEncodings(t *testing.T) {
	text := []byte(strings.Repeat(`{"Version":"2.D.V08"}`, 20))
	for _, encoding := range []string{"gzip", "deflate", "zstd", "gzip, zstd"} {
		packed, err := compress(text, encoding)
		if err != nil {
			t.Fatal(err)
		}
		damaged := map[string][]byte{
			"other data": []byte(`{"Version":"2.D.V08"}`),
			"garbage":    append(slices.Clone(packed), "garbage"...),
		}
		for i := range packed {
			damaged[fmt.Sprintf("cut at %d", i)] = packed[:i]
		}
		for name, data := range damaged {
			if _, err := inflate(data, encoding, 1<<20); !errors.Is(err, secmodel.ErrSyntax) {
				t.Errorf("%s, %s: %v", encoding, name, err)
			}
		}
		// A flipped bit is found, except in parts of a head that say nothing.
		for i := range packed {
			flipped := slices.Clone(packed)
			flipped[i] ^= 4
			got, err := inflate(flipped, encoding, 1<<20)
			if err == nil && !bytes.Equal(got, text) {
				t.Errorf("%s: byte %d altered, gives %q", encoding, i, got)
			}
		}
	}
}

// TestSourceErrors: errors of the stream below are not taken for damage.
func TestSourceErrors(t *testing.T) {
	broken := errors.New("the line is cut")
	for _, encoding := range []string{"", "gzip", "deflate", "zstd", "gzip, zstd"} {
		packed, err := compress(bytes.Repeat([]byte("abc"), 1000), encoding)
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range []int{0, 1, len(packed) / 2, len(packed) - 1, len(packed)} {
			r, err := inflateReader(io.MultiReader(bytes.NewReader(packed[:n]), iotest.ErrReader(broken)), encoding, 1<<20)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := io.ReadAll(r); !errors.Is(err, broken) {
				t.Errorf("%q after %d bytes: %v", encoding, n, err)
			}
		}
	}
}

func TestInflatedSize(t *testing.T) {
	text := bytes.Repeat([]byte("a"), 10_000)
	for _, encoding := range []string{"", "gzip", "deflate", "zstd", "zstd, gzip"} {
		packed, err := compress(text, encoding)
		if err != nil {
			t.Fatal(err)
		}
		for _, limit := range []int{0, 1, len(text) - 1} {
			if got, err := inflate(packed, encoding, limit); !errors.Is(err, secmodel.ErrTooLarge) {
				t.Errorf("%q, at most %d: %d bytes, %v", encoding, limit, len(got), err)
			}
		}
		r, err := inflateReader(bytes.NewReader(packed), encoding, 9_999)
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(r)
		if !errors.Is(err, secmodel.ErrTooLarge) || len(got) != 9_999 {
			t.Errorf("%q: %d bytes, %v", encoding, len(got), err)
		}
		if n, err := r.Read(make([]byte, 1)); n != 0 || !errors.Is(err, secmodel.ErrTooLarge) {
			t.Errorf("%q, read on: %d, %v", encoding, n, err)
		}
	}
}

// TestBombs: small data that is meant to become much memory or work.
func TestBombs(t *testing.T) {
	const limit = 1 << 20
	var empty bytes.Buffer
	if err := gzip.NewWriter(&empty).Close(); err != nil {
		t.Fatal(err)
	}
	// A million of empty members, compressed: without a limit in between, it is
	// unpacked to the end, for nothing.
	var members bytes.Buffer
	z, err := zstd.NewWriter(&members)
	if err != nil {
		t.Fatal(err)
	}
	several := bytes.Repeat(empty.Bytes(), 1000)
	for range 1000 {
		if _, err := z.Write(several); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	zeros := make([]byte, 8<<20)
	var wide bytes.Buffer
	z, err = zstd.NewWriter(&wide, zstd.WithWindowSize(64<<20), zstd.WithSingleSegment(false))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(z, io.LimitReader(rand.NewChaCha8([32]byte{1}), 100)); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(z.Flush(), z.Close()); err != nil {
		t.Fatal(err)
	}
	tests := map[string]struct {
		data     []byte
		encoding string
	}{
		"empty members": {members.Bytes(), "gzip, zstd"},
		"a wide window": {wide.Bytes(), "zstd"},
	}
	for _, encoding := range []string{"gzip", "deflate", "zstd", "gzip, gzip", "zstd, zstd, zstd"} {
		packed, err := compress(zeros, encoding)
		if err != nil {
			t.Fatal(err)
		}
		tests["zeros, "+encoding] = struct {
			data     []byte
			encoding string
		}{packed, encoding}
	}
	for name, test := range tests {
		allocated := testing.AllocsPerRun(1, func() {
			if _, err := inflate(test.data, test.encoding, limit); !errors.Is(err, secmodel.ErrTooLarge) {
				t.Errorf("%s: %v", name, err)
			}
		})
		if allocated > 5000 {
			t.Errorf("%s: %v allocations", name, allocated)
		}
	}
}

func TestSniffEncoding(t *testing.T) {
	for _, encoding := range ContentEncodings() {
		packed, err := compress([]byte("text"), encoding)
		if err != nil {
			t.Fatal(err)
		}
		if got := SniffEncoding(packed); got != encoding {
			t.Errorf("%s looks like %q", encoding, got)
		}
		if got := SniffEncoding(packed[:1]); got != "" {
			t.Errorf("one byte of %s looks like %q", encoding, got)
		}
	}
	for _, text := range []string{
		"", "{", `{"a":1}`, " [", "---\na: 1\n", "\x1e{}", "\xbf\x61", "\xa1\x61a\x01", "\x81\xa1a\x01", "xyz: 1", "x: 1", "(\xb5", "\x1f\x8b",
	} {
		if got := SniffEncoding([]byte(text)); got != "" {
			t.Errorf("%q looks like %q", text, got)
		}
	}
	for _, head := range []string{"\x78\x01", "\x78\x5e", "\x78\x9c", "\x78\xda"} {
		if got := SniffEncoding([]byte(head)); got != "deflate" {
			t.Errorf("%q looks like %q", head, got)
		}
	}
}

// TestEncodingsConcurrently uses the pools from many goroutines; the race
// detector finds what is shared.
func TestEncodingsConcurrently(t *testing.T) {
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			text := bytes.Repeat([]byte{byte('a' + i)}, 1000*(i+1))
			for range 30 {
				for _, encoding := range []string{"gzip", "deflate", "zstd", "deflate, zstd"} {
					packed, err := compress(text, encoding)
					if err != nil {
						t.Error(err)
						return
					}
					got, err := inflate(packed, encoding, len(text))
					if err != nil || !bytes.Equal(got, text) {
						t.Errorf("%q: %v", encoding, err)
					}
				}
			}
		})
	}
	wg.Wait()
}

// FuzzInflate: whatever comes, the result is within the limit, and an error is
// one of those that are promised.
func FuzzInflate(f *testing.F) {
	for _, encoding := range []string{"gzip", "deflate", "zstd", "zstd,gzip"} {
		packed, err := compress([]byte(strings.Repeat(`{"a":1}`, 100)), encoding)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(packed, encoding)
	}
	f.Add([]byte("{}"), "identity")
	f.Add([]byte{0x4b, 4, 0}, "deflate")
	f.Fuzz(func(t *testing.T, data []byte, encoding string) {
		const limit = 1 << 16
		got, err := inflate(data, encoding, limit)
		if len(got) > limit {
			t.Fatalf("%d bytes", len(got))
		}
		if err != nil {
			if !errors.Is(err, secmodel.ErrSyntax) && !errors.Is(err, secmodel.ErrTooLarge) && !errors.Is(err, secmodel.ErrContentEncoding) {
				t.Fatalf("%T: %v", err, err)
			}
			return
		}
		packed, err := compress(got, encoding)
		if err != nil {
			t.Fatal(err)
		}
		again, err := inflate(packed, encoding, limit)
		if err != nil || !bytes.Equal(again, got) {
			t.Fatalf("written and read again: %v", err)
		}
		SniffEncoding(data)
	})
}
