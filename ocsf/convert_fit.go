package ocsf

import (
	"slices"
	"strconv"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/residue"
	"github.com/secmodel/secmodel/wire"
)

// fit removes what the target release does not admit, and returns what it
// demands in vain.
func (c *conversion) fit(target map[string]any) ([]secmodel.Change, error) {
	check := func(doc map[string]any) ([]secmodel.Violation, error) {
		e, err := decode(doc)
		if err != nil {
			return nil, err
		}
		report := e.Check(secmodel.MaxViolations(0))
		return slices.DeleteFunc(report.Violations, func(v secmodel.Violation) bool { return v.Severity != secmodel.Error }), nil
	}
	rest, err := residue.Fit(target, check, func(v secmodel.Violation) string {
		return c.remedy(target, v)
	})
	var unmet []secmodel.Change
	for _, v := range rest {
		unmet = append(unmet, secmodel.Change{
			Severity: secmodel.Error, Code: secmodel.ChangeRequirement, Pointer: v.Pointer, Note: v.Message,
		})
	}
	return unmet, err
}

// remedy returns the pointer of what is to be removed for a violation, "" if
// nothing is.
func (c *conversion) remedy(doc map[string]any, v secmodel.Violation) string {
	parent, _ := residue.Parent(v.Pointer)
	switch v.Code {
	case secmodel.CodeRequiredMissing:
		return c.incomplete(doc, parent, v)
	case secmodel.CodeConstraint:
		if pointer := c.surplus(doc, v); pointer != "" {
			return pointer
		}
		return c.incomplete(doc, v.Pointer, v)
	case secmodel.CodeTooFew:
		return c.incomplete(doc, v.Pointer, v)
	case secmodel.CodeArraySiblingMissing, secmodel.CodeArraySiblingIncorrect:
		return parent // a list of captions that does not fit the list of values
	case CodeObservableReference:
		return parent // an observable of what is not there
	case CodeTypeUIDIncorrect, secmodel.CodeClassUnknown:
		return ""
	}
	switch v.Pointer {
	case "/class_uid", "/category_uid", "/type_uid", "/metadata/version":
		return "" // it must be there, and what is right is not known
	}
	return v.Pointer
}

// surplus returns the pointer of an attribute that is one too many where the
// target wants just one of several. One that it recommends is kept, else the
// first that it names.
func (c *conversion) surplus(doc map[string]any, v secmodel.Violation) string {
	names, _ := v.Expected.([]string)
	value, _ := residue.Get(doc, v.Pointer)
	object, _ := value.(map[string]any)
	there := slices.DeleteFunc(slices.Clone(names), func(name string) bool { return object[name] == nil })
	if len(there) < 2 {
		return ""
	}
	typ := c.typeAt(doc, v.Pointer)
	keep := max(0, slices.IndexFunc(there, func(name string) bool {
		f := typ.Field(name)
		return f >= 0 && typ.Fields[f].More != nil && typ.Fields[f].More.Recommended>>c.to&1 != 0
	}))
	last := len(there) - 1
	if last == keep {
		last--
	}
	pointer := v.Pointer + residue.Join(there[last])
	c.notes.Add(secmodel.ChangeConstraint, pointer, "", v.Message)
	return pointer
}

// incomplete returns the pointer of what is to be removed because an object
// lacks what the target demands of it: the object, or one around it, or, where
// it is a profile that demands it, the profile.
func (c *conversion) incomplete(doc map[string]any, object string, v secmodel.Violation) string {
	if pointer := c.dispensable(doc, object); pointer != "" {
		c.notes.Add(secmodel.ChangeConstraint, pointer, "", v.Message)
		return pointer
	}
	tokens, _ := residue.Split(v.Pointer)
	typ := c.classType(doc)
	if len(tokens) == 0 || typ.Field(tokens[0]) < 0 {
		return ""
	}
	gate := gateOf(&typ.Fields[typ.Field(tokens[0])], c.to)
	if gate == nil {
		return ""
	}
	for i, name := range profilesOf(doc) {
		if p := slices.Index(table.Profiles, name); p >= 0 && gate.Profiles>>p&1 != 0 {
			c.notes.Add(secmodel.ChangeConstraint, "/metadata/profiles", "", v.Message+", as the profile "+name+" demands")
			return residue.Join("metadata", "profiles", strconv.Itoa(i))
		}
	}
	return ""
}

// dispensable returns the pointer of the innermost object, at a pointer or
// around it, that need not be there; "" if there is none but the event.
func (c *conversion) dispensable(doc map[string]any, pointer string) string {
	tokens, _ := residue.Split(pointer)
	typ := c.classType(doc)
	var active uint64
	for _, name := range profilesOf(doc) {
		if p := slices.Index(table.Profiles, name); p >= 0 {
			active |= 1 << p
		}
	}
	found := ""
	required := false // of the list that the value is an element of
	var value any = doc
	for i, token := range tokens {
		here := residue.Join(tokens[:i+1]...)
		switch x := value.(type) {
		case map[string]any:
			required = false
			f := typ.Field(token)
			if f < 0 {
				return found
			}
			field := &typ.Fields[f]
			gate := gateOf(field, c.to)
			if required = field.Required>>c.to&1 != 0 && (gate == nil || gate.Profiles&active != 0); !required {
				found = here
			}
			if is := formIn(field, c.to); is.child != nil {
				typ = is.child
			}
		case []any:
			if !required || len(x) > 1 {
				found = here
			}
		}
		value, _ = residue.Get(doc, here)
	}
	return found
}

// typeAt returns the type of the object at a pointer.
func (c *conversion) typeAt(doc map[string]any, pointer string) *wire.Type {
	typ := c.classType(doc)
	tokens, _ := residue.Split(pointer)
	for _, token := range tokens {
		if f := typ.Field(token); f >= 0 { // not the index of an element
			if is := formIn(&typ.Fields[f], c.to); is.child != nil {
				typ = is.child
			}
		}
	}
	return typ
}

// classType returns the type of a document by its class_uid.
func (c *conversion) classType(doc map[string]any) *wire.Type {
	if typ := eventType(numbers{doc}.get("class_uid", -1)); typ != nil {
		return typ
	}
	return &baseEventType
}

// profilesOf lists the profiles that an event names; "" for what is no name.
func profilesOf(doc map[string]any) []string {
	metadata, _ := doc["metadata"].(map[string]any)
	values, _ := metadata["profiles"].([]any)
	names := make([]string, len(values))
	for i, v := range values {
		names[i], _ = v.(string)
	}
	return names
}

// gateOf returns the profiles of which an event must name one to have an
// attribute, nil if every event has it.
func gateOf(f *wire.Field, version int) *wire.Gate {
	if f.More == nil {
		return nil
	}
	for i := range f.More.Profiles {
		if g := &f.More.Profiles[i]; g.In>>version&1 != 0 {
			return g
		}
	}
	return nil
}
