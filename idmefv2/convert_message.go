package idmefv2

import (
	"slices"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/residue"
	"github.com/secmodel/secmodel/wire"
)

// conversion is one way from one draft to another. Its methods change a document
// in memory; what is not as the drafts have it they leave alone.
type conversion struct {
	from, to int           // indexes of the drafts
	notes    residue.Notes // nil on the way back
}

// predates reports whether a draft is older than the first of a set.
func predates(since wire.Versions, version int) bool { return since>>version&1 == 0 }

func (c *conversion) approximated(pointer, target, note string) {
	c.notes.Add(secmodel.ChangeApproximated, pointer, target, note)
}

// message maps what the drafts call or shape differently. What the target does
// not have at all stays.
func (c *conversion) message(doc map[string]any) {
	if list, ok := doc["Attachment"].([]any); ok && len(list) == 0 {
		delete(doc, "Attachment") // not to be told from a list that held the residue alone
	}
	c.organisation(doc)
	analyzer, _ := doc["Analyzer"].(map[string]any)
	if analyzer != nil {
		c.analyzerType(doc, analyzer)
		c.extended(analyzer, "/Analyzer", "Category", &analyzerCategoryEnum, analyzerCategories)
		c.extended(analyzer, "/Analyzer", "Data", &analyzerDataEnum, analyzerData)
		c.extended(analyzer, "/Analyzer", "Method", &analyzerMethodEnum, analyzerMethods)
	}
	c.extended(doc, "", "Category", &categoryEnum, categories)
	c.plain(doc, "EntitySector", &entitySectorEnum, entitySectors)
	c.status(doc)
}

// organisation maps Entity, which named the organisation or a part of it until
// draft 03, to EntityName and back.
func (c *conversion) organisation(doc map[string]any) {
	switch was, is := predates(since2DV04, c.from), predates(since2DV04, c.to); {
	case was && !is:
		rename(doc, "Entity", doc, "EntityName")
	case is && !was && doc["Entity"] == nil:
		if _, ok := doc["EntityName"]; ok {
			rename(doc, "EntityName", doc, "Entity")
		} else if _, ok := doc["OrganisationName"]; ok {
			rename(doc, "OrganisationName", doc, "Entity")
			c.approximated("/OrganisationName", "/Entity", "the target has one name for an organisation and its parts")
		}
	}
}

// analyzerType maps Type of the analyzer, until draft 06, to that of the
// message and back. They have the same values.
func (c *conversion) analyzerType(doc, analyzer map[string]any) {
	switch was, is := predates(since2DV07, c.from), predates(since2DV07, c.to); {
	case was && !is:
		rename(analyzer, "Type", doc, "Type")
	case is && !was:
		rename(doc, "Type", analyzer, "Type")
	}
}

// rename moves a member, unless the place is taken.
func rename(from map[string]any, name string, to map[string]any, as string) {
	v, ok := from[name]
	if !ok {
		return
	}
	if _, taken := to[as]; !taken {
		to[as] = v
		delete(from, name)
	}
}

// status maps Status, one value until draft 07 and a list since.
func (c *conversion) status(doc map[string]any) {
	values, ok := texts(doc, "Status")
	if _, present := doc["Status"]; !present || !ok {
		return
	}
	var list []any
	there := map[string]bool{}
	for _, v := range values {
		w, ok := translate(v, &statusEnum, statuses, c.to)
		if !ok {
			c.notes.Add(secmodel.ChangeCarried, "/Status", "", "the target has no status "+v)
			continue
		}
		if w != v {
			c.approximated("/Status", "/Status", v+" became "+w)
			if there[w] {
				continue
			}
		}
		there[w] = true
		list = append(list, w)
	}
	switch {
	case len(list) == 0 && len(values) > 0:
		delete(doc, "Status")
	case !predates(since2DV08, c.to):
		doc["Status"] = nonNil(list)
	case len(list) > 0:
		doc["Status"] = list[0]
		if len(list) > 1 {
			c.approximated("/Status", "/Status", "the target has one status, the first was taken")
		}
	default:
		delete(doc, "Status")
	}
}

// plain maps a list of values of an enumeration that cannot be extended. Values
// that the target does not have stay, for the caller to remove.
func (c *conversion) plain(doc map[string]any, name string, e *wire.Enum, mappings []mapping) {
	values, ok := texts(doc, name)
	if _, list := doc[name].([]any); !ok || !list {
		return
	}
	out := make([]any, len(values))
	for i, v := range values {
		w, _ := translate(v, e, mappings, c.to)
		out[i] = w
	}
	doc[name] = out
}

