package jsonschema

import (
	"encoding/json"
	"net/url"
	"strings"
)

// identifier returns the identifier that a schema gives itself, "" if it has
// none.
func identifier(schema []byte) string {
	var root map[string]json.RawMessage
	if json.Unmarshal(schema, &root) != nil {
		return ""
	}
	for _, name := range [...]string{"$id", "id"} {
		var id string
		if json.Unmarshal(root[name], &id) == nil && id != "" {
			return id
		}
	}
	return ""
}

// unescape makes a JSON Pointer of a location in a document, which is also
// escaped as part of a URI.
func unescape(location string) string {
	if s, err := url.PathUnescape(location); err == nil {
		return s
	}
	return location
}

// member returns the name that a reference token stands for.
func member(token string) string {
	return strings.ReplaceAll(strings.ReplaceAll(token, "~1", "/"), "~0", "~")
}
