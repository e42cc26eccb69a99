package idmefv2_test

import (
	"testing"

	"github.com/secmodel/secmodel/idmefv2"
	"github.com/secmodel/secmodel/wire/wiretest"
)

func TestTables(t *testing.T) { wiretest.Tables(t, (*idmefv2.Message)(nil)) }
