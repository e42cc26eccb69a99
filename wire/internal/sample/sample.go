// Package sample is a generated model with every kind of attribute, and every
// way in which versions differ, to test the engine with.
package sample

//go:generate go run ../../../gen -schema sample.schema.json -out . -package sample

import (
	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/wire"
)

// IntOrString holds the JSON text of an integer or a string.
type IntOrString string

func identity(m wire.Model) secmodel.Identity {
	_, version, _ := wire.VersionOf(m)
	return secmodel.Identity{Format: "sample", Version: table.Versions[version], Class: "thing"}
}

func check(m wire.Model, o secmodel.Options) secmodel.Report {
	c, _ := wire.NewChecker(m, "thing", o)
	if x := m.(*Thing); x.Meta != nil {
		for _, name := range x.Meta.Profiles {
			for i, p := range table.Profiles {
				if p == name {
					c.Profiles |= 1 << i
				}
			}
		}
	}
	c.Run(m)
	return c.Finish()
}
