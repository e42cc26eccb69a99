package ocsf_test

import (
	"testing"

	"github.com/secmodel/secmodel/ocsf"
	"github.com/secmodel/secmodel/wire"
	"github.com/secmodel/secmodel/wire/wiretest"
)

// TestTables takes as roots all classes, and the objects that no attribute has.
func TestTables(t *testing.T) {
	roots := []wire.Model{
		(*ocsf.CISBenchmark)(nil), (*ocsf.Endpoint)(nil), (*ocsf.CISControl)(nil),
	}
	for _, c := range ocsf.Classes() {
		roots = append(roots, c.New())
	}
	wiretest.Tables(t, roots...)
}
