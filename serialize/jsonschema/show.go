package jsonschema

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"unicode/utf8"
)

// maxShown is how many characters of a value messages show, and maxListed how
// many values of a list.
const (
	maxShown  = 40
	maxListed = 8
)

// show writes a value for a message.
func show(v any) string {
	switch v := v.(type) {
	case map[string]any:
		return "the object"
	case []any:
		return "the array"
	case string:
		return quote(v)
	}
	return shorten(string(marshal(v)))
}

// shows lists values for a message.
func shows(list []any) string {
	var b strings.Builder
	for i, v := range list {
		switch {
		case i == maxListed:
			b.WriteString(", … (" + strconv.Itoa(len(list)) + " in all)")
			return b.String()
		case i > 0:
			b.WriteString(", ")
		}
		b.WriteString(shorten(string(marshal(v))))
	}
	return b.String()
}

func quote(s string) string {
	if utf8.RuneCountInString(s) > maxShown {
		return strconv.Quote(string([]rune(s)[:maxShown])) + "…"
	}
	return strconv.Quote(s)
}

func shorten(text string) string {
	if utf8.RuneCountInString(text) > maxShown {
		return string([]rune(text)[:maxShown]) + "…"
	}
	return text
}

// marshal writes a decoded value.
func marshal(v any) json.RawMessage {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if enc.Encode(v) != nil {
		return nil // what was decoded can always be written
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

// kind names the type of a decoded value.
func kind(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case bool:
		return "a boolean"
	case string:
		return "a string"
	case json.Number:
		if strings.ContainsAny(string(v), ".eE") {
			return "a number"
		}
		return "an integer"
	case []any:
		return "an array"
	}
	return "an object"
}
