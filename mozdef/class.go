package mozdef

import "github.com/secmodel/secmodel"

// Format is the name of the format in identities.
const Format = "mozdef"

// The classes, as identities name them.
const (
	ClassEvent           = "event"
	ClassCompliance      = "compliance"
	ClassVulnerability   = "vulnerability"
	ClassVulnerabilityV2 = "vulnerability_v2"
	ClassAssetHint       = "asset_hint"
	ClassRRA             = "rra"
	ClassAlert           = "alert"
)

// New returns an empty message of the class, nil if there is none of that name.
func New(class string) secmodel.Message {
	switch class {
	case ClassEvent:
		return new(Event)
	case ClassCompliance:
		return new(Compliance)
	case ClassVulnerability:
		return new(Vulnerability)
	case ClassVulnerabilityV2:
		return new(VulnerabilityV2)
	case ClassAssetHint:
		return new(AssetHint)
	case ClassRRA:
		return new(RRA)
	case ClassAlert:
		return new(Alert)
	}
	return nil
}

// Evidence finds out which class a document is, by the rules in the package
// comment. Show it the members of the root one after another; the zero Evidence
// is ready.
type Evidence struct {
	category, vulnState        string // class by category; type
	hasCategory                bool
	vuln, asset                bool
	sourcename, zone, version2 bool
	events, bot, documented    bool
	supplied                   string // attribute of a member in a shipper's spelling
	suppliedTwo                bool   // and of another one
}

// Member takes note of a member of the root and its JSON value, which is not
// kept. Of members with the same name the last counts.
func (e *Evidence) Member(name string, value []byte) {
	switch name {
	case "category":
		e.documented, e.hasCategory = true, true
		e.category = classOf(text(value))
	case "type":
		e.vulnState = text(value)
		e.supply(name)
	case "vuln":
		e.vuln = true
	case "asset":
		e.asset = true
	case "sourcename":
		e.sourcename = true
		e.supply(name)
	case "zone":
		e.zone = true
	case "version":
		e.version2 = text(value) == "2" || string(value) == "2"
	case "events":
		e.events = len(value) > 0 && value[0] == '['
	case "notify_mozdefbot":
		e.bot = true
	case "details", "hostname", "processid", "processname", "severity", "source", "summary", "tags",
		"timestamp", "utctimestamp", "receivedtimestamp", "mozdefhostname", "eventsource":
		e.documented = true
	default:
		e.supply(name)
	}
}

// supply notes which attribute a member in a shipper's spelling stands for.
func (e *Evidence) supply(name string) {
	if e.suppliedTwo {
		return
	}
	switch to := stored(name, false); {
	case to == "":
	case e.supplied == "":
		e.supplied = to
	default:
		e.suppliedTwo = to != e.supplied
	}
}

// Class returns the class of the document, and whether it is one of MozDef.
func (e *Evidence) Class() (class string, ok bool) {
	switch {
	case e.category != "":
		return e.category, true
	case e.vulnState == "vulnerability_state" || !e.hasCategory && (e.vuln || e.asset || e.sourcename && e.zone):
		if e.version2 {
			return ClassVulnerabilityV2, true
		}
		return ClassVulnerability, true
	case e.bot || e.events:
		return ClassAlert, true
	case e.documented || e.suppliedTwo:
		return ClassEvent, true
	}
	return "", false
}

// classOf returns the class that a category stands for, "" for that of events.
func classOf(category string) string {
	switch category {
	case string(ComplianceCategoryComplianceItems):
		return ClassCompliance
	case string(AssetHintCategoryAssetHint):
		return ClassAssetHint
	case string(RRACategoryRRAData):
		return ClassRRA
	}
	return ""
}

// text returns the string that a JSON value is, "" if it is none.
func text(value []byte) string {
	s, _ := stringOf(value)
	return s
}
