package main

import (
	"github.com/bytedance/sonic"
	"github.com/bytedance/sonic/encoder"
)

var sonicLibrary = library{
	name:      "sonic",
	module:    "github.com/bytedance/sonic",
	unmarshal: sonic.Unmarshal,
	marshal:   sonic.Marshal,
	writer: func() func(v any) ([]byte, error) {
		var b []byte
		return func(v any) ([]byte, error) {
			b = b[:0]
			err := encoder.EncodeInto(&b, v, 0)
			return b, err
		}
	},
	reuses: true,
}

var sonicValid = scanner{name: "sonic.Valid", module: "github.com/bytedance/sonic", scan: func(data []byte) error {
	if !sonic.Valid(data) {
		return errInvalid
	}
	return nil
}}
