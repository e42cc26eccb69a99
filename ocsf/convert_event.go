package ocsf

import (
	"encoding/json"
	"slices"
	"strconv"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/residue"
	"github.com/secmodel/secmodel/wire"
)

// conversion is one way from one release to another. Its methods change a
// document in memory; what is not as the releases have it they leave alone.
type conversion struct {
	from, to int           // indexes of the releases
	notes    residue.Notes // nil on the way back
	derived  []secmodel.Change
	profiles uint64 // that the target names, as bits of table.Profiles
}

// event maps what the releases name, number or shape differently. What the
// target does not have at all stays, except that an event of a class that it
// does not have becomes a base event.
func (c *conversion) event(doc map[string]any) {
	detach(doc)
	was := numbers{doc}
	uid := was.get("class_uid", -1)
	class, _ := ClassByUID(uid)
	src := eventType(uid)
	if src == nil {
		src = &baseEventType
	}
	dst := src
	lost := uid >= 0 && !class.in(c.to)
	if lost {
		dst = &baseEventType
	}
	activity, typ := was.get("activity_id", -1), was.get("type_uid", -1)
	follows := activity >= 0 && typ == uid*100+activity || lost && typ >= 0
	caption := typeTitle(src, uid, activity, c.from)

	if lost {
		c.base(doc, src)
	}
	c.object(doc, src, dst, nil)

	is := numbers{doc}
	if uid, activity = is.get("class_uid", -1), is.get("activity_id", -1); !follows || activity < 0 {
		return
	}
	if follow := uid*100 + activity; follow != typ {
		is.set("type_uid", follow)
		c.notes.Add(secmodel.ChangeApproximated, "/type_uid", "/type_uid", "it follows activity_id")
		c.notes.Add(secmodel.ChangeApproximated, "/type_name", "/type_name", "it follows activity_id")
	}
	if name := typeTitle(dst, uid, activity, c.to); name != "" && doc["type_name"] == caption && uid*100+activity != 99 {
		doc["type_name"] = name
	}
}

// name names the target release in the event.
func (c *conversion) name(doc map[string]any) {
	metadata, ok := doc["metadata"].(map[string]any)
	if !ok {
		metadata = map[string]any{}
		doc["metadata"] = metadata
	}
	metadata["version"] = table.Versions[c.to]
}

// base makes a base event of one of a class that the target does not have.
func (c *conversion) base(doc map[string]any, src *wire.Type) {
	n := numbers{doc}
	if id := n.get("activity_id", -1); id >= 0 {
		if _, ok := doc["activity_name"]; !ok {
			if title := activityTitle(src, id, c.from); title != "" {
				doc["activity_name"] = title
			}
		}
	}
	n.set("activity_id", other)
	c.notes.Add(secmodel.ChangeApproximated, "/activity_id", "/activity_id", "a base event has no activities of its own")
	const note = "the release does not have the class"
	c.own(doc, "class_uid", "class_name", 0, &classUIDEnum, note)
	c.own(doc, "category_uid", "category_name", 0, &categoryUIDEnum, note)
}

// own sets a number and the caption that goes with it, if they are there.
func (c *conversion) own(doc map[string]any, name, caption string, n int64, e *wire.Enum, note string) {
	if _, ok := doc[name]; ok {
		numbers{doc}.set(name, n)
		c.notes.Add(secmodel.ChangeApproximated, "/"+name, "/"+name, note)
	}
	if _, ok := doc[caption]; !ok {
		return
	}
	if i := e.Find(n, c.to); i >= 0 {
		doc[caption] = e.Title(i, c.to)
		c.notes.Add(secmodel.ChangeApproximated, "/"+caption, "/"+caption, note)
	}
}

// other is the value of an enumeration for what none of its values says; the
// caption beside it says it then.
const other = 99

// form is an attribute as one release has it.
type form struct {
	kind   wire.Kind
	one    bool // a single value, where kind is that of a list
	child  *wire.Type
	scalar *wire.Scalar
}

