package ocsf_test

import (
	"testing"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/jsontest"
	"github.com/secmodel/secmodel/ocsf"
)

// TestSuspicions: each suspicion has a document with it, and one without.
func TestSuspicions(t *testing.T) {
	jsontest.Suspect(t, ocsf.Format, func(data []byte, opts ...secmodel.Option) secmodel.Report {
		return read(t, data).Check(opts...)
	})
}
