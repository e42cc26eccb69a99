package mozdef_test

import (
	"bytes"
	"slices"
	"testing"
	"time"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/mozdef"
)

// TestConstructors checks that what the constructors make is valid, and holds
// no null, which the server would take for something else than absence.
func TestConstructors(t *testing.T) {
	at := time.Date(2026, 3, 9, 8, 14, 55, 0, time.UTC)
	finding := mozdef.Vuln{
		Status: new("open"), VulnID: new("scan:1"), Title: new("Outdated library"), DiscoveryTime: new(int64(1772924412)),
		AgeDays: new(1.5), KnownMalware: new(false), KnownExploits: new(false), CVSS: new(5.0),
	}
	asset := mozdef.VulnerabilityAsset{
		AssetID: new(mozdef.Int(7)), IPv4Address: new("192.0.2.7"), Hostname: new("db7.example.org"), MACAddress: new(""),
	}
	item := mozdef.ComplianceDetails{
		Target: new("db7.example.org"), Compliance: new(true), Link: new("https://audit.example.org/7"),
		Policy: &mozdef.CompliancePolicy{Level: new("high"), Name: new("databases"), URL: new("https://wiki.example.org/db")},
		Checked: &mozdef.ComplianceCheck{
			Description: new("TLS is required"), Location: new("endpoint"), Name: new("TLS"), Ref: new("dbtls1"),
			Test: &mozdef.ComplianceTest{Type: new("file"), Value: new("/etc/db.conf")},
		},
	}
	for class, m := range map[string]secmodel.Message{
		mozdef.ClassEvent:           mozdef.NewEvent("something happened", at),
		mozdef.ClassCompliance:      mozdef.NewCompliance("db7 complies with dbtls1", at, item),
		mozdef.ClassAssetHint:       mozdef.NewAssetHint("seen", at, mozdef.AssetHintDetails{Hostname: new("db7.example.org")}),
		mozdef.ClassRRA:             mozdef.NewRRA("RRA of tickets", at, mozdef.RRADetails{Metadata: &mozdef.RRAMetadata{Service: new("tickets")}}),
		mozdef.ClassVulnerability:   mozdef.NewVulnerability("scan-east", "weekly scan", at, asset, finding),
		mozdef.ClassVulnerabilityV2: mozdef.NewVulnerabilityV2("dmz", "scan-west", "relay1.example.org", "192.0.2.25", "scan", at),
		mozdef.ClassAlert:           mozdef.NewAlert("bruteforce", "12 failed logins", at),
	} {
		if err := m.Validate(); err != nil {
			t.Errorf("%s: %v", class, err)
		}
		if got := m.Identity().Class; got != class {
			t.Errorf("class is %s, want %s", got, class)
		}
		data, err := m.AppendJSON(nil)
		if err != nil || bytes.Contains(data, []byte("null")) {
			t.Errorf("%s: %s, %v", class, data, err)
		}
		if got, _ := classOf(t, data); got != class {
			t.Errorf("%s is taken for %s", data, got)
		}
	}
	if item.UTCTimestamp != nil || finding.CVEs != nil {
		t.Error("a constructor has changed what it was given")
	}
}

// TestNewEventLacksItsOrigin checks that only what the caller has to add is
// reported, and nothing once it is there.
func TestNewEventLacksItsOrigin(t *testing.T) {
	event := mozdef.NewEvent("something happened", time.Now())
	var missing []string
	for _, v := range event.Check().Violations {
		missing = append(missing, v.Pointer)
	}
	if want := []string{"/hostname", "/processid", "/processname", "/source"}; !slices.Equal(missing, want) {
		t.Errorf("missing %q, want %q", missing, want)
	}
	event.Hostname, event.ProcessName, event.Source = new("db7.example.org"), new("backup"), new("backup")
	event.ProcessID = new(mozdef.Int(812))
	if report := event.Check(); len(report.Violations) > 0 {
		t.Errorf("complete, but %v", report.Violations)
	}
}

func TestNew(t *testing.T) {
	for _, class := range classes {
		m := mozdef.New(class)
		if m == nil || m.Identity().Class != class {
			t.Errorf("New(%q) = %v", class, m)
		}
		if data, err := m.AppendJSON(nil); string(data) != "{}" || err != nil {
			t.Errorf("an empty %s is %s, %v", class, data, err)
		}
	}
	if m := mozdef.New("events"); m != nil {
		t.Errorf("New of no class = %T", m)
	}
}

func TestVersions(t *testing.T) {
	versions := mozdef.Versions()
	if !slices.Equal(versions, []string{mozdef.Version}) {
		t.Fatalf("versions are %q", versions)
	}
	versions[0] = "x"
	if mozdef.Versions()[0] != mozdef.Version {
		t.Error("the slice is not the caller's")
	}
}