func formIn(f *wire.Field, version int) form {
	r := form{kind: f.Kind, scalar: f.Scalar}
	child := f.Child
	if f.More != nil {
		r.one = f.Kind.List() && f.More.One>>version&1 != 0
		for i := range f.More.Was {
			if was := &f.More.Was[i]; was.In>>version&1 != 0 {
				r.kind, r.scalar, child = was.Kind, was.Scalar, was.Child
			}
		}
	}
	if r.kind == wire.Object || r.kind == wire.Objects {
		r.child = table.Types[child]
	}
	return r
}

func (f *form) list() bool { return f.kind.List() && !f.one }

func (f *form) enum() *wire.Enum {
	if f.scalar == nil || f.scalar.Enum == nil || f.scalar.Enum.Ints == nil {
		return nil
	}
	return f.scalar.Enum
}

// object maps the attributes of an object, which is of the type src in the
// source and of dst in the target.
func (c *conversion) object(o map[string]any, src, dst *wire.Type, at []string) {
	at = slices.Concat(at, []string{""})
	for i := range src.Fields {
		f := &src.Fields[i]
		name := f.Name()
		v, ok := o[name]
		j := dst.Field(name)
		if !ok || j < 0 {
			continue
		}
		at[len(at)-1] = name
		was, is := formIn(f, c.from), formIn(&dst.Fields[j], c.to)
		v = c.reshape(v, &was, &is, at)
		if was.child != nil && is.child != nil {
			c.children(v, was.child, is.child, at)
		}
		o[name] = v
	}
	for i := range src.Fields {
		f := &src.Fields[i]
		name := f.Name()
		_, ok := o[name]
		j := dst.Field(name)
		if !ok || j < 0 {
			continue
		}
		at[len(at)-1] = name
		was, is := formIn(f, c.from), formIn(&dst.Fields[j], c.to)
		if was.enum() != nil && is.enum() != nil {
			c.enum(o, was.enum(), is.enum(), sibling(dst, &dst.Fields[j], c.to), at)
		}
	}
}

// children maps the objects in a value.
func (c *conversion) children(v any, src, dst *wire.Type, at []string) {
	switch x := v.(type) {
	case map[string]any:
		c.object(x, src, dst, at)
	case []any:
		at = slices.Concat(at, []string{""})
		for i, element := range x {
			if o, ok := element.(map[string]any); ok {
				at[len(at)-1] = strconv.Itoa(i)
				c.object(o, src, dst, at)
			}
		}
	}
}

// reshape makes a list of a single value, the other way round, or a string of an
// integer and the other way round.
func (c *conversion) reshape(v any, was, is *form, at []string) any {
	list, isList := v.([]any)
	switch {
	case was.one && is.list() && !isList && v != nil:
		v = []any{v}
	case is.one && was.list() && isList && len(list) > 0:
		v = list[0]
		if len(list) > 1 {
			for i := 1; i < len(list); i++ {
				pointer := residue.Join(slices.Concat(at, []string{strconv.Itoa(i)})...)
				c.notes.Add(secmodel.ChangeApproximated, pointer, residue.Join(at...), "the release has room for one, the first was taken")
			}
		}
	case was.kind == wire.Int && is.kind == wire.String:
		if n, ok := v.(json.Number); ok {
			v = string(n)
		}
	case was.kind == wire.String && is.kind == wire.Int:
		if s, ok := v.(string); ok {
			if n, err := strconv.ParseInt(s, 10, 64); err == nil && s == strconv.FormatInt(n, 10) {
				v = json.Number(s)
			}
		}
	}
	return v
}

// sibling returns the name of the attribute that holds the captions of an
// enumeration's values, "" if a release has none.
func sibling(typ *wire.Type, f *wire.Field, version int) string {
	if f.More == nil || f.More.Sibling == 0 || f.More.SiblingAbsent>>version&1 != 0 {
		return ""
	}
	s := &typ.Fields[f.More.Sibling-1]
	if s.Absent>>version&1 != 0 {
		return ""
	}
	return s.Name()
}

