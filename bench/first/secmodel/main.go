// Command secmodel times the first message, decoded and validated.
package main

import (
	"github.com/secmodel/secmodel/bench/internal/first"
	"github.com/secmodel/secmodel/idmefv2"
	"github.com/secmodel/secmodel/ocsf"
)

func main() {
	first.Run(func(class string, data []byte) error {
		if class == first.IDMEF {
			m := new(idmefv2.Message)
			if err := m.UnmarshalJSON(data); err != nil {
				return err
			}
			return m.Validate()
		}
		m := new(ocsf.DetectionFinding)
		if err := m.UnmarshalJSON(data); err != nil {
			return err
		}
		return m.Validate()
	})
}
