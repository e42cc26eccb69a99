package idmefv2_test

import (
	"testing"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/idmefv2"
	"github.com/secmodel/secmodel/internal/jsontest"
)

// TestSuspicions: each suspicion has a document with it, and one without.
func TestSuspicions(t *testing.T) {
	jsontest.Suspect(t, idmefv2.Format, func(data []byte, opts ...secmodel.Option) secmodel.Report {
		return decode(t, data).Check(opts...)
	})
}