// enum maps the values of an enumeration, and their captions.
func (c *conversion) enum(o map[string]any, was, is *wire.Enum, sibling string, at []string) {
	name, pointer := at[len(at)-1], residue.Join(at...)
	switch v := o[name].(type) {
	case json.Number:
		caption, ok := o[sibling]
		n, text := c.value(v, caption, ok, was, is, pointer)
		o[name] = n
		if sibling != "" && text != nil {
			o[sibling] = text
		}
	case []any:
		captions, _ := o[sibling].([]any)
		for i, element := range v {
			number, ok := element.(json.Number)
			if !ok {
				continue
			}
			var caption any
			if i < len(captions) {
				caption = captions[i]
			}
			n, text := c.value(number, caption, true, was, is, pointer)
			v[i] = n
			if i < len(captions) && text != nil {
				captions[i] = text
			}
		}
	}
}

// value maps one value of an enumeration. It returns the caption that is to
// stand beside it, nil if that is not to change.
func (c *conversion) value(v json.Number, caption any, stated bool, was, is *wire.Enum, pointer string) (json.Number, any) {
	n, err := strconv.ParseInt(string(v), 10, 64)
	if err != nil {
		return v, nil
	}
	before := title(was, n, c.from)
	i := is.Find(n, c.to)
	if i >= 0 {
		after := is.Title(i, c.to)
		if after == before || !reassigned(is, n) {
			if n != other && after != before && caption == before {
				return v, after
			}
			return v, nil
		}
	}
	if before == "" {
		return v, nil // no value of the source either
	}
	if m := named(is, before, c.to); m >= 0 {
		c.notes.Add(secmodel.ChangeApproximated, pointer, pointer, "the release has another number for "+before)
		return json.Number(strconv.FormatInt(m, 10)), nil
	}
	if is.Find(other, c.to) < 0 {
		return v, nil // nothing close
	}
	c.notes.Add(secmodel.ChangeApproximated, pointer, pointer, "the release does not have "+before+", which became other")
	if !stated {
		return "99", before
	}
	return "99", nil
}

// reassigned reports whether a number that has two captions in different
// releases means two things. Elsewhere the caption alone was changed.
func reassigned(e *wire.Enum, n int64) bool {
	switch e {
	case &logonTypeIDEnum:
		return n == 0 // System, then Unknown
	case &databaseTypeIDEnum:
		return n == 3 // Cloud, then Object Oriented
	}
	return false
}

// named returns the value that a caption has in a release, -1 if it has none.
func named(e *wire.Enum, caption string, version int) int64 {
	for i, n := range e.Ints {
		if (e.Absent == nil || e.Absent[i]>>version&1 == 0) && e.Title(i, version) == caption {
			return n
		}
	}
	return -1
}

// derive fills those of the numbers of the class and the activity that follow
// from the others, where the target demands them.
func (c *conversion) derive(doc map[string]any) {
	n := numbers{doc}
	class, ok := ClassByUID(n.get("class_uid", -1))
	if !ok {
		return
	}
	uid := int64(class.UID())
	if typ := n.get("type_uid", -1); typ/100 == uid && typ >= 0 {
		c.fill(n, class, "activity_id", typ%100, "it follows from type_uid")
	}
	c.fill(n, class, "category_uid", int64(class.CategoryUID()), "it follows from class_uid")
	if activity := n.get("activity_id", -1); activity >= 0 {
		c.fill(n, class, "type_uid", uid*100+activity, "it follows from class_uid and activity_id")
	}
}

func (c *conversion) fill(n numbers, class Class, name string, value int64, note string) {
	typ := eventType(int64(class.UID()))
	i := typ.Field(name)
	if _, ok := n.doc[name]; ok || i < 0 || typ.Fields[i].Required>>c.to&1 == 0 {
		return
	}
	n.set(name, value)
	c.derived = append(c.derived, secmodel.Change{
		Severity: secmodel.Warning, Code: secmodel.ChangeDerived, Pointer: "/" + name, Target: "/" + name, Note: note,
	})
}

// numbers reads and writes integers of an object.
type numbers struct{ doc map[string]any }

func (n numbers) get(name string, absent int64) int64 {
	if v, ok := n.doc[name].(json.Number); ok {
		if i, err := strconv.ParseInt(string(v), 10, 64); err == nil {
			return i
		}
	}
	return absent
}

func (n numbers) set(name string, v int64) { n.doc[name] = json.Number(strconv.FormatInt(v, 10)) }
