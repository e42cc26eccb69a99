package main

import (
	"testing"

	"example.com/inventory/acme"
	"example.com/inventory/asset"
	"example.com/inventory/device"
	"example.com/inventory/finding"
	"example.com/inventory/scan"
	"example.com/inventory/ticket"

	"github.com/secmodel/secmodel/wire/wiretest"
)

func TestTables(t *testing.T) {
	wiretest.Tables(t, (*acme.Door)(nil))
	wiretest.Tables(t, (*asset.Asset)(nil))
	wiretest.Tables(t, (*device.Device)(nil))
	wiretest.Tables(t, (*finding.Finding)(nil))
	wiretest.Tables(t, (*scan.Scan)(nil))
	wiretest.Tables(t, (*ticket.Ticket)(nil))
}
