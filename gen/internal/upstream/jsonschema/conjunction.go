package jsonschema

import (
	"net/url"
	"strconv"
	"strings"
)

// part is one schema of several that all hold of a value.
type part struct {
	place
	outer bool // it is the only one at the value itself, the others are behind its $ref or in its allOf
}

// conjunction lists the schemas that hold of a value besides each other: those
// that $ref and allOf bring in first, as a base comes before what extends it.
func (r *reader) conjunction(places []place) []part {
	var parts []part
	seen := map[string]progress{}
	for _, p := range places {
		parts = r.flatten(parts, p, len(places) == 1, seen)
	}
	return parts
}

// progress says how far a place is flattened: not at all, under way, or done.
type progress byte

const (
	underWay progress = iota + 1
	done
)

func (r *reader) flatten(parts []part, p place, outer bool, seen map[string]progress) []part {
	if p.n.kind != objectNode {
		switch {
		case p.n.isBool(true) && r.draft > draft04:
		case p.n.isBool(false) && r.draft > draft04:
			r.fail(p.at, "false, which no value satisfies, is not supported")
		default:
			r.fail(p.at, "is not a schema")
		}
		return parts
	}
	switch seen[p.at] {
	case underWay:
		r.fail(p.at, refersToItself)
		return parts
	case done:
		return parts // it holds once
	}
	seen[p.at] = underWay
	defer func() { seen[p.at] = done }()
	r.keywords(p)
	if p.n.get("$ref") != nil {
		if target, ok := r.resolve(p); ok {
			parts = r.flatten(parts, target, false, seen)
		}
		if r.draft < draft201909 {
			return parts // what stands beside $ref has no meaning
		}
	}
	if all := p.member("allOf"); all.n != nil {
		for i := range r.list(all) {
			parts = r.flatten(parts, all.elem(i), false, seen)
		}
	}
	return append(parts, part{p, outer})
}

// refersToItself refuses what drafts leave undefined: a schema that must hold for
// it to hold.
const refersToItself = "refers to itself"

// list returns the schemas of allOf, anyOf or oneOf.
func (r *reader) list(p place) []*node {
	if p.n.kind != arrayNode || len(p.n.elems) == 0 {
		r.fail(p.at, "is not an array of schemas")
		return nil
	}
	return p.n.elems
}

// keywords refuses the keywords of a place that are not supported, or that its
// draft does not have.
func (r *reader) keywords(p place) {
	if p.n.kind != objectNode || r.checked[p.at] {
		return
	}
	r.checked[p.at] = true
	ignored := p.n.get("$ref") != nil && r.draft < draft201909
	for _, m := range p.n.members {
		if own(m.name) || ignored && m.name != "$ref" {
			continue
		}
		at := p.at + "/" + escape(m.name)
		switch k, known := keywords[m.name]; {
		case !known:
			r.fail(at, "%q is not a keyword of JSON Schema; one of your own starts with x-", m.name)
		case k.since > r.draft:
			r.fail(at, "%q is a keyword since %s, and the schema is of %s", m.name, k.since, r.draft)
		case k.role == refused, k.role == neutral && !without(m.name, m.value):
			r.fail(at, "%q is not supported", m.name)
		case (m.name == "id" || m.name == "$id") && p.at != "#":
			r.fail(at, "a schema inside the schema with a URI of its own is not supported")
		}
	}
}

// follow goes on from a place that is nothing but a reference, to what it
// refers to. In the drafts that know no keywords beside $ref, every reference is
// nothing else; in all, an allOf of one reference is one.
func (r *reader) follow(p place) place {
	var seen map[string]bool
	for {
		next, ok := r.reference(p)
		if !ok {
			return p
		}
		if seen == nil {
			seen = map[string]bool{}
		}
		if seen[p.at] {
			r.fail(p.at, refersToItself)
			return place{&node{kind: objectNode}, p.at}
		}
		seen[p.at] = true
		p = next
	}
}

func (r *reader) reference(p place) (target place, ok bool) {
	if p.n.kind != objectNode {
		return p, false
	}
	only := ""
	for _, m := range p.n.members {
		if !asserts(m.name) {
			continue
		}
		if m.name == "$ref" && r.draft < draft201909 {
			only = m.name
			break
		}
		if only != "" || m.name != "$ref" && m.name != "allOf" {
			return p, false
		}
		only = m.name
	}
	switch only {
	case "$ref":
		r.keywords(p)
		return r.resolve(p)
	case "allOf":
		if all := p.member("allOf"); len(all.n.elems) == 1 {
			r.keywords(p)
			return r.reference(all.elem(0))
		}
	}
	return p, false
}

// resolve finds what the $ref of a place refers to.
func (r *reader) resolve(p place) (target place, ok bool) {
	ref := p.member("$ref")
	text, isText := ref.n.value.(string)
	if !isText {
		r.fail(ref.at, "is not a string")
		return p, false
	}
	base, fragment, _ := strings.Cut(text, "#")
	if base != "" && !r.here(base) {
		r.fail(ref.at, "%q leads out of the document, which is not supported", text)
		return p, false
	}
	fragment, err := url.PathUnescape(fragment)
	if err != nil || fragment != "" && fragment[0] != '/' {
		r.fail(ref.at, "%q is no JSON Pointer; other references are not supported", text)
		return p, false
	}
	target = place{r.root, "#"}
	if fragment == "" {
		return target, true
	}
	for step := range strings.SplitSeq(fragment[1:], "/") {
		if target.n != r.root && target.n.text(r.idKeyword()) != "" {
			r.fail(ref.at, "%q leads into a schema with a URI of its own, which is not supported", text)
			return p, false
		}
		if target = target.step(pointerUnescapes.Replace(step)); target.n == nil {
			r.fail(ref.at, "%q leads nowhere", text)
			return p, false
		}
	}
	return target, true
}

// step gives the member or element of a name, without a node if there is none.
func (p place) step(name string) place {
	if p.n.kind != arrayNode {
		return p.member(name)
	}
	if i, err := strconv.Atoi(name); err == nil && i >= 0 && i < len(p.n.elems) && strconv.Itoa(i) == name {
		return p.elem(i)
	}
	return place{}
}

// idKeyword is the keyword that gives a schema a URI.
func (r *reader) idKeyword() string {
	if r.draft == draft04 {
		return "id"
	}
	return "$id"
}

// here reports whether a reference, without its fragment, is to the document.
func (r *reader) here(ref string) bool {
	id := strings.TrimSuffix(r.root.text(r.idKeyword()), "#")
	if ref == id {
		return true
	}
	base, err := url.Parse(id)
	if err != nil || id == "" {
		return false
	}
	u, err := base.Parse(ref)
	return err == nil && u.String() == base.String()
}
