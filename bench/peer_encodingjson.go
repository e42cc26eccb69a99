package main

import (
	"bytes"
	"encoding/json"
	"errors"
)

var encodingJSON = library{
	name:      "encoding/json",
	unmarshal: json.Unmarshal,
	marshal:   json.Marshal,
	writer: func() func(v any) ([]byte, error) {
		var b bytes.Buffer
		e := json.NewEncoder(&b)
		return func(v any) ([]byte, error) {
			b.Reset()
			err := e.Encode(v)
			return b.Bytes(), err
		}
	},
	reuses: true,
}

var errInvalid = errors.New("no JSON")

var validJSON = scanner{name: "json.Valid", scan: func(data []byte) error {
	if !json.Valid(data) {
		return errInvalid
	}
	return nil
}}
