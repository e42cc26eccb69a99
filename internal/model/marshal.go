package model

// Marshal writes the schema in the format of schemas/README.md, which Parse
// reads back to an equal one. The text is canonical: equal schemas give equal
// bytes, with one attribute and one value of an enumeration a line, so that
// the next version of a specification is a diff that can be read. A schema
// that Parse would refuse is an error.
func (s *Schema) Marshal() ([]byte, error) {
	if err := s.check(); err != nil {
		return nil, err
	}
	w := writer{s.Versions}
	return append(w.schema(s).append(nil, 0), '\n'), nil
}

type writer struct {
	versions []Version
}

func (w writer) schema(s *Schema) *node {
	n := object()
	n.block = true
	n.setText("$schema", Dialect)
	n.setText("title", s.Title)
	n.setText("x-format", s.Format)
	var versions, profiles []*node
	for _, v := range s.Versions {
		e := object(member{"name", str(v.Name)})
		if v.Preview {
			e.set("preview", literal("true"))
		}
		versions = append(versions, e)
	}
	n.setList("x-versions", versions)
	w.strings(n, "x-version-at", s.VersionAt)
	if s.NullAbsent {
		n.setText("x-null", "absent")
	}
	if s.PatternWarning {
		n.setText("x-pattern", "warning")
	}
	if s.Int64 {
		n.setText("x-integer", "int64")
	}
	for _, p := range s.Profiles {
		e := object(member{"name", str(p.Name)})
		e.setText("title", p.Title)
		w.in(e, p.In)
		profiles = append(profiles, e)
	}
	n.setList("x-profiles", profiles)
	if len(s.Types) > 0 {
		defs := object()
		defs.block = true
		for _, t := range s.Types {
			defs.set(t.Name, w.typ(t))
		}
		n.set("$defs", defs)
	}
	return n
}

func (w writer) typ(t *Type) *node {
	n := object()
	n.block = true
	n.setText("title", t.Title)
	n.setText("x-go", t.Go)
	w.in(n, t.In)
	w.texts(n, "x-names", t.Names)
	w.deprecated(n, t.Deprecated)
	w.ints(n, "x-observable", t.Observable)
	n.setText("x-extension", t.Extension)
	if t.Kind == Object {
		w.object(n, t)
	} else {
		w.primitive(n, t.Kind, t.Forms)
		w.scalar(n, t)
	}
	return n
}

func (w writer) object(n *node, t *Type) {
	if t.Class != nil {
		n.set("x-class", w.class(t.Class))
	}
	var profiles []*node
	for _, p := range t.Profiles {
		profiles = append(profiles, w.ranged(p.In, profileList(p.Value)))
	}
	n.setList("x-profiles", profiles)
	n.setText("type", string(Object))
	if len(t.Properties) > 0 {
		props := object()
		props.block = true
		for _, p := range t.Properties {
			props.set(p.Name, w.property(p))
		}
		n.set("properties", props)
	}
	if t.Unknown == UnknownError {
		n.set("additionalProperties", literal("false"))
	} else {
		n.set("additionalProperties", literal("true"))
	}
	if t.Unknown == UnknownWarning {
		n.setText("x-unknown", string(UnknownWarning))
	}
	var constraints []*node
	for _, c := range t.Constraints {
		e := object(member{"kind", str(c.Kind)}, member{"of", stringList(c.Of)})
		w.in(e, c.In)
		constraints = append(constraints, e)
	}
	n.setList("x-constraints", constraints)
	w.ints(n, "x-min-properties", t.MinProperties)
}

func (w writer) class(c *Class) *node {
	n := object()
	if c.UID != 0 {
		n.set("uid", integer(c.UID))
	}
	n.setText("category", c.Category)
	w.texts(n, "names", c.Names)
	return n
}

func (w writer) scalar(n *node, t *Type) {
	n.setText("x-super", t.Super)
	facets := t.Facets
	if len(facets) > 0 && facets[0].In == All && facets[0].Ints == nil {
		w.facet(n, facets[0])
		facets = facets[1:]
	}
	var list []*node
	for _, f := range facets {
		e := object()
		w.in(e, f.In)
		w.facet(e, f)
		var ranges []*node
		for _, r := range f.Ints {
			ranges = append(ranges, array(integer(r[0]), integer(r[1])))
		}
		if ranges != nil {
			e.set("ranges", array(ranges...))
		}
		list = append(list, e)
	}
	n.setList("x-facets", list)
	var values []*node
	for _, v := range t.Values {
		e := object()
		if t.Kind == Integer {
			e.set("const", integer(v.Int))
		} else {
			e.set("const", str(v.Str))
		}
		e.setText("title", v.Title)
		w.texts(e, "x-titles", v.Titles)
		e.setText("x-go", v.Go)
		w.in(e, v.In)
		w.deprecated(e, v.Deprecated)
		values = append(values, e)
	}
	n.setList("oneOf", values)
}

