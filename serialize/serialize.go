// Package serialize reads and writes messages of all formats by content type,
// with validation before writing and after reading.
//
//	msg, err := serialize.Unserialize(serialize.Payload{ContentType: "application/json", Data: body})
//
// [Unserialize] finds out by itself which format, class and version a document
// is. Where a program knows the type it wants, [UnserializeAs] gives it. An
// invalid document is returned together with the error, so that it can be
// looked at; err is then a *[secmodel.ValidationError] that lists every
// violation with its place in the document.
//
// # Content types
//
// Documents are JSON, CBOR, MessagePack or YAML; a message that was read in one
// of them and written in any other comes back equal. What a content type cannot
// hold is an error that names the place, never a silent change.
//
//   - JSON is read strictly: UTF-8 without a byte-order mark, no lone surrogates.
//   - CBOR and MessagePack are read and written by the tables that serve JSON,
//     with all integers and decimals exact that they can hold; see [wire.Binary].
//   - YAML is read by the core schema of YAML 1.2: no, on and 2026-03-02 are
//     strings, 0o17 and 0x1f numbers. Aliases are followed, within a limit; merge
//     keys, tags beyond the core schema, duplicate keys and keys that are not
//     strings are errors, as is a document larger than 16 MiB.
//
// [NewCodec] adds content types of one's own.
//
// # Streams
//
// [Read] reads streams of any length in constant memory, [ReadParallel] with all
// processors, [NewWriter] writes them. A faulty record does not end a stream.
// Content types say how documents follow each other; see [Codec.Records].
//
// # Compression
//
// Payload.ContentEncoding says how a document is compressed, the option
// ContentEncoding how what is written, and a stream that is read, is. The limit
// on the size of a document holds for what it is decompressed to.
//
// # Concurrency
//
// All functions are safe for concurrent use, as are the methods of a [Codec], a
// [Client] and a [Receiver]; the package has no state that callers can see. A
// [Writer], and a sequence that Read, ReadParallel and the like return, is for one
// goroutine at a time. Messages are only read when they are checked or written,
// so that many goroutines may do that with the same message as long as nobody
// changes it, unless the option Reuse gives its memory to the next one. Payloads
// are only read, and messages share no memory with them. Options
// may be shared too; functions among them, as that of Repair, are called by each
// goroutine that uses them.
//
// # Faults
//
// What ends a stream early, an error of its reader or writer or the end of a
// context, is a *[StreamError], which says how many records were done. A record
// that is only there in part is never taken for one.
package serialize

import (
	"sync"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/wire"
)

// Payload is a document with its content type.
type Payload struct {
	ContentType     string // as in the header field of this name; "" means application/json
	ContentEncoding string // as in the header field of this name; "" means identity
	Data            []byte
}

// Serialize validates m and writes it as contentType. If m is invalid it
// returns a *secmodel.ValidationError and no payload; with the option
// SkipValidation it writes m as it is. Other errors wrap secmodel.ErrMediaType
// or secmodel.ErrContentEncoding, or are a *secmodel.EncodeError. A type of
// lines gets the document on one line, with the newline; a JSON text sequence,
// its record separator and newline.
func (c *Codec) Serialize(m secmodel.Message, contentType string, opts ...secmodel.Option) (Payload, error) {
	o := secmodel.NewOptions(opts...)
	f, err := c.format(contentType)
	if err != nil {
		return Payload{}, err
	}
	if !o.SkipValidation {
		if err := m.Validate(opts...); err != nil {
			return Payload{}, err
		}
	}
	data, err := f.marshal(m, &o)
	if err != nil {
		return Payload{}, err
	}
	if contentType == "" {
		contentType = JSON
	}
	p := Payload{ContentType: contentType, Data: data}
	if o.ContentEncoding != "" && o.ContentEncoding != nameIdentity {
		if p.Data, err = compress(data, o.ContentEncoding); err != nil {
			return Payload{}, err
		}
		p.ContentEncoding = o.ContentEncoding
	}
	return p, nil
}

// marshal writes m, as the only document of a payload, into memory of its own,
// of just the size needed.
func (f *format) marshal(m secmodel.Message, o *secmodel.Options) ([]byte, error) {
	buf := buffers.Get().(*[]byte)
	defer buffers.Put(buf)
	out := (*buf)[:0]
	if f.framed {
		out = f.before(out, 0)
	}
	out, err := f.append(out, m, o)
	if err != nil {
		return nil, err
	}
	if f.framed {
		out = f.after(out)
	}
	var data []byte
	if o.Indent != "" && f == &jsonFormat {
		data = wire.AppendIndent(make([]byte, 0, 2*len(out)), out, o.Indent)
	} else {
		data = append([]byte(nil), out...)
	}
	if cap(out) <= maxBuffer {
		*buf = out
	}
	return data, nil
}

