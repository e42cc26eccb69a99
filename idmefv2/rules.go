package idmefv2

import (
	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/wire"
)

func identity(m wire.Model) secmodel.Identity {
	_, version, _ := wire.VersionOf(m)
	return secmodel.Identity{Format: Format, Version: table.Versions[version], Class: Class}
}

// check validates by the tables. The Version itself is among them: an
// enumeration of which each draft has the one value that names it.
func check(m wire.Model, opts []secmodel.Option) secmodel.Report {
	c, _ := wire.NewChecker(m, Class, secmodel.NewOptions(opts...))
	c.Run(m)
	return c.Finish()
}
