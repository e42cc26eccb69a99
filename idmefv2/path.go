package idmefv2

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/secmodel/secmodel/wire"
)

// Path is an IDMEF path (section 3.3.12): it leads to one attribute of a
// message, as "Category(1)", "Analyzer.Name" or "Source(0).IP". Where an
// attribute or class is a list, an index in parentheses says which element is
// meant; without one that is the first; a negative one counts from the end, -1
// being the last. The class of the message itself may be named, as
// "Alert.Category", and is left out of the normal form.
//
// Paths that lead to the same place are equal, so that they can be compared
// with == and be keys of maps: "Source.IP" is "Source(0).IP". The zero Path
// leads nowhere.
type Path struct {
	class     string // "" for the message itself
	attribute string
	index     int // of the object in its list
	elem      int // of the value in its list
}

// topClass is the class of the message itself, which a path need not name.
const topClass = "Alert"

// ParsePath reads a path. Its error says which name no draft has, or what else
// is wrong with it; In tells whether a certain draft has the attribute. The
// grammar of the drafts is taken with two corrections that their own examples
// need: names may have hyphens (ext-Category), and an index may follow a class.
func ParsePath(path string) (Path, error) {
	p, fault := parsePath(path)
	if fault != "" {
		return Path{}, fmt.Errorf("idmefv2: %q is no IDMEF path: %s", path, fault)
	}
	return p, nil
}

// parsePath is ParsePath with a reason for an error, "" if there is none.
func parsePath(path string) (p Path, fault string) {
	typ := &messageType
	first, rest, dotted := strings.Cut(path, ".")
	if !dotted {
		first, rest = topClass, path
	}
	if first != topClass {
		f, index, fault := parseStep(typ, first)
		if fault != "" {
			return Path{}, fault
		}
		if f.Kind != wire.Object && f.Kind != wire.Objects {
			return Path{}, f.Name() + " is no class"
		}
		p.class, p.index = f.Name(), index
		typ = table.Types[f.Child]
	}
	f, elem, fault := parseStep(typ, rest)
	if fault != "" {
		return Path{}, fault
	}
	if f.Kind == wire.Object || f.Kind == wire.Objects {
		return Path{}, f.Name() + " is a class, of which an attribute must follow"
	}
	p.attribute, p.elem = f.Name(), elem
	return p, ""
}

// parseStep reads a name and the index that may follow it.
func parseStep(typ *wire.Type, text string) (f *wire.Field, index int, fault string) {
	name, digits, indexed := strings.Cut(text, "(")
	fi := typ.Field(name)
	if fi < 0 {
		class := typ.Name
		if typ == &messageType {
			class = topClass
		}
		return nil, 0, fmt.Sprintf("%s has no attribute or class %q", class, name)
	}
	f = &typ.Fields[fi]
	if !indexed {
		return f, 0, ""
	}
	digits, ok := strings.CutSuffix(digits, ")")
	if !ok || !isIndex(digits) {
		return nil, 0, fmt.Sprintf("%q is no index: a number in parentheses", text[len(name):])
	}
	if !f.Kind.List() {
		return nil, 0, name + " is no list, so that it has no index"
	}
	n, err := strconv.ParseInt(digits, 10, 32)
	if err != nil {
		return nil, 0, fmt.Sprintf("the index %s is out of range", digits)
	}
	return f, int(n), ""
}

// isIndex reports whether a text is digits, perhaps after a minus sign.
func isIndex(s string) bool {
	s = strings.TrimPrefix(s, "-")
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// String returns the path in its normal form: without indexes that are 0, and
// without zeros in front of others.
func (p Path) String() string {
	var b strings.Builder
	step := func(name string, index int) {
		b.WriteString(name)
		if index != 0 {
			fmt.Fprintf(&b, "(%d)", index)
		}
	}
	if p.class != "" {
		step(p.class, p.index)
		b.WriteByte('.')
	}
	step(p.attribute, p.elem)
	return b.String()
}

// In reports whether a draft, as "2.D.V08", has the attribute; false for a draft
// that is not known.
func (p Path) In(draft string) bool {
	i, known := table.VersionIndex(draft)
	return known && p.in(1<<i)
}

func (p Path) in(draft wire.Versions) bool {
	typ := &messageType
	if p.class != "" {
		f := &typ.Fields[typ.Field(p.class)]
		if f.Absent&draft != 0 {
			return false
		}
		typ = table.Types[f.Child]
	}
	fi := typ.Field(p.attribute)
	if fi < 0 || typ.Fields[fi].Absent&draft != 0 {
		return false
	}
	single := typ.Fields[fi].More != nil && typ.Fields[fi].More.One&draft != 0
	return !single || p.elem == 0 || p.elem == -1
}

// Get returns the value that the path leads to in m: a string (values of
// enumerations too), int64 or float64, or json.RawMessage for the Content of an
// attachment. ok is false if the message has no such value, or one that does not
// fit its attribute and is kept in Extra.
func (p Path) Get(m *Message) (value any, ok bool) {
	steps := make([]wire.PathStep, 0, 2)
	if p.class != "" {
		index := p.index
		if index < 0 {
			index += m.count(p.class)
		}
		if index < 0 {
			return nil, false
		}
		steps = append(steps, wire.PathStep{Name: p.class, Index: index})
	}
	last := len(steps)
	steps = append(steps, wire.PathStep{Name: p.attribute, Index: p.elem})
	if p.elem < 0 {
		steps[last].Index = -1
		n := 0
		wire.Values(m, steps, func(wire.Found) bool { n++; return true })
		if steps[last].Index = n + p.elem; steps[last].Index < 0 {
			return nil, false
		}
	}
	wire.Values(m, steps, func(v wire.Found) bool { value, ok = v.Any(), true; return false })
	if _, raw := value.(json.RawMessage); raw && p.attribute != "Content" {
		return nil, false
	}
	return value, ok
}

// count returns how many objects of a class there are.
func (x *Message) count(class string) int {
	switch class {
	case "Sensor":
		return len(x.Sensor)
	case "Source":
		return len(x.Source)
	case "Target":
		return len(x.Target)
	case "Vector":
		return len(x.Vector)
	case "Attachment":
		return len(x.Attachment)
	}
	return 0
}
