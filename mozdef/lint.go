package mozdef

import (
	"slices"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/lint"
	"github.com/secmodel/secmodel/wire"
)

// linter looks for what the server takes and what is probably still a mistake.
type linter struct{ *lint.Findings }

// suspicions are what the option secmodel.Lint asks of a check.
type suspicions struct {
	m wire.Model
	c *wire.Checker
}

// Suspect implements secmodel.Suspecter.
func (s *suspicions) Suspect() {
	report := &s.c.Report
	l := linter{lint.New(report, s.c.Options.MaxViolations)}
	known := len(report.Violations)
	switch m := s.m.(type) {
	case *Event:
		l.envelope(m.Hostname, m.ProcessName, m.Source, m.Category)
		l.times(m.envelope(), m.ReceivedTimestamp)
		l.details(m.Details)
		l.outcome(m.Summary, m.Details)
		l.severity(m.Severity, m.Details)
	case *AssetHint:
		l.envelope(m.Hostname, m.ProcessName, m.Source, nil)
		l.times(m.envelope(), m.ReceivedTimestamp)
		l.assetHint(m.Details)
	case *RRA:
		l.envelope(m.Hostname, m.ProcessName, m.Source, nil)
		l.times(m.envelope(), m.ReceivedTimestamp)
	case *Compliance:
		l.envelope(m.Hostname, m.ProcessName, m.Source, nil)
		l.times(m.envelope(), m.ReceivedTimestamp)
		l.compliance(m)
	case *Vulnerability:
		l.time("/utctimestamp", m.UTCTimestamp)
		l.vulnerability(m)
	case *VulnerabilityV2:
		l.time("/utctimestamp", m.UTCTimestamp)
		l.scan(m)
	case *Alert:
		l.time("/utctimestamp", m.UTCTimestamp)
		l.details(m.Details)
		l.outcome(m.Summary, m.Details)
		l.severity(m.Severity, m.Details)
	}
	if len(report.Violations) > known {
		rank := ranks(s.m)
		slices.SortStableFunc(report.Violations, func(a, b secmodel.Violation) int { return rank(a.Pointer) - rank(b.Pointer) })
	}
}

// envelope judges where an event is from.
func (l linter) envelope(hostname, processname, source, category *string) {
	l.host("/hostname", hostname, true)
	l.text("/processname", processname)
	l.text("/source", source)
	l.text("/category", category)
}

// assetHint judges what a hint says of a host.
func (l linter) assetHint(d *AssetHintDetails) {
	if d == nil {
		return
	}
	l.host("/details/hostname", d.Hostname, true)
	for i, ip := range d.IPv4 {
		l.address(element("/details/ipv4", i), &ip, true)
	}
	for i, ip := range d.IPv6 {
		l.address(element("/details/ipv6", i), &ip, true)
	}
	for i, mac := range d.MACAddress {
		l.mac(element("/details/macaddress", i), &mac)
	}
}
