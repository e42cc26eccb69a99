package mozdef

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/wire"
)

// content judges category and details where members of other names supply them,
// as if they had their own names: pointers lead to what was sent. Of several
// members that supply a category one that is right will do, as it is not known
// any more which of them is the last.
func (r *ruling) content(m wire.Model, e envelope, category, details bool, o secmodel.Options) {
	category, details = category || e.extra["category"] != nil, details || e.extra["details"] != nil
	if category && details {
		return
	}
	s := supplement{from: map[string]origin{}}
	s.collect(&e, !category, !details)
	_, typ, _ := m.WireModel()
	o.Lint = nil
	if o.MaxViolations > 0 {
		o.MaxViolations += len(typ.Fields) // room for what is missing beside these two
	}
	judge := func(name string, value json.RawMessage) []secmodel.Violation {
		var doc object
		doc.set(name, value)
		as := New(typ.Name)
		if json.Unmarshal(doc.json(), as) != nil {
			return nil // no JSON, or too deep
		}
		report := as.Check(func(own *secmodel.Options) { *own = o })
		return slices.DeleteFunc(report.Violations, func(v secmodel.Violation) bool {
			return v.Pointer != "/"+name && !strings.HasPrefix(v.Pointer, "/"+name+"/")
		})
	}
	var wrong []secmodel.Violation
	for _, c := range s.categories {
		found := judge("category", c.raw)
		if len(found) == 0 {
			wrong = nil
			break
		}
		for _, v := range found {
			v.Pointer = pointer(c.name)
			wrong = append(wrong, v)
		}
	}
	r.found = append(r.found, wrong...)
	if len(s.sources) == 0 {
		return
	}
	for _, v := range judge("details", s.details.json()) {
		v.Pointer = s.place(v.Pointer)
		r.found = append(r.found, v)
	}
}

// supplement is what members of other names supply of category and details.
type supplement struct {
	categories []member          // by the names that were sent, as the server stores them
	sources    []string          // pointers of what supplies details
	details    object            // what they are together
	from       map[string]origin // where the members of details are from
}

// maxAlias bounds the length of names that are taken for others: a name can be
// made as long as one likes by means of "@".
const maxAlias = 100

// collect finds what supplies a category and details, of which one at least is
// wanted.
// Members such as details.x alone make no details.
func (s *supplement) collect(e *envelope, category, details bool) {
	if category && e.typ != nil {
		s.categories = append(s.categories, member{"type", quoted(*e.typ)})
	}
	var named []member
	for _, name := range slices.Sorted(maps.Keys(e.extra)) {
		raw := json.RawMessage(bytes.TrimSpace(e.extra[name]))
		if len(raw) == 0 || len(name) > maxAlias || e.overrides(name) {
			continue
		}
		switch to := stored(name, true); {
		case to == "category" && category:
			s.categories = append(s.categories, member{name, quoted(pythonText(raw))})
		case to == "details" && details:
			s.merge(name, raw)
		case strings.HasPrefix(to, "details."):
			named = append(named, member{name, raw})
		}
	}
	for _, m := range named {
		to := stored(m.name, true)
		if value, ok := detailValue(to, m.raw); ok {
			s.set(strings.TrimPrefix(to, "details."), value, origin{at: pointer(m.name)})
		}
	}
}

// merge takes what has another name of details. What is no object becomes
// details.message.
func (s *supplement) merge(name string, raw json.RawMessage) {
	at := pointer(name)
	s.sources = append(s.sources, at)
	o, err := parseObject(raw)
	if err != nil {
		s.set("message", raw, origin{at: at})
	}
	for _, m := range o.list {
		s.set(m.name, m.raw, origin{at: at, inside: true})
	}
}

func (s *supplement) set(name string, raw json.RawMessage, from origin) {
	s.details.set(name, raw)
	s.from[name] = from
}

// place returns the pointer, in the document as it was sent, of what is at a
// pointer into details, or is missing there.
func (s *supplement) place(in string) string {
	rest := strings.TrimPrefix(in, "/details")
	if rest == "" {
		return s.sources[0]
	}
	token, inner, deep := strings.Cut(rest[1:], "/")
	from, ok := s.from[strings.NewReplacer("~1", "/", "~0", "~").Replace(token)]
	switch {
	case !ok:
		return s.sources[0] + rest
	case from.inside:
		return from.at + rest
	case deep:
		return from.at + "/" + inner
	}
	return from.at
}
