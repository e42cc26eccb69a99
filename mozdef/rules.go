package mozdef

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/wire"
)

// identity implements Identity of all classes. The version is not one that the
// document could name.
func identity(m wire.Model) secmodel.Identity {
	t, typ, _ := m.WireModel()
	return secmodel.Identity{Format: t.Format, Version: Version, Class: typ.Name}
}

// check implements Check of all classes: the tables say what a document has to
// look like, the rules what a server does with one that does not.
func check(m wire.Model, o secmodel.Options) secmodel.Report {
	var r ruling
	switch m := m.(type) {
	case *Event:
		r.category(m.Category)
		r.envelope(m.envelope())
		r.eventDetails(m.Details)
		r.content(m, m.envelope(), m.Category != nil, m.Details != nil, o)
	case *AssetHint:
		r.envelope(m.envelope())
		r.content(m, m.envelope(), m.Category != nil, m.Details != nil, o)
	case *RRA:
		r.envelope(m.envelope())
		r.content(m, m.envelope(), m.Category != nil, m.Details != nil, o)
	case *Compliance:
		r.envelope(m.envelope())
		r.content(m, m.envelope(), m.Category != nil, m.Details != nil, o)
		if m.Details != nil {
			r.storedTime("/details/utctimestamp", m.Details.UTCTimestamp)
		}
	case *Vulnerability:
		r.noVersion(m.Extra)
		r.storedTime("/utctimestamp", m.UTCTimestamp)
	case *VulnerabilityV2:
		r.version2(m)
		r.storedTime("/utctimestamp", m.UTCTimestamp)
	case *Alert:
		r.alert(m)
	}
	c, _ := wire.NewChecker(m, identity(m).Class, o)
	c.Drop = r.knowsBetter()
	c.Run(m)
	if c.Drop != nil {
		c.Drop = nil
		r.merge(m, c)
	}
	if o.Lint != nil && !o.ErrorsOnly {
		o.Lint(&suspicions{m, c})
	}
	return c.Finish()
}

// ruling is what the rules find.
type ruling struct {
	found []secmodel.Violation
	// supplied holds the attributes that a member of another name provides.
	supplied []string
}

func (r *ruling) add(severity secmodel.Severity, code, pointer string, value, expected any, message string) {
	r.found = append(r.found, secmodel.Violation{
		Severity: severity, Code: code, Pointer: pointer, Value: value, Expected: expected, Message: wire.Brief(message),
	})
}

// knowsBetter returns the test for what the tables find and the rules contradict:
// at one place a rule knows better, except for what an attribute may be, which
// only the tables say.
func (r *ruling) knowsBetter() func(code, pointer string) bool {
	if len(r.found) == 0 && len(r.supplied) == 0 {
		return nil
	}
	judged := make(map[string]bool, len(r.found))
	for i := range r.found {
		judged[r.found[i].Pointer] = true
	}
	return func(code, pointer string) bool {
		if code == secmodel.CodeRequiredMissing {
			return slices.Contains(r.supplied, pointer)
		}
		return (code == secmodel.CodeWrongType || code == secmodel.CodeUnknown) && judged[pointer]
	}
}

// merge brings the findings of the rules into the report of the tables. The order
// is that of the attributes.
func (r *ruling) merge(m wire.Model, c *wire.Checker) {
	list := append(c.Report.Violations, r.found...)
	if c.Options.ErrorsOnly {
		list = slices.DeleteFunc(list, func(v secmodel.Violation) bool { return v.Severity != secmodel.Error })
	}
	rank := ranks(m)
	slices.SortStableFunc(list, func(a, b secmodel.Violation) int { return rank(a.Pointer) - rank(b.Pointer) })
	if most := c.Options.MaxViolations; most > 0 && len(list) > most {
		slices.SortStableFunc(list, func(a, b secmodel.Violation) int { return int(a.Severity) - int(b.Severity) })
		list = list[:most]
		c.Report.Truncated = true
	}
	c.Report.Violations = list
}

// ranks returns a function that gives the place of a pointer's first name among
// the attributes of m; unknown members come last.
func ranks(m wire.Model) func(pointer string) int {
	_, typ, _ := m.WireModel()
	fields := typ.Fields
	rank := make(map[string]int, len(fields))
	for i := range fields {
		rank[fields[i].Name()] = i + 1
	}
	return func(pointer string) int {
		if pointer == "" {
			return 0
		}
		name, _, _ := strings.Cut(pointer[1:], "/")
		if n, ok := rank[name]; ok {
			return n
		}
		return len(fields) + 1
	}
}

// rawValue is the value of a raw member as violations show it.
func rawValue(raw json.RawMessage) any {
	if len(raw) > 0 && (raw[0] == '"' || raw[0] == 't' || raw[0] == 'f') {
		var v any
		if json.Unmarshal(raw, &v) == nil {
			return v
		}
	}
	return raw
}
