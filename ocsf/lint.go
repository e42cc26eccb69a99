package ocsf

import (
	"github.com/secmodel/secmodel/internal/lint"
	"github.com/secmodel/secmodel/wire"
)

// linter looks for what is allowed in an event and probably still a mistake. It
// goes by types and names of attributes, so that it needs to know few classes.
type linter struct {
	walk
	*lint.Findings
	class Class
	uid   string // metadata.uid, if it is a UUID
}

// suspicions are what the option secmodel.Lint asks of the check of an event.
type suspicions struct {
	event wire.Model
	class Class
	c     *wire.Checker
}

// Suspect implements secmodel.Suspecter.
func (s *suspicions) Suspect() {
	root := wire.NodeOf(s.event)
	l := linter{
		walk:     walk{version: s.c.Version, profiles: s.c.Profiles},
		Findings: lint.New(&s.c.Report, s.c.Options.MaxViolations),
		class:    s.class,
	}
	l.hintProfiles(s.event, s.c.Report.Violations)
	l.from(root, l.object)
}

// object applies every judgement to the object at hand. Those that name no
// attribute of it cost a look-up each.
func (l *linter) object(n wire.Node) {
	if l.Full() {
		return
	}
	if len(l.path) == 0 {
		l.event(n)
	}
	fields := n.Type().Fields
	for i := range fields {
		f := &fields[i]
		if !n.Has(f) || !l.admits(f) {
			continue
		}
		switch f.Kind {
		case wire.Int:
			l.timeUnit(n, f)
			l.timeImplausible(n, f)
			l.timeConflict(n, f)
		case wire.String, wire.Strings:
			if kind := identifies(n.Type(), f); kind != notIdentifying {
				l.texts(n, f, kind)
			}
		case wire.Objects:
			l.repeated(n, f)
			l.hashes(n, f)
		case wire.Object:
			l.hashes(n, f)
		}
	}
	l.timezone(n)
	l.timeOrder(n)
	l.duration(n)
	l.disposition(n)
	l.ownParent(n)
	l.eventTwin(n)
	l.addressLocation(n)
	l.nullIsland(n)
}

// event applies the judgements that only an event as a whole admits.
func (l *linter) event(n wire.Node) {
	if uid, _ := l.text(l.child(n, "metadata"), "uid"); uid != nil && lint.IsUUID(*uid) {
		l.uid = *uid
	}
	l.logged(n)
	l.outcome(n)
	l.severity(n)
	l.endpoints(n)
}

// field returns the attribute of the object called name, nil if it is not there
// or of another kind.
func (l *linter) field(n *wire.Node, name string, kind wire.Kind) *wire.Field {
	if n == nil {
		return nil
	}
	t := n.Type()
	i := t.Field(name)
	if i < 0 || t.Fields[i].Kind != kind || !n.Has(&t.Fields[i]) || !l.admits(&t.Fields[i]) {
		return nil
	}
	return &t.Fields[i]
}

// text returns an attribute that is a string, nil if it is not there.
func (l *linter) text(n *wire.Node, name string) (*string, *wire.Field) {
	if f := l.field(n, name, wire.String); f != nil {
		return *n.Text(f), f
	}
	return nil, nil
}

// number returns an attribute that is an integer, nil if it is not there.
func (l *linter) number(n *wire.Node, name string) (*int64, *wire.Field) {
	if f := l.field(n, name, wire.Int); f != nil {
		return *n.Int(f), f
	}
	return nil, nil
}

// child returns the object that an attribute is, nil if it is not there.
func (l *linter) child(n wire.Node, name string) *wire.Node {
	if f := l.field(&n, name, wire.Object); f != nil {
		return new(n.Child(f, 0))
	}
	return nil
}

// within returns the pointer to an attribute of an object that is an attribute
// of the object at hand.
func (l *linter) within(n wire.Node, name string, f *wire.Field) string {
	t := n.Type()
	return l.pointer(&t.Fields[t.Field(name)]) + string(wire.AppendPointer(nil, f.Name()))
}

// at returns the pointer to value i of an attribute of the object at hand, which
// has so many.
func (l *linter) at(f *wire.Field, i, count int) string {
	p := l.pointer(f)
	if !f.Single(l.version, count) {
		p = string(appendIndex([]byte(p), i))
	}
	return p
}

// as returns the name of the attribute that the object at hand is, "" for the
// event itself.
func (l *linter) as() string {
	if len(l.path) == 0 {
		return ""
	}
	return l.path[len(l.path)-1].field.Name()
}

// caption returns the caption of an enumeration's value, "" if the release does
// not have it.
func (l *linter) caption(n *wire.Node, name string) string {
	v, f := l.number(n, name)
	if v == nil || f.Scalar == nil || f.Scalar.Enum == nil {
		return ""
	}
	if i := f.Scalar.Enum.Find(*v, l.version); i >= 0 {
		return f.Scalar.Enum.Title(i, l.version)
	}
	return ""
}
