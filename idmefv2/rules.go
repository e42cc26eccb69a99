package idmefv2

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/wire"
)

func identity(m wire.Model) secmodel.Identity {
	_, version, _ := wire.VersionOf(m)
	return secmodel.Identity{Format: Format, Version: table.Versions[version], Class: Class}
}

// check validates by the tables, then by the rules of the text. The Version
// itself is among the tables: an enumeration of which each draft has the one
// value that names it.
func check(model wire.Model, o secmodel.Options) secmodel.Report {
	m := model.(*Message)
	c, _ := wire.NewChecker(m, Class, o)
	// A rule says nothing of what the tables have found already, warnings included.
	c.Options.ErrorsOnly = o.ErrorsOnly && !o.Text
	c.Run(m)
	r := ruling{c: c, m: m, draft: 1 << c.Version, severity: secmodel.Warning, judged: len(c.Report.Violations)}
	if c.Options.Text {
		r.severity = secmodel.Error
	}
	if !c.Options.ErrorsOnly {
		r.message()
	}
	if o.Lint != nil && !o.ErrorsOnly {
		o.Lint(&suspicions{m, c})
	}
	if o.ErrorsOnly {
		c.Report.Violations = slices.DeleteFunc(c.Report.Violations, func(v secmodel.Violation) bool { return v.Severity != secmodel.Error })
	}
	inOrder := func(a, b secmodel.Violation) int { return comparePointers(a.Pointer, b.Pointer) }
	if list := c.Report.Violations; len(list) > 1 && !slices.IsSortedFunc(list, inOrder) {
		slices.SortStableFunc(list, inOrder)
	}
	return c.Finish()
}

// ruling is the check of one message by the rules of the text. A rule costs
// next to nothing, and allocates nothing, as long as it finds nothing and the
// attribute it is about is absent.
type ruling struct {
	c        *wire.Checker
	m        *Message
	draft    wire.Versions // the one that the message is judged by
	severity secmodel.Severity
	failed   bool // an error has been added
	// judged is the number of violations that the tables found; reported holds
	// their pointers, once they are needed.
	judged   int
	reported map[string]bool
	// names gives the first attachment of a name, where there are many.
	names map[string]int
}

// node is an object of the message: the message itself, one of a list, or the
// Analyzer.
type node struct {
	class string // "" for the message itself
	index int    // in its list; -1 if it is in none
}

// root is the message itself.
var root = node{index: -1}

// place is where a value stands: a member of a node, or an element of one.
type place struct {
	node
	name string // "" for the node itself
	elem int    // -1 for the member itself
}

func (n node) member(name string) place         { return place{n, name, -1} }
func (n node) element(name string, i int) place { return place{n, name, i} }

func (p place) pointer() string {
	b := make([]byte, 0, 48)
	if p.class != "" {
		b = wire.AppendPointer(b, p.class)
	}
	if p.index >= 0 {
		b = strconv.AppendInt(append(b, '/'), int64(p.index), 10)
	}
	if p.name != "" {
		b = wire.AppendPointer(b, p.name)
	}
	if p.elem >= 0 {
		b = strconv.AppendInt(append(b, '/'), int64(p.elem), 10)
	}
	return string(b)
}

// add reports that a rule is broken.
func (r *ruling) add(code string, at place, value, expected any, format string, args ...any) {
	if r.c.Report.Truncated && (r.severity == secmodel.Warning || r.failed) {
		return
	}
	pointer := at.pointer()
	if r.judged > 0 && r.isReported(pointer) {
		return
	}
	r.failed = r.failed || r.severity == secmodel.Error
	r.c.Add(secmodel.Violation{
		Severity: r.severity, Code: code, Pointer: pointer,
		Message: fmt.Sprintf(format, args...), Value: value, Expected: expected,
	})
}

// isReported reports whether the tables found fault with the value at pointer,
// or with what it is in.
func (r *ruling) isReported(pointer string) bool {
	if r.reported == nil {
		r.reported = make(map[string]bool, r.judged)
		for _, v := range r.c.Report.Violations[:r.judged] {
			r.reported[v.Pointer] = v.Pointer != ""
		}
	}
	for {
		if r.reported[pointer] {
			return true
		}
		i := strings.LastIndexByte(pointer, '/')
		if i < 0 {
			return false
		}
		pointer = pointer[:i]
	}
}

