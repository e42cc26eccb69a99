package main

import "github.com/valyala/fastjson"

// newFastjson parses to a tree that it uses again.
func newFastjson() scanner {
	var p fastjson.Parser
	return scanner{name: "fastjson parse", module: "github.com/valyala/fastjson", scan: func(data []byte) error {
		_, err := p.ParseBytes(data)
		return err
	}}
}