func (w writer) facet(n *node, f Facet) {
	n.setText("pattern", f.Pattern)
	n.setText("format", f.Format)
	if f.Min != nil && f.ExclusiveMin {
		n.set("exclusiveMinimum", number(*f.Min))
	} else if f.Min != nil {
		n.set("minimum", number(*f.Min))
	}
	if f.Max != nil && f.ExclusiveMax {
		n.set("exclusiveMaximum", number(*f.Max))
	} else if f.Max != nil {
		n.set("maximum", number(*f.Max))
	}
	if f.MinLen != nil {
		n.set("minLength", integer(int64(*f.MinLen)))
	}
	if f.MaxLen != nil {
		n.set("maxLength", integer(int64(*f.MaxLen)))
	}
}

func (w writer) property(p *Property) *node {
	n := object()
	n.setText("title", p.Title)
	n.setText("x-go", p.Go)
	w.typeRef(n, p.Type, p.Array)
	w.set(n, "x-one", p.One)
	w.in(n, p.In)
	w.set(n, "x-required", p.Required)
	w.set(n, "x-recommended", p.Recommended)
	var was []*node
	for _, x := range p.Was {
		e := object()
		w.in(e, x.In)
		w.typeRef(e, x.Type, x.Array)
		was = append(was, e)
	}
	if was != nil {
		n.set("x-was", array(was...))
	}
	var profiles []*node
	for _, x := range p.Profiles {
		profiles = append(profiles, w.ranged(x.In, profileList(x.Value)))
	}
	if profiles != nil {
		n.set("x-profiles", array(profiles...))
	}
	n.setText("x-sibling", p.Sibling)
	if p.Sibling != "" && p.SiblingIn != All {
		w.set(n, "x-sibling-in", p.SiblingIn)
	}
	w.deprecated(n, p.Deprecated)
	w.ints(n, "x-observable", p.Observable)
	w.set(n, "x-unchecked", p.Unchecked)
	w.set(n, "x-nullable", p.Null)
	w.set(n, "x-nullable-items", p.NullItems)
	w.strings(n, "x-lenient", p.Lenient)
	n.setText("x-group", p.Group)
	return n
}

func (w writer) typeRef(n *node, t TypeRef, isArray bool) {
	switch {
	case isArray:
		n.setText("type", "array")
		items := object()
		w.typeRef(items, t, false)
		n.set("items", items)
	case t.Ref != "":
		n.setText("$ref", refPrefix+escape(t.Ref))
	default:
		w.primitive(n, t.Kind, t.Forms)
	}
}

func (w writer) primitive(n *node, kind Kind, forms []string) {
	switch kind {
	case Any:
		w.strings(n, "type", forms)
	case IntOrString:
		w.strings(n, "type", intOrString[:])
	default:
		n.setText("type", string(kind))
	}
}

func (w writer) strings(n *node, name string, list []string) {
	if len(list) > 0 {
		n.set(name, stringList(list))
	}
}

// in adds the versions in which something exists, unless it is in all.
func (w writer) in(n *node, s Set) {
	if s != All {
		w.set(n, "x-in", s)
	}
}

// set adds a version set, unless it is empty.
func (w writer) set(n *node, name string, s Set) {
	n.setText(name, s.Format(w.versions))
}

func (w writer) ranged(in Set, value *node) *node {
	n := object()
	w.in(n, in)
	n.set("value", value)
	return n
}

func (w writer) texts(n *node, name string, list []Ranged[string]) {
	var elems []*node
	for _, r := range list {
		elems = append(elems, w.ranged(r.In, str(r.Value)))
	}
	if elems != nil {
		n.set(name, array(elems...))
	}
}

func (w writer) ints(n *node, name string, list []Ranged[int]) {
	var elems []*node
	for _, r := range list {
		elems = append(elems, w.ranged(r.In, integer(int64(r.Value))))
	}
	if elems != nil {
		n.set(name, array(elems...))
	}
}

func (w writer) deprecated(n *node, list []Deprecation) {
	var elems []*node
	for _, d := range list {
		e := object()
		w.in(e, d.In)
		e.setText("since", d.Since)
		elems = append(elems, e)
	}
	if elems != nil {
		n.set("x-deprecated", array(elems...))
	}
}

// profileList writes null for a nil list: no profile is needed.
func profileList(list []string) *node {
	if list == nil {
		return literal("null")
	}
	return stringList(list)
}
