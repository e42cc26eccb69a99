//go:build full

package main

import (
	"encoding/json"

	ocsf "github.com/telophasehq/go-ocsf/ocsf/v1_5_0"
)

// goOCSF has structs of OCSF 1.5.0 for encoding/json.
var goOCSF = library{
	name:      "go-ocsf",
	module:    "github.com/telophasehq/go-ocsf",
	unmarshal: json.Unmarshal,
	marshal:   json.Marshal,
	new: func(c *class) (any, string) {
		switch c.name {
		case finding.name:
			return new(ocsf.DetectionFinding), ""
		case auth.name:
			return new(ocsf.Authentication), ""
		}
		return nil, "compared on findings and authentications of OCSF only"
	},
}
