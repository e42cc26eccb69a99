package idmefv2

import (
	"strings"

	"github.com/secmodel/secmodel/wire"
)

// organisation judges the name of the entity: it should not repeat that of the
// organisation (R23).
func (r *ruling) organisation() {
	m := r.m
	if m.EntityName != nil && m.OrganisationName != nil && containsName(*m.EntityName, *m.OrganisationName) {
		r.add(CodeOrganisation, root.member("EntityName"), *m.EntityName, nil, "EntityName %q repeats OrganisationName", *m.EntityName)
	}
}

// containsName reports whether a text has a name in it as whole words, whatever
// the case.
func containsName(text, name string) bool {
	name = strings.TrimSpace(name)
	if name == "" {
		return false
	}
	for i := 0; i+len(name) <= len(text); i++ {
		end := i + len(name)
		if boundary(text, i) && boundary(text, end) && strings.EqualFold(text[i:end], name) {
			return true
		}
	}
	return false
}

// boundary reports whether no word goes on over byte i of a text.
func boundary(s string, i int) bool {
	return i == 0 || i == len(s) || !isWord(s[i-1]) || !isWord(s[i])
}

func isWord(c byte) bool { return isAlpha(c) || isDigit(c) || c >= 0x80 }

// opposites are states of which an alert leaves one as it enters the other. It
// may have been Reported in any.
var opposites = [...][2]Status{
	{StatusEvent, StatusIncident},
	{StatusOpen, StatusClosed},
	{StatusOpen, StatusFalsePositive},
}

// status judges whether the states of an alert go together (R28). What is
// reported is the second of two that do not.
func (r *ruling) status() {
	list := r.m.Status
	if len(list) < 2 {
		return
	}
	var seen [2 * len(opposites)]bool
	for i, s := range list {
		var other Status
		for j := range opposites {
			for k, state := range opposites[j] {
				if s != state || seen[2*j+k] {
					continue
				}
				if seen[2*j+k] = true; seen[2*j+1-k] && other == "" {
					other = opposites[j][1-k]
				}
			}
		}
		if other != "" {
			r.add(CodeStatus, root.element("Status", i), string(s), nil, "an alert is not both %s and %s", other, s)
		}
	}
}

// confidence judges the range of Confidence in the drafts whose schema does not
// (R24).
func (r *ruling) confidence() {
	if c := r.m.Confidence; c != nil && r.draft&until2DV05 != 0 && !(*c >= 0 && *c <= 1) {
		r.add(CodeConfidence, root.member("Confidence"), *c, "0 to 1", "Confidence %g is not from 0 to 1", *c)
	}
}

// conditions judges the paths of AggrCondition (R17).
func (r *ruling) conditions() {
	for i, text := range r.m.AggrCondition {
		path, fault := parsePath(text)
		switch {
		case fault != "":
			r.add(CodePath, root.element("AggrCondition", i), text, "an IDMEF path", "%q is no IDMEF path: %s", text, fault)
		case !path.in(r.draft):
			r.add(CodePath, root.element("AggrCondition", i), text, "an IDMEF path", "%s has no attribute %s", r.c.Report.Identity.Version, path)
		}
	}
}

// intelligence judges what threat intelligence knows of an object: the name of
// one of its attributes, and where it is known from (R6).
func (r *ruling) intelligence(n node, typ *wire.Type, list []string) {
	for i, text := range list {
		name, origin, ok := strings.Cut(text, ":")
		if !ok || strings.TrimSpace(origin) == "" {
			r.add(CodeIntelligence, n.element("TI", i), text, "attribute:origin", "%q is not attribute:origin", text)
			continue
		}
		if fi := typ.Field(name); fi < 0 || typ.Fields[fi].Absent&r.draft != 0 {
			r.add(CodeIntelligence, n.element("TI", i), text, "attribute:origin", "%s has no attribute %q", n.class, name)
		}
	}
}
