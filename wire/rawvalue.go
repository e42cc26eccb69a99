package wire

import (
	"encoding/json"
	"errors"
	"strings"
	"unsafe"
)

// Text returns the string that raw is the JSON text of; ok is false if it is
// none. The string does not share the memory of raw.
func Text(raw json.RawMessage) (text string, ok bool) {
	s := scanner{src: string(raw), maxDepth: 1}
	from, to := s.whole()
	if to < 0 || s.src[from] != '"' {
		return "", false
	}
	body := s.src[from+1 : to-1]
	if _, escaped := s.str(from + 1); escaped {
		return string(unescape(nil, body)), true
	}
	return body, true
}

// Elements returns the elements of the array that raw is the JSON text of, which
// view raw; ok is false if it is none.
func Elements(raw json.RawMessage) (list []json.RawMessage, ok bool) {
	s := scanner{src: unsafe.String(unsafe.SliceData(raw), len(raw)), maxDepth: maxNesting}
	i, to := s.whole()
	if to < 0 || s.src[i] != '[' {
		return nil, false
	}
	for i = s.space(i + 1); s.src[i] != ']'; {
		end := s.skip(i)
		list = append(list, raw[i:end:end])
		if i = s.space(end); s.src[i] == ',' {
			i = s.space(i + 1)
		}
	}
	return list, true
}

// AppendString appends s as a JSON string. What is not valid UTF-8 in it is
// replaced by U+FFFD.
func AppendString(dst []byte, s string) []byte {
	var e encoder
	return e.str(dst, strings.ToValidUTF8(s, "\uFFFD"))
}

// AppendRaw appends raw without white space between its tokens. It fails if raw
// is not the text of a JSON value.
func AppendRaw(dst []byte, raw json.RawMessage) ([]byte, error) {
	var e encoder
	out := e.raw(dst, raw)
	if e.err != nil {
		return dst, errors.New(e.err.Msg)
	}
	return out, nil
}
