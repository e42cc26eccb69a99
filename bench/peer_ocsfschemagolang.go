//go:build full

package main

import (
	"fmt"

	"github.com/valllabh/ocsf-schema-golang/ocsf/v1_2_0/events/findings"
	"github.com/valllabh/ocsf-schema-golang/ocsf/v1_2_0/events/iam"
	"github.com/valllabh/ocsf-schema-golang/ocsfjson"
)

// ocsfSchemaGolang has Protocol Buffers of OCSF 1.2.0.
var ocsfSchemaGolang = library{
	name:   "ocsf-schema-golang",
	module: "github.com/valllabh/ocsf-schema-golang",
	unmarshal: func(data []byte, v any) error {
		return ocsfjson.Unmarshal(data, v.(ocsfjson.BaseEvent))
	},
	marshal: func(v any) ([]byte, error) {
		e, ok := v.(ocsfjson.BaseEvent)
		if !ok {
			return nil, fmt.Errorf("%T is no event", v)
		}
		return ocsfjson.Marshal(e)
	},
	new: func(c *class) (any, string) {
		switch c.name {
		case finding.name:
			return new(findings.DetectionFinding), ""
		case auth.name:
			return new(iam.Authentication), ""
		}
		return nil, "compared on findings and authentications of OCSF only"
	},
}