// message applies every rule, in the order of attributes.
func (r *ruling) message() {
	m := r.m
	r.uuid(root, m.ID)
	r.organisation()
	r.extension(root, "Category", marked(m.Category), m.ExtCategory != nil, valued(m.ExtCategory), m.Extra)
	r.status()
	r.confidence()
	r.times()
	r.uris(root, "Ref", m.Ref)
	r.relations("CorrelID", m.CorrelID)
	r.conditions()
	r.relations("PredID", m.PredID)
	r.relations("RelID", m.RelID)
	if m.Analyzer != nil {
		r.analyzer(node{"Analyzer", -1}, m.Analyzer)
	}
	for i := range m.Sensor {
		r.sensor(node{"Sensor", i}, &m.Sensor[i])
	}
	for i := range m.Source {
		r.source(node{"Source", i}, &m.Source[i])
	}
	for i := range m.Target {
		r.target(node{"Target", i}, &m.Target[i])
	}
	for i := range m.Vector {
		r.vector(node{"Vector", i}, &m.Vector[i])
	}
	for i := range m.Attachment {
		r.attachment(node{"Attachment", i}, &m.Attachment[i])
	}
}

func (r *ruling) analyzer(n node, x *Analyzer) {
	r.identifier(n, x.ID, x.Extra)
	r.address(n, x.IP)
	r.hostname(n, x.Hostname)
	r.extension(n, "Category", marked(x.Category), x.ExtCategory != nil, valued(x.ExtCategory), x.Extra)
	r.extension(n, "Data", marked(x.Data), x.ExtData != nil, valued(x.ExtData), x.Extra)
	r.extension(n, "Method", marked(x.Method), x.ExtMethod != nil, valued(x.ExtMethod), x.Extra)
	r.location(n, x.GeoLocation, x.UnLocation)
}

func (r *ruling) sensor(n node, x *Sensor) {
	r.identifier(n, x.ID, x.Extra)
	r.address(n, x.IP)
	r.hostname(n, x.Hostname)
	r.location(n, x.GeoLocation, x.UnLocation)
	r.captureZone(n, x.CaptureZone)
}

func (r *ruling) source(n node, x *Source) {
	r.identifier(n, x.ID, x.Extra)
	r.address(n, x.IP)
	r.hostname(n, x.Hostname)
	r.intelligence(n, &sourceType, x.TI)
	r.email(n, x.Email)
	r.protocols(n, x.Protocol)
	r.ports(n, x.Port)
	r.location(n, x.GeoLocation, x.UnLocation)
	r.references(n, x.Attachment)
}

func (r *ruling) target(n node, x *Target) {
	r.identifier(n, x.ID, x.Extra)
	r.address(n, x.IP)
	r.hostname(n, x.Hostname)
	r.email(n, x.Email)
	r.ports(n, x.Port)
	r.location(n, x.GeoLocation, x.UnLocation)
	r.references(n, x.Attachment)
}

func (r *ruling) vector(n node, x *Vector) {
	r.identifier(n, x.ID, x.Extra)
	r.extension(n, "Category", marked(x.Category), x.ExtCategory != nil, secmodel.Or(x.ExtCategory, "") != "", x.Extra)
	r.intelligence(n, &vectorType, x.TI)
	r.location(n, x.GeoLocation, x.UnLocation)
	r.references(n, x.Attachment)
}

func (r *ruling) attachment(n node, x *Attachment) {
	r.uniqueName(n, x.Name)
	r.somewhere(n, x)
	r.contentType(n, x.ContentType)
	r.uris(n, "Ref", x.Ref)
	r.uris(n, "ExternalURI", x.ExternalURI)
	r.content(n, x)
}

// has reports whether an object has a member that does not fit its field.
func has(extra map[string]json.RawMessage, name string) bool {
	_, ok := extra[name]
	return ok
}
