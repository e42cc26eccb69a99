package idmefv2

import (
	"encoding/json"
	"strings"
)

// uuid judges the version of a UUID that the producer made (R16).
func (r *ruling) uuid(n node, id *string) {
	if id == nil {
		return
	}
	if s := *id; len(s) == 36 && s[14] == '4' && strings.IndexByte("89abAB", s[19]) >= 0 {
		r.add(CodeUUIDVersion, n.member("ID"), s, nil, "the UUID %s is of version 4, which the drafts advise against; version 7 sorts by time", s)
	}
}

// identifier judges the ID of an object: there by the text of draft 06 (R18),
// and not of version 4.
func (r *ruling) identifier(n node, id *string, extra map[string]json.RawMessage) {
	if id == nil {
		if r.draft&until2DV06&since2DV06 != 0 && !has(extra, "ID") {
			r.add(CodeIdentifierMissing, n.member("ID"), nil, "a UUID", "%s has no ID, which the text of draft 06 demands", n.class)
		}
		return
	}
	r.uuid(n, id)
}

// relations judges the messages that this one refers to: not itself (R22).
func (r *ruling) relations(name string, ids []string) {
	if r.m.ID == nil {
		return
	}
	for i, id := range ids {
		if strings.EqualFold(id, *r.m.ID) {
			r.add(CodeRelationSelf, root.element(name, i), id, nil, "%s names the message itself", name)
		}
	}
}
