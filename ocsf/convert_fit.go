package ocsf

import (
	"math/bits"
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
		c.nameProfiles(doc)
		report := e.Check(secmodel.MaxViolations(0))
		return slices.DeleteFunc(report.Violations, func(v secmodel.Violation) bool { return v.Severity != secmodel.Error }), nil
	}
	rest, err := residue.Fit(target, check, func(v secmodel.Violation, left func(string, int) int) []string {
		f := fitting{conversion: c, doc: target, left: left}
		return f.remedy(v)
	})
	return residue.Unmet(rest), err
}

// fitting is the search for what to remove from a document.
type fitting struct {
	*conversion
	doc  map[string]any
	left func(list string, elements int) int // elements that are not removed yet
}

// remedy returns the pointers of what is to be removed for a violation.
func (c *fitting) remedy(v secmodel.Violation) []string {
	parent, _ := residue.Parent(v.Pointer)
	switch v.Code {
	case secmodel.CodeRequiredMissing:
		return c.incomplete(parent, v)
	case secmodel.CodeConstraint:
		if pointer := c.surplus(v); pointer != "" {
			return []string{pointer}
		}
		return c.incomplete(v.Pointer, v)
	case secmodel.CodeTooFew:
		return c.incomplete(v.Pointer, v)
	case secmodel.CodeArraySiblingMissing, secmodel.CodeArraySiblingIncorrect:
		return []string{parent} // a list of captions that does not fit the list of values
	case CodeObservableReference:
		return []string{parent} // an observable of what is not there
	case CodeTypeUIDIncorrect, secmodel.CodeClassUnknown:
		return nil
	}
	switch v.Pointer {
	case "/class_uid", "/category_uid", "/type_uid", "/metadata/version":
		return nil // it must be there, and what is right is not known
	}
	return []string{v.Pointer}
}

// surplus returns the pointer of an attribute that is one too many where the
// target wants just one of several. One that it recommends is kept, else the
// first that it names.
func (c *fitting) surplus(v secmodel.Violation) string {
	names, _ := v.Expected.([]string)
	value, _ := residue.Get(c.doc, v.Pointer)
	object, _ := value.(map[string]any)
	there := slices.DeleteFunc(slices.Clone(names), func(name string) bool { return object[name] == nil })
	if len(there) < 2 {
		return ""
	}
	typ := c.typeAt(v.Pointer)
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
// it is a profile that demands it, the profile, as often as the event names it.
func (c *fitting) incomplete(object string, v secmodel.Violation) []string {
	if pointer := c.dispensable(object); pointer != "" {
		c.notes.Add(secmodel.ChangeConstraint, pointer, "", v.Message)
		return []string{pointer}
	}
	tokens, _ := residue.Split(v.Pointer)
	typ := c.classType(c.doc)
	if len(tokens) == 0 || typ.Field(tokens[0]) < 0 {
		return nil
	}
	gate := gateOf(&typ.Fields[typ.Field(tokens[0])], c.to)
	if gate == nil || gate.Profiles&c.profiles == 0 {
		return nil
	}
	p := bits.TrailingZeros64(gate.Profiles & c.profiles)
	c.profiles &^= 1 << p
	c.notes.Add(secmodel.ChangeConstraint, "/metadata/profiles", "", v.Message+", as the profile "+table.Profiles[p]+" demands")
	var list []string
	for i, name := range profilesOf(c.doc) {
		if name == table.Profiles[p] {
			list = append(list, residue.Join("metadata", "profiles", strconv.Itoa(i)))
		}
	}
	return list
}

// dispensable returns the pointer of the innermost object, at a pointer or
// around it, that need not be there; "" if there is none but the event.
func (c *fitting) dispensable(pointer string) string {
	tokens, _ := residue.Split(pointer)
	typ := c.classType(c.doc)
	found := ""
	required := false // of the list that the value is an element of
	var value any = c.doc
	here := ""
	for _, token := range tokens {
		list := here
		here += residue.Join(token)
		switch x := value.(type) {
		case map[string]any:
			required = false
			f := typ.Field(token)
			if f < 0 {
				return found
			}
			field := &typ.Fields[f]
			gate := gateOf(field, c.to)
			if required = field.Required>>c.to&1 != 0 && (gate == nil || gate.Profiles&c.profiles != 0); !required {
				found = here
			}
			if is := formIn(field, c.to); is.child != nil {
				typ = is.child
			}
		case []any:
			if !required || c.left(list, len(x)) > 1 {
				found = here
			}
		}
		value, _ = residue.Get(value, residue.Join(token))
	}
	return found
}

// typeAt returns the type of the object at a pointer.
func (c *fitting) typeAt(pointer string) *wire.Type {
	typ := c.classType(c.doc)
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

// nameProfiles takes note of the profiles that a document names.
func (c *conversion) nameProfiles(doc map[string]any) {
	c.profiles = 0
	for _, name := range profilesOf(doc) {
		if p := slices.Index(table.Profiles, name); p >= 0 {
			c.profiles |= 1 << p
		}
	}
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
