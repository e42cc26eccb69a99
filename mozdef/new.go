package mozdef

import "time"

// NewEvent returns an event as the official client starts one: category
// "event", severity INFO, the time at, and empty tags and details. Those two
// are written as [] and {}, never as null, for which the server would drop the
// event.
//
// Where the event is from is left to the caller, and reported as missing until
// it is there: Hostname, ProcessID, ProcessName and Source.
func NewEvent(summary string, at time.Time) *Event {
	return &Event{
		Category:  new("event"),
		Details:   new(Details),
		Severity:  new(SeverityInfo),
		Summary:   &summary,
		Tags:      []string{},
		Timestamp: new(FormatTime(at)),
	}
}

// NewCompliance returns the event that carries a compliance item, with severity
// INFO, the time at and empty tags. See NewEvent for what is left to the
// caller. If the item has no utctimestamp, it gets at.
func NewCompliance(summary string, at time.Time, item ComplianceDetails) *Compliance {
	if item.UTCTimestamp == nil {
		item.UTCTimestamp = new(FormatTime(at))
	}
	return &Compliance{
		Category:  new(ComplianceCategoryComplianceItems),
		Details:   &item,
		Severity:  new(SeverityInfo),
		Summary:   &summary,
		Tags:      []string{},
		Timestamp: new(FormatTime(at)),
	}
}

// NewAssetHint returns the event that carries an asset hint, with severity
// INFO, the time at and empty tags. See NewEvent for what is left to the
// caller. An empty hint is refused by the official client.
func NewAssetHint(summary string, at time.Time, hint AssetHintDetails) *AssetHint {
	return &AssetHint{
		Category:  new(AssetHintCategoryAssetHint),
		Details:   &hint,
		Severity:  new(SeverityInfo),
		Summary:   &summary,
		Tags:      []string{},
		Timestamp: new(FormatTime(at)),
	}
}

// NewRRA returns the event that carries a rapid risk assessment, with severity
// INFO, the time at and empty tags. See NewEvent for what is left to the
// caller. An empty assessment is refused by the official client.
func NewRRA(summary string, at time.Time, assessment RRADetails) *RRA {
	return &RRA{
		Category:  new(RRACategoryRRAData),
		Details:   &assessment,
		Severity:  new(SeverityInfo),
		Summary:   &summary,
		Tags:      []string{},
		Timestamp: new(FormatTime(at)),
	}
}

// NewVulnerability returns a message that tells the server, in version 1, that
// asset has the vulnerability vuln. sourcename names the reporting system, and
// description what reports it. The server wants every member that the official
// client sends; Check lists those that asset and vuln still lack.
func NewVulnerability(sourcename, description string, at time.Time, asset VulnerabilityAsset, vuln Vuln) *Vulnerability {
	if vuln.CVEs == nil {
		vuln.CVEs = []string{}
	}
	return &Vulnerability{
		UTCTimestamp: new(FormatTime(at)),
		Description:  &description,
		Vuln:         &vuln,
		Asset:        &asset,
		SourceName:   &sourcename,
	}
}

// NewVulnerabilityV2 returns a message that tells the server, in version 2,
// what a scan of one asset found. zone, sourcename, hostname and ipaddress must
// not be empty; together they identify the message: a later one replaces it.
func NewVulnerabilityV2(zone, sourcename, hostname, ipaddress, description string, at time.Time) *VulnerabilityV2 {
	return &VulnerabilityV2{
		Description:           &description,
		UTCTimestamp:          new(FormatTime(at)),
		SourceName:            &sourcename,
		Vulnerabilities:       []VulnerabilityV2Finding{},
		ExemptVulnerabilities: []VulnerabilityV2Finding{},
		Version:               new(Int(2)),
		Zone:                  &zone,
		Asset:                 &VulnerabilityV2Asset{Hostname: &hostname, IPAddress: &ipaddress},
	}
}

// NewAlert returns an alert as the server makes one from the events given, with
// severity NOTICE, the time at and empty tags.
func NewAlert(category, summary string, at time.Time, events ...AlertEvent) *Alert {
	if events == nil {
		events = []AlertEvent{}
	}
	return &Alert{
		UTCTimestamp: new(FormatTime(at)),
		Severity:     new(SeverityNotice),
		Summary:      &summary,
		Category:     &category,
		Tags:         []string{},
		Events:       events,
	}
}
