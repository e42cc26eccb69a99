package main

import (
	"encoding/json"
	"errors"
)

var encodingJSON = library{name: "encoding/json", unmarshal: json.Unmarshal, marshal: json.Marshal}

var errInvalid = errors.New("no JSON")

var validJSON = scanner{name: "json.Valid", scan: func(data []byte) error {
	if !json.Valid(data) {
		return errInvalid
	}
	return nil
}}
