package serialize_test

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/serialize"
)

// errBroken is the error that faulty readers and writers give.
var errBroken = errors.New("broken pipe")

// stream is a short stream of one content type to break.
type stream struct {
	name, contentType string
	opts              []secmodel.Option
	messages          []secmodel.Message
	text              string
	ends              []int // where each message ends, with what follows it in the writer's view
	needs             []int // how much of text has to be read to know each record; more than there is if the end of the stream has to be
	// waits is needs where the stream goes on, but later; nil for the same.
	waits []int
}

// shortStreams are streams of all content types, as a Writer writes them, and
// other forms that are read.
func shortStreams(t testing.TB) []stream {
	t.Helper()
	skip := []secmodel.Option{secmodel.SkipValidation()}
	bundle := []secmodel.Option{secmodel.SkipValidation(), secmodel.Bundle()}
	read := func(texts ...string) (list []secmodel.Message) {
		for _, text := range texts {
			m, err := serialize.Unserialize(serialize.Payload{Data: []byte(text)}, skip...)
			if err != nil {
				t.Fatal(err)
			}
			list = append(list, m)
		}
		return list
	}
	messages := read(eventA, `{"summary":"a}\"]","category":"c","tags":["x\\"]}`, eventB)
	events := read(eventA, `{"class_uid":1001,"metadata":{"version":"1.1.0"},"message":"]}\"{"}`, eventB)
	list := []stream{
		{name: "array", contentType: serialize.JSON, opts: skip, messages: messages},
		{name: "bundle", contentType: serialize.JSON, opts: bundle, messages: events},
		{name: "lines", contentType: serialize.NDJSON, opts: skip, messages: messages},
		{name: "text sequence", contentType: serialize.JSONSeq, opts: skip, messages: messages},
		{name: "CBOR array", contentType: serialize.CBOR, opts: skip, messages: messages},
		{name: "CBOR sequence", contentType: serialize.CBORSeq, opts: skip, messages: messages},
		{name: "MessagePack", contentType: serialize.MsgPack, opts: skip, messages: messages},
		{name: "YAML", contentType: serialize.YAML, opts: skip, messages: messages},
		{name: "added type", contentType: "text/x-hex", opts: skip, messages: messages},
	}
	for i := range list {
		s := &list[i]
		var b bytes.Buffer
		w := hexCodec(t).NewWriter(&b, s.contentType, s.opts...)
		for _, m := range s.messages {
			if err := w.Write(m); err != nil {
				t.Fatal(err)
			}
			s.ends = append(s.ends, b.Len())
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		s.text, s.needs = b.String(), slices.Clone(s.ends)
		if s.contentType == serialize.YAML { // the next document has to begin
			for k := range s.needs {
				s.needs[k] += len("---\n")
			}
		}
	}
	// JSON with a document a line: the first tells that by its newline. Where more
	// is to come, whole lines are waited for; where not, brackets are enough.
	lines := stream{name: "JSON lines", contentType: serialize.JSON, opts: skip, messages: messages}
	for i, m := range messages {
		text, err := m.AppendJSON(nil)
		if err != nil {
			t.Fatal(err)
		}
		lines.text += string(text)
		lines.needs = append(lines.needs, len(lines.text))
		lines.waits = append(lines.waits, len(lines.text)+min(i, 1))
		lines.text += "\n"
		lines.ends = append(lines.ends, len(lines.text))
	}
	// And with a document over several.
	indented := stream{name: "JSON over lines", contentType: serialize.JSON, opts: skip, messages: messages}
	for _, m := range messages {
		p, err := serialize.Serialize(m, serialize.JSON, secmodel.SkipValidation(), secmodel.Indent(" "))
		if err != nil {
			t.Fatal(err)
		}
		indented.text += string(p.Data)
		indented.needs = append(indented.needs, len(indented.text))
		indented.text += "\n"
		indented.ends = append(indented.ends, len(indented.text))
	}
	return append(list, lines, indented)
}

func hexCodec(t testing.TB) *serialize.Codec {
	t.Helper()
	c, err := serialize.NewCodec(hexFormat())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// whole returns how many records are known after n bytes.
func (s *stream) whole(n int) int { return count(s.needs, n) }

func count(needs []int, n int) int {
	i := 0
	for i < len(needs) && needs[i] <= n {
		i++
	}
	return i
}

// packed returns the stream in a content encoding.
func (s *stream) packed(t testing.TB, encoding string) []byte {
	t.Helper()
	if encoding == "" {
		return []byte(s.text)
	}
	// A Writer of lines would look at them; this way any text is compressed.
	var b bytes.Buffer
	w := hexCodec(t).NewWriter(&b, s.contentType, append(s.opts[:len(s.opts):len(s.opts)], secmodel.ContentEncoding(encoding))...)
	for _, m := range s.messages {
		if err := w.Write(m); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// encodings are those that streams are tried with, "" for none.
var encodings = []string{"", "gzip", "deflate", "zstd", "gzip, zstd"}

// options returns the options for reading or writing the stream in an encoding.
func (s *stream) options(encoding string, more ...secmodel.Option) []secmodel.Option {
	return slices.Concat(s.opts, []secmodel.Option{secmodel.ContentEncoding(encoding)}, more)
}

// readers are the ways to read a stream.
var readers = []struct {
	name string
	read func(t testing.TB, s *stream, r io.Reader, opts ...secmodel.Option) iter.Seq2[secmodel.Message, error]
}{
	{"Read", func(t testing.TB, s *stream, r io.Reader, opts ...secmodel.Option) iter.Seq2[secmodel.Message, error] {
		return hexCodec(t).Read(r, s.contentType, opts...)
	}},
	{"ReadParallel", func(t testing.TB, s *stream, r io.Reader, opts ...secmodel.Option) iter.Seq2[secmodel.Message, error] {
		return hexCodec(t).ReadParallel(t.Context(), r, s.contentType, append(opts, secmodel.Workers(2))...)
	}},
}

// outcomes lists what a sequence gives.
func outcomes(seq iter.Seq2[secmodel.Message, error]) (list []string, last error) {
	for m, err := range seq {
		list, last = append(list, outcome(m, err)), err
	}
	return list, last
}

// want are the outcomes of the first n messages.
func (s *stream) want(n int) (list []string) {
	for _, m := range s.messages[:n] {
		list = append(list, outcome(m, nil))
	}
	return list
}

// checkBroken makes sure that a sequence gave the first n messages of s, and that
// it ended with one error, a StreamError that wraps cause and counts them.
func (s *stream) checkBroken(t testing.TB, seq iter.Seq2[secmodel.Message, error], n, read int, cause error) {
	t.Helper()
	got, err := outcomes(seq)
	ended, ok := errors.AsType[*serialize.StreamError](err)
	if !ok || !errors.Is(err, cause) {
		t.Fatalf("after %d bytes: it ended with %T: %v", read, err, err)
	}
	if diff := cmp.Diff(s.want(n), got[:len(got)-1], cmpopts.EquateEmpty()); diff != "" {
		t.Fatalf("after %d bytes (-want +got)\n%s", read, diff)
	}
	if ended.Records != n || ended.Offset > int64(read) || n > 0 && ended.Offset < int64(s.ends[n-1]-1) {
		t.Fatalf("after %d bytes: %v; %d were given, up to byte %d", read, err, n, s.ends[max(n-1, 0)])
	}
}

// TestReaderFails breaks streams at every byte: the records that are whole before
// it come, then the reader's error, and nothing is made of what is cut off.
func TestReaderFails(t *testing.T) {
	for _, s := range shortStreams(t) {
		t.Run(s.name, func(t *testing.T) {
			if got := s.whole(len(s.text)); got < len(s.messages)-1 {
				t.Fatalf("%d records", got)
			}
			for n := range len(s.text) + 1 {
				head := func() io.Reader { return bytes.NewReader([]byte(s.text[:n])) }
				for _, way := range readers {
					// However the error comes, it is the last word.
					for _, r := range []io.Reader{
						io.MultiReader(head(), iotest.ErrReader(errBroken)),
						&withError{data: s.text[:n], err: errBroken},
						io.MultiReader(&withError{data: s.text[:n], err: errBroken}, bytes.NewReader([]byte(s.text[n:]))),
						&once{data: s.text, at: n, err: errBroken},
						iotest.OneByteReader(io.MultiReader(head(), iotest.ErrReader(errBroken))),
					} {
						s.checkBroken(t, way.read(t, &s, r, s.options("")...), s.whole(n), n, errBroken)
					}
				}
			}
		})
	}
}

// withError gives all of its data, as much as there is room for, and its error
// together with the last of it.
type withError struct {
	data string
	err  error
}

func (w *withError) Read(b []byte) (int, error) {
	n := copy(b, w.data)
	if w.data = w.data[n:]; w.data == "" {
		return n, w.err
	}
	return n, nil
}

// once fails once, at a byte, and goes on when it is asked again.
type once struct {
	data string
	at   int
	err  error
	read int
}

func (o *once) Read(b []byte) (int, error) {
	end := len(o.data)
	if o.err != nil {
		end = o.at
	}
	if o.read == end {
		if o.err == nil {
			return 0, io.EOF
		}
		err := o.err
		o.err = nil
		return 0, err
	}
	n := copy(b, o.data[o.read:end])
	o.read += n
	return n, nil
}

// TestReaderErrors: errors that also mean something within the package, or that
// the packages below give themselves, are the reader's when a reader gives them.
func TestReaderErrors(t *testing.T) {
	for _, cause := range []error{
		io.ErrUnexpectedEOF, io.ErrNoProgress, io.ErrShortBuffer, io.ErrClosedPipe, bufio.ErrBufferFull, bufio.ErrTooLong,
		fmt.Errorf("wrapped: %w", io.EOF), &secmodel.SyntaxError{Msg: "of the reader"},
		&serialize.RecordError{Err: errBroken}, &serialize.StreamError{Err: errBroken},
	} {
		for _, s := range shortStreams(t) {
			for _, encoding := range encodings {
				if encoding != "" && s.waits != nil {
					continue
				}
				packed := s.packed(t, encoding)
				for _, n := range []int{0, 1, len(packed) / 2, len(packed) - 1} {
					for _, way := range readers {
						r := io.MultiReader(bytes.NewReader(packed[:n]), iotest.ErrReader(cause))
						_, err := outcomes(way.read(t, &s, r, s.options(encoding)...))
						ended, ok := err.(*serialize.StreamError)
						if !ok || ended.Err != cause {
							t.Errorf("%s, %q, %s, after %d bytes of %d: %v became %T: %v", s.name, encoding, way.name, n, len(packed), cause, err, err)
						}
					}
				}
			}
		}
	}
}

// TestCompressedReaderFails breaks compressed streams at every byte.
func TestCompressedReaderFails(t *testing.T) {
	for _, s := range shortStreams(t) {
		for _, encoding := range encodings[1:] {
			if s.waits != nil || s.name == "JSON over lines" {
				continue // its compressed form would be of an array
			}
			t.Run(s.name+" "+encoding, func(t *testing.T) {
				packed := s.packed(t, encoding)
				before := 0
				for n := range len(packed) + 1 {
					for _, way := range readers {
						r := io.MultiReader(bytes.NewReader(packed[:n]), iotest.ErrReader(errBroken))
						got, err := outcomes(way.read(t, &s, r, s.options(encoding)...))
						ended, ok := errors.AsType[*serialize.StreamError](err)
						if !ok || !errors.Is(err, errBroken) || ended.Records != len(got)-1 || ended.Records < before {
							t.Fatalf("%s, after %d bytes of %d: %d records, %v", way.name, n, len(packed), len(got)-1, err)
						}
						if diff := cmp.Diff(s.want(ended.Records), got[:ended.Records], cmpopts.EquateEmpty()); diff != "" {
							t.Fatalf("%s, after %d bytes: %s", way.name, n, diff)
						}
						before = max(0, ended.Records)
						if n == len(packed) {
							continue
						}
						// What ends too early is damaged: an error of the stream, not of a record.
						_, err = outcomes(way.read(t, &s, bytes.NewReader(packed[:n]), s.options(encoding)...))
						if _, ok := err.(*serialize.StreamError); !ok || !errors.Is(err, secmodel.ErrSyntax) {
							t.Fatalf("%s, cut after %d bytes of %d: %T %v", way.name, n, len(packed), err, err)
						}
					}
				}
				if before != s.whole(len(s.text)) {
					t.Errorf("%d records before an error that follows all data", before)
				}
			})
		}
	}
}

// TestReaderGivesNothing: a reader that never gives anything, from any byte on, is
// not waited for; one that does so now and then is.
func TestReaderGivesNothing(t *testing.T) {
	for _, s := range shortStreams(t) {
		for _, encoding := range encodings {
			if encoding != "" && s.waits != nil {
				continue
			}
			packed := s.packed(t, encoding)
			for n := range len(packed) + 1 {
				for _, way := range readers {
					r := io.MultiReader(bytes.NewReader(packed[:n]), nothing{})
					if _, err := outcomes(way.read(t, &s, r, s.options(encoding)...)); !errors.Is(err, io.ErrNoProgress) {
						t.Fatalf("%s, %q, %s, after %d bytes: %v", s.name, encoding, way.name, n, err)
					}
				}
			}
		}
	}
}

// nothing is a reader that gives neither data nor an error.
type nothing struct{}

func (nothing) Read([]byte) (int, error) { return 0, nil }

// now gives nothing every other time.
type now struct {
	r    io.Reader
	next bool
}

func (n *now) Read(b []byte) (int, error) {
	if n.next = !n.next; n.next {
		return 0, nil
	}
	return n.r.Read(b)
}

// impossible returns a number of bytes that cannot be.
type impossible int

func (i impossible) Read([]byte) (int, error) { return int(i), nil }

// TestReaderManners: however a reader delivers a stream, what is read is the same.
func TestReaderManners(t *testing.T) {
	for _, s := range shortStreams(t) {
		for _, encoding := range encodings {
			if encoding != "" && s.waits != nil {
				continue
			}
			packed := s.packed(t, encoding)
			for _, way := range readers {
				for name, r := range map[string]io.Reader{
					"whole":         bytes.NewReader(packed),
					"one byte":      iotest.OneByteReader(bytes.NewReader(packed)),
					"half":          iotest.HalfReader(bytes.NewReader(packed)),
					"data with EOF": iotest.DataErrReader(bytes.NewReader(packed)),
					"one with EOF":  iotest.DataErrReader(iotest.OneByteReader(bytes.NewReader(packed))),
					"all with EOF":  &withError{data: string(packed), err: io.EOF},
					"now and then":  &now{r: bytes.NewReader(packed)},
					"one of those":  &now{r: iotest.OneByteReader(bytes.NewReader(packed))},
				} {
					got, _ := outcomes(way.read(t, &s, r, s.options(encoding)...))
					if diff := cmp.Diff(s.want(len(s.messages)), got); diff != "" {
						t.Errorf("%s, %q, %s, %s (-want +got)\n%s", s.name, encoding, way.name, name, diff)
					}
				}
				for _, n := range []impossible{-1, 1 << 20} {
					if _, err := outcomes(way.read(t, &s, n, s.options(encoding)...)); err == nil {
						t.Errorf("%s, %q, %s: %d bytes were read", s.name, encoding, way.name, n)
					}
				}
			}
		}
	}
}
