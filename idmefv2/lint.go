package idmefv2

import (
	"strings"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/lint"
	"github.com/secmodel/secmodel/wire"
)

// linter looks for what the drafts allow and what is probably still a mistake.
type linter struct {
	*lint.Findings
	m *Message
}

// suspicions are what the option secmodel.Lint asks of a check.
type suspicions struct {
	m *Message
	c *wire.Checker
}

// Suspect implements secmodel.Suspecter.
func (s *suspicions) Suspect() {
	m := s.m
	l := linter{lint.New(&s.c.Report, s.c.Options.MaxViolations), m}
	l.time("CreateTime", m.CreateTime)
	l.time("StartTime", m.StartTime)
	l.time("EndTime", m.EndTime)
	l.time("ReportTime", m.ReportTime)
	l.order()
	l.cause()
	l.confidence()
	l.severity()
	l.twins()
	l.text(root, "OrganisationName", m.OrganisationName)
	l.text(root, "OrganisationId", m.OrganisationID)
	l.text(root, "EntityName", m.EntityName)
	l.text(root, "EntityId", m.EntityID)
	l.uuid(root, m.ID)
	if x := m.Analyzer; x != nil {
		l.observer(node{"Analyzer", -1}, x.ID, x.IP, x.Name, x.Hostname, x.GeoLocation)
	}
	for i := range m.Sensor {
		x := &m.Sensor[i]
		l.observer(node{"Sensor", i}, x.ID, x.IP, x.Name, x.Hostname, x.GeoLocation)
	}
	for i := range m.Source {
		x, n := &m.Source[i], node{"Source", i}
		l.party(n, x.ID, x.IP, x.Hostname, x.User, x.Email, x.GeoLocation)
		l.addressLocation(n, x.IP, x.GeoLocation)
		l.protocols(n, x.Protocol)
	}
	for i := range m.Target {
		x := &m.Target[i]
		l.party(node{"Target", i}, x.ID, x.IP, x.Hostname, x.User, x.Email, x.GeoLocation)
	}
	for i := range m.Vector {
		x := &m.Vector[i]
		l.uuid(node{"Vector", i}, x.ID)
		l.nullIsland(node{"Vector", i}, x.GeoLocation)
	}
	for i := range m.Attachment {
		l.hashOfNothing(node{"Attachment", i}, &m.Attachment[i])
	}
}

// observer judges what saw the event: it knows its own address.
func (l *linter) observer(n node, id, ip, name, hostname, geo *string) {
	l.uuid(n, id)
	l.address(n, ip, true)
	l.text(n, "Name", name)
	l.hostname(n, hostname, ip, true)
	l.nullIsland(n, geo)
}

// party judges a source or target.
func (l *linter) party(n node, id, ip, hostname, user, email, geo *string) {
	l.uuid(n, id)
	l.address(n, ip, false)
	l.hostname(n, hostname, ip, false)
	l.text(n, "User", user)
	l.email(n, email)
	l.nullIsland(n, geo)
}

func (l *linter) placeholder(at place, value, why string) {
	l.Add(secmodel.CodePlaceholder, at.pointer(), value, nil, "%s %q %s", at.name, value, why)
}

func (l *linter) example(at place, value string) {
	l.Add(secmodel.CodeExample, at.pointer(), value, nil, "%s %q is set aside for documentation", at.name, value)
}

const noValue = "stands for no value"

// text judges a name.
func (l *linter) text(n node, name string, text *string) {
	if text != nil && lint.Placeholder(*text) {
		l.placeholder(n.member(name), *text, noValue)
	}
}

// uuid judges an ID.
func (l *linter) uuid(n node, id *string) {
	switch {
	case id == nil:
	case lint.PlaceholderUUID(*id):
		l.placeholder(n.member("ID"), *id, "is the UUID of nothing")
	case lint.ExampleUUID(*id):
		l.example(n.member("ID"), *id)
	}
}

// address judges an IP. Of what saw the event, the loopback address says
// nothing; a source or target may be the host that reports.
func (l *linter) address(n node, ip *string, observer bool) {
	if ip == nil {
		return
	}
	switch kind := lint.KindOf(*ip); {
	case kind == lint.Unspecified:
		l.placeholder(n.member("IP"), *ip, "is the address of no host")
	case kind == lint.Broadcast && n.class != "Target":
		l.placeholder(n.member("IP"), *ip, "is the address of every host")
	case kind == lint.Loopback && observer:
		l.placeholder(n.member("IP"), *ip, "is the address of every host to itself")
	case kind == lint.Documentation:
		l.example(n.member("IP"), *ip)
	}
}

// hostname judges the name of a host.
func (l *linter) hostname(n node, name, ip *string, observer bool) {
	if name == nil {
		return
	}
	switch at := n.member("Hostname"); {
	case lint.Placeholder(*name):
		l.placeholder(at, *name, noValue)
	case lint.LocalName(*name) && (observer || ip != nil && lint.KindOf(*ip) != lint.Loopback):
		l.placeholder(at, *name, "is what every host calls itself")
	case lint.ExampleName(*name):
		l.example(at, *name)
	}
}

// email judges an address of email.
func (l *linter) email(n node, email *string) {
	switch {
	case email == nil:
	case lint.Placeholder(*email):
		l.placeholder(n.member("Email"), *email, noValue)
	case lint.ExampleEmail(*email):
		l.example(n.member("Email"), *email)
	}
}

// protocols finds names that stand for none: the connector for Suricata writes
// UNKNOWN.
func (l *linter) protocols(n node, list []string) {
	for i, name := range list {
		if lint.Placeholder(name) {
			l.placeholder(n.element("Protocol", i), name, noValue)
		}
	}
}

// hashOfNothing finds the hash of no content, of an attachment that is not said
// to be empty.
func (l *linter) hashOfNothing(n node, x *Attachment) {
	if secmodel.Or(x.Size, -1) == 0 {
		return
	}
	for i, hash := range x.Hash {
		_, digits, _ := strings.Cut(hash, ":")
		switch function := lint.EmptyHash(digits); {
		case function != "":
			l.Add(secmodel.CodeHashOfNothing, n.element("Hash", i).pointer(), hash, nil,
				"the value is the %s of no bytes at all; perhaps the content was not read", function)
		case lint.PlaceholderHash(digits):
			l.placeholder(n.element("Hash", i), hash, "is no hash")
		}
	}
}
