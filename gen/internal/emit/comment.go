package emit

import (
	"fmt"
	"slices"
	"strings"

	"github.com/secmodel/secmodel/internal/model"
)

// sentence makes a sentence: a capital first, a full stop last. It is "" for "".
func sentence(text string) string {
	text = strings.TrimSpace(text)
	if text == "" {
		return ""
	}
	if last := text[len(text)-1]; last != '.' && last != '!' && last != '?' {
		text += "."
	}
	return capital(text)
}

// join puts sentences together, leaving out empty ones.
func join(list ...string) string {
	return strings.Join(slices.DeleteFunc(list, func(s string) bool { return s == "" }), " ")
}

// when says in which versions something holds: what, and the versions where
// that is not all of them; "" if it never holds.
func (p *plan) when(what string, set model.Set) string {
	if len(p.sets.ranges(set)) == 0 {
		return ""
	}
	return sentence(what + " " + p.sets.words(set))
}

// existence says in which versions something exists, "" if in all.
func (p *plan) existence(in model.Set) string { return sentence(p.sets.words(in)) }

func (p *plan) deprecations(list []model.Deprecation) string {
	var text []string
	for _, d := range list {
		if d.Since != "" {
			text = append(text, sentence("deprecated since "+d.Since))
		} else {
			text = append(text, p.when("deprecated", d.In))
		}
	}
	return join(text...)
}

// caption gives the caption of a definition to follow its name, "" if it says
// no more than the name.
func caption(t *model.Type) string {
	if t.Title == "" || exported(t.Title) == exported(t.Name) {
		return ""
	}
	return ": " + t.Title
}

// structComment describes a class or object.
func (p *plan) structComment(s *goStruct) string {
	what := "object"
	if s.Class != nil {
		what = "class"
	}
	text := join(sentence(s.name+" is the "+what+" "+s.Type.Name+caption(s.Type)), p.existence(s.In))
	if s.Class != nil {
		for _, n := range s.Class.Names {
			text = join(text, p.when("called "+n.Value, n.In))
		}
	}
	if s.Extension != "" {
		text = join(text, sentence("extension "+s.Extension))
	}
	return join(text, p.deprecations(s.Deprecated), p.page(s))
}

// page links to the page of a class or object in the specification, "" if it
// has none of its own.
func (p *plan) page(s *goStruct) string {
	if p.schema.Format != "ocsf" || p.from != nil {
		return ""
	}
	version := p.schema.Newest()
	for version > 0 && !s.In.Has(version) {
		version--
	}
	kind := "objects"
	if s.Class != nil {
		kind = "classes"
	}
	link := fmt.Sprintf("See https://schema.ocsf.io/%s/%s/%s", p.schema.Versions[version].Name, kind, s.NameAt(version))
	if s.Extension != "" {
		link += "?extensions=" + s.Extension
	}
	return link
}

// fieldComment describes an attribute: facts only, what the Go type does not
// say already.
func (p *plan) fieldComment(f *field) string {
	title := sentence(f.Title)
	if title == "" {
		title = f.Name + "."
	}
	list := []string{title}
	if t := p.byName[f.Type.Ref]; t != nil && t.Kind != model.Object && t.Values == nil {
		list = append(list, sentence("type "+t.Name))
	}
	if f.kind == "Raw" || f.kind == "Raws" {
		list = append(list, sentence(jsonOf(f.forms)))
	}
	list = append(list, p.existence(f.In))
	list = append(list, p.requirement("required", f.Required, f.In), p.requirement("recommended", f.Recommended, f.In))
	list = append(list, p.requirement("null is a value too", f.Null, f.In), p.requirement("null is an element too", f.NullItems, f.In))
	list = append(list, p.when("a single value", f.One))
	for _, w := range f.Was {
		list = append(list, p.when(wasType(w), w.In))
	}
	for _, r := range f.Profiles {
		if r.Value != nil {
			list = append(list, p.when("only with profile "+or(r.Value), r.In))
		}
	}
	if f.Sibling != "" {
		list = append(list, sentence("the caption is in "+f.Sibling))
	}
	return join(append(list, p.deprecations(f.Deprecated))...)
}

// jsonOf describes free-form JSON.
func jsonOf(forms []string) string {
	if forms == nil {
		return "any JSON"
	}
	return "JSON of type " + or(forms)
}

// wasType describes the type of an attribute in older versions.
func wasType(w model.Was) string {
	text := "of type "
	switch {
	case w.Type.Ref != "":
		text += w.Type.Ref
	case w.Type.Kind == model.Any:
		text = jsonOf(w.Type.Forms)
	case w.Type.Kind == model.IntOrString:
		text += or([]string{"integer", "string"})
	default:
		text += string(w.Type.Kind)
	}
	if w.Array {
		return "an array " + text
	}
	return text
}

// or lists alternatives: "a, b or c".
func or(list []string) string {
	if len(list) < 2 {
		return strings.Join(list, "")
	}
	last := len(list) - 1
	return strings.Join(list[:last], ", ") + " or " + list[last]
}

// requirement says in which versions an attribute is required or recommended;
// if that is wherever it exists, the versions are not repeated.
func (p *plan) requirement(what string, set, in model.Set) string {
	if set == in {
		return sentence(what)
	}
	return p.when(what, set)
}

// valueComment describes a value of an enumeration.
func (p *plan) valueComment(e *enum, v *model.Value) string {
	return join(sentence(v.Title), p.existence(v.In&e.In), p.deprecations(v.Deprecated))
}
