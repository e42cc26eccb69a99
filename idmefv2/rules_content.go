package idmefv2

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"strings"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/wire"
)

// maxJSONDepth is how deeply JSON text within a string may be nested.
const maxJSONDepth = 10_000

// The encodings of an attachment's content.
const (
	encodingJSON   = "json"
	encodingBase64 = "base64"
)

// content judges what an attachment carries: that it is encoded as it says (R9),
// and that its size (R8) and hashes (R10) are those of the bytes before that.
func (r *ruling) content(n node, x *Attachment) {
	encoding := secmodel.Or(x.ContentEncoding, encodingJSON)
	if encoding != encodingJSON && encoding != encodingBase64 {
		r.add(CodeAttachmentEncoding, n.member("ContentEncoding"), encoding, []string{encodingJSON, encodingBase64},
			"the encoding %q is neither json nor base64", encoding)
	}
	if x.Size != nil && *x.Size < 0 {
		r.add(CodeAttachmentSize, n.member("Size"), *x.Size, "0 or more", "Size %d is less than 0", *x.Size)
	}
	var c rawContent
	if x.Content != nil && !has(x.Extra, "ContentEncoding") {
		var err error
		if c, err = decodeContent(x.Content, encoding); err != nil {
			r.add(CodeAttachmentContent, n.member("Content"), contentValue(x.Content), nil, "the content is not %s: %s", encoding, err)
		}
	}
	if x.Size != nil && *x.Size >= 0 && c.known && !c.hasLength(*x.Size) {
		r.add(CodeAttachmentLength, n.member("Size"), *x.Size, len(c.data), "Size is %d, but the content has %d bytes", *x.Size, len(c.data))
	}
	if x.Hash != nil {
		r.hashes(n, x.Hash, &c)
	}
}

// rawContent is the bytes of an attachment before it was encoded.
type rawContent struct {
	known bool
	data  []byte
	// inner is what a JSON text that is a string holds: some producers mean
	// that by the content.
	inner    []byte
	hasInner bool
}

func (c *rawContent) hasLength(n int64) bool {
	return int64(len(c.data)) == n || c.hasInner && int64(len(c.inner)) == n
}

// decodeContent undoes the encoding of Content. The bytes of an object are not
// known: it may have been laid out in any way.
func decodeContent(content json.RawMessage, encoding string) (c rawContent, err error) {
	raw := bytes.TrimSpace(content)
	if len(raw) == 0 || raw[0] != '"' {
		if strings.EqualFold(encoding, encodingBase64) {
			return c, errors.New("it is no string")
		}
		return c, nil
	}
	text, ok := unquote(raw)
	switch {
	case !ok:
		return c, nil // no JSON: for the encoder to say
	case strings.EqualFold(encoding, encodingBase64):
		if i := bytes.IndexAny(text, "\r\n"); i >= 0 {
			return c, errors.New("it has line breaks")
		}
		data := make([]byte, base64.StdEncoding.DecodedLen(len(text)))
		size, err := base64.StdEncoding.Decode(data, text)
		if err != nil {
			return c, err
		}
		return rawContent{known: true, data: data[:size]}, nil
	case strings.EqualFold(encoding, encodingJSON):
		if err := wire.CheckSyntax(text, maxJSONDepth); err != nil {
			return c, err
		}
		c = rawContent{known: true, data: text}
		if inner := bytes.TrimSpace(text); inner[0] == '"' {
			c.inner, c.hasInner = unquote(inner)
		}
		return c, nil
	}
	return c, nil
}

// unquote returns what a JSON string holds; it shares memory with raw where
// nothing is escaped.
func unquote(raw []byte) (text []byte, ok bool) {
	if len(raw) >= 2 && raw[len(raw)-1] == '"' && bytes.IndexByte(raw, '\\') < 0 {
		return raw[1 : len(raw)-1], true
	}
	var s string
	if json.Unmarshal(raw, &s) != nil {
		return nil, false
	}
	return []byte(s), true
}

// contentValue is a content as violations show it: a string as such.
func contentValue(content json.RawMessage) any {
	if text, ok := unquote(bytes.TrimSpace(content)); ok && bytes.TrimSpace(content)[0] == '"' {
		return string(text)
	}
	return content
}