// buffers are memory to write documents into before their size is known.
var buffers = sync.Pool{New: func() any { return new(make([]byte, 0, 2048)) }}

// maxBuffer is the size of the largest buffer that is kept.
const maxBuffer = 1 << 16

// Unserialize reads one document of any format: it detects which, decodes it
// into the type of its class, and validates it.
//
// The error wraps secmodel.ErrMediaType, secmodel.ErrContentEncoding,
// secmodel.ErrTooLarge, secmodel.ErrSyntax or secmodel.ErrUnknownFormat, and
// there is no message; or it is a *secmodel.ValidationError, and the message is
// there.
func (c *Codec) Unserialize(p Payload, opts ...secmodel.Option) (secmodel.Message, error) {
	o := secmodel.NewOptions(opts...)
	o.Reuse = false
	doc, err := c.admit(p, &o)
	if err != nil {
		return nil, err
	}
	r := readers.Get().(*reader)
	defer r.release(&doc)
	defer r.fresh.Forget()
	return r.read(&r.fresh, &doc, &o, opts)
}

// UnserializeAs reads one document as the type T, whatever it looks like:
//
//	msg, err := serialize.UnserializeAs[idmefv2.Message](payload)
//
// Errors are those of Unserialize.
func UnserializeAs[T any, P interface {
	*T
	secmodel.Message
}](p Payload, opts ...secmodel.Option) (*T, error) {
	return UnserializeAsWith[T, P](&standard, p, opts...)
}

// UnserializeAsWith is UnserializeAs for the content types of c.
func UnserializeAsWith[T any, P interface {
	*T
	secmodel.Message
}](c *Codec, p Payload, opts ...secmodel.Option) (*T, error) {
	o := secmodel.NewOptions(opts...)
	doc, err := c.admit(p, &o)
	if err != nil {
		return nil, err
	}
	m := new(T)
	if err := readInto(P(m), &doc, &o, opts); err != nil {
		if isInvalid(err) {
			return m, err
		}
		return nil, err
	}
	return m, nil
}

// admit checks the content type and size of a payload that holds one document,
// and prepares it for reading.
func (c *Codec) admit(p Payload, o *secmodel.Options) (document, error) {
	f, err := c.format(p.ContentType)
	if err != nil {
		return document{}, err
	}
	data, err := inflate(p.Data, p.ContentEncoding, o.MaxBytes)
	if err != nil {
		return document{}, err
	}
	return f.load(data, o)
}

// readInto decodes a document into m, in memory of its own, and, unless that is
// to be skipped, validates it.
func readInto(m secmodel.Message, doc *document, o *secmodel.Options, opts []secmodel.Option) error {
	r := readers.Get().(*reader)
	defer r.release(doc)
	defer r.fresh.Forget()
	if err := r.decode(&r.fresh, m, doc, o); err != nil {
		return err
	}
	return r.judge(&r.fresh, m, doc, o, opts)
}

// ValidateBytes checks one document without giving it to the caller. The report
// lists every violation with its place in the document, duplicate member names
// included. err is not nil only where there is no report: it wraps
// secmodel.ErrMediaType, secmodel.ErrContentEncoding, secmodel.ErrTooLarge,
// secmodel.ErrSyntax or secmodel.ErrUnknownFormat.
//
// It is the fastest way to a verdict: memory is reused from call to call.
func (c *Codec) ValidateBytes(p Payload, opts ...secmodel.Option) (secmodel.Report, error) {
	o := secmodel.NewOptions(opts...)
	doc, err := c.admit(p, &o)
	if err != nil {
		return secmodel.Report{}, err
	}
	r := readers.Get().(*reader)
	defer r.release(&doc)
	m, err := r.take(&r.reused, &doc, &o)
	if err != nil {
		return secmodel.Report{}, err
	}
	report := doc.inspect(m, r.reused.Repeated, opts)
	ownAll(report.Violations)
	return report, nil
}

// Serialize validates m and writes it, as Codec.Serialize does.
func Serialize(m secmodel.Message, contentType string, opts ...secmodel.Option) (Payload, error) {
	return standard.Serialize(m, contentType, opts...)
}

// Unserialize reads one document of any format, as Codec.Unserialize does.
func Unserialize(p Payload, opts ...secmodel.Option) (secmodel.Message, error) {
	return standard.Unserialize(p, opts...)
}

// ValidateBytes checks one document without giving it to the caller, as
// Codec.ValidateBytes does.
func ValidateBytes(p Payload, opts ...secmodel.Option) (secmodel.Report, error) {
	return standard.ValidateBytes(p, opts...)
}