// extended maps a list of values of an enumeration, and the ext- attribute that
// goes with it. A value that the target does not have becomes the marker there,
// and itself an extension; an extension that the target does have as a value
// becomes one. Until draft 06 there is room for one extension.
func (c *conversion) extended(object map[string]any, at, name string, e *wire.Enum, mappings []mapping) {
	pointer, extPointer := at+"/"+name, at+"/ext-"+name
	fromMarker, toMarker := c.marker(e, c.from), c.marker(e, c.to)
	_, present := object[name]
	_, list := object[name].([]any)
	values, ok := texts(object, name)
	if !ok || present && !list {
		return
	}
	_, extended := object["ext-"+name]
	extensions, ok := texts(object, "ext-"+name)
	if !ok {
		return
	}
	single := predates(since2DV07, c.to)
	var out, ext []any
	var raised []string // extensions that become values
	marked, place := false, -1
	mark := func() {
		if place < 0 {
			place = len(out)
		}
	}
	there := map[string]bool{}
	add := func(v string, twice bool) {
		if twice || !there[v] {
			there[v] = true
			out = append(out, v)
		}
	}
	for _, v := range values {
		if v == fromMarker {
			marked = true
			mark()
			continue
		}
		w, ok := translate(v, e, mappings, c.to)
		switch {
		case w == v && ok:
			add(v, true)
		case ok:
			c.approximated(pointer, pointer, v+" became "+w)
			add(w, false)
		case w == "":
			c.notes.Add(secmodel.ChangeCarried, pointer, "", "the target has no value "+v)
		default:
			mark()
			note := v + " became an extension"
			if single && len(ext) > 0 {
				note = "the target has no room for " + v + ", a second extension"
			}
			c.approximated(pointer, extPointer, note)
			ext = append(ext, v)
		}
	}
	unmapped := len(ext) > 0
	kept := marked && len(extensions) == 0
	for _, v := range extensions {
		if i := slices.Index(e.Strings, v); marked && i >= 0 && hasValue(e, i, c.to) && v != toMarker {
			c.approximated(extPointer, pointer, v+" became a value of the enumeration")
			raised = append(raised, v)
			add(v, false)
			continue
		}
		kept = kept || marked
		ext = append(ext, v)
	}
	for _, v := range raised {
		if kept {
			c.approximated(pointer, pointer, v+" was added, which was an extension")
		} else {
			c.approximated(pointer, pointer, fromMarker+" became "+v)
		}
	}
	if kept || unmapped {
		out = slices.Insert(out, min(place, len(out)), any(toMarker))
	}
	if present || len(out) > 0 {
		object[name] = nonNil(out)
	}
	switch {
	case len(ext) == 0 && len(extensions) > 0:
		delete(object, "ext-"+name) // they have become values
	case !single:
		if extended || len(ext) > 0 {
			object["ext-"+name] = nonNil(ext)
		}
	case len(ext) > 0:
		object["ext-"+name] = ext[0]
		if len(ext) > 1 {
			c.approximated(extPointer, extPointer, "the target has room for one extension, the first was taken")
		}
	default:
		delete(object, "ext-"+name)
	}
}

// marker returns the value of an enumeration which says that the value is in
// the ext- attribute.
func (c *conversion) marker(e *wire.Enum, version int) string {
	if e == &categoryEnum && !predates(since2DV07, version) {
		return string(CategoryOtherExtValue)
	}
	return "ext-value"
}

// translate returns the value of a draft's enumeration that stands for v: v
// itself if the draft has it, else the first of its counterparts that the draft
// has. ok is false if there is none; then the value is v, or "" if its absence
// says as much.
func translate(v string, e *wire.Enum, mappings []mapping, version int) (value string, ok bool) {
	i := slices.Index(e.Strings, v)
	if i >= 0 && hasValue(e, i, version) {
		return v, true
	}
	m := slices.IndexFunc(mappings, func(m mapping) bool { return m.value == v })
	if m < 0 {
		return v, false
	}
	for _, w := range mappings[m].to {
		if w == "" {
			return "", false
		}
		if i := slices.Index(e.Strings, w); i >= 0 && hasValue(e, i, version) {
			return w, true
		}
	}
	return v, false
}

func hasValue(e *wire.Enum, i, version int) bool {
	return e.Absent == nil || e.Absent[i]>>version&1 == 0
}

// texts returns the values of a member that is a list of strings or a single
// one; none if it is absent. ok is false if it is anything else.
func texts(object map[string]any, name string) (list []string, ok bool) {
	v, present := object[name]
	if !present {
		return nil, true
	}
	switch x := v.(type) {
	case string:
		return []string{x}, true
	case []any:
		for _, element := range x {
			s, ok := element.(string)
			if !ok {
				return nil, false
			}
			list = append(list, s)
		}
		return list, true
	}
	return nil, false
}

// nonNil makes of no list an empty one.
func nonNil(list []any) []any {
	if list == nil {
		return []any{}
	}
	return list
}
