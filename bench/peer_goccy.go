package main

import "github.com/goccy/go-json"

var goccy = library{
	name:      "goccy",
	module:    "github.com/goccy/go-json",
	unmarshal: json.Unmarshal,
	marshal:   json.Marshal,
}
