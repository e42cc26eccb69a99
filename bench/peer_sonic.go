package main

import "github.com/bytedance/sonic"

var sonicLibrary = library{name: "sonic", module: "github.com/bytedance/sonic", unmarshal: sonic.Unmarshal, marshal: sonic.Marshal}

var sonicValid = scanner{name: "sonic.Valid", module: "github.com/bytedance/sonic", scan: func(data []byte) error {
	if !sonic.Valid(data) {
		return errInvalid
	}
	return nil
}}
