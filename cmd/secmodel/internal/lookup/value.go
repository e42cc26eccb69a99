package lookup

import (
	"strings"

	"github.com/secmodel/secmodel/internal/model"
)

// values describes the values of enumerations that are written so, or have this
// caption: one entry for all that say the same.
func (g *guide) values(text string) []Entry {
	var found []Entry
	for _, t := range g.Types {
		for _, c := range g.choices(t) {
			if !strings.EqualFold(c.Value, text) && (c.Title == "" || !strings.EqualFold(c.Title, text)) {
				continue
			}
			use := t.Name
			if c.Title != "" && c.Value != c.Title {
				use += " = " + c.Value
			}
			name := c.Value
			if t.Kind == model.Integer {
				name = c.Title
			}
			if n := len(found); n > 0 && found[n-1].Name == name {
				found[n-1].UsedBy = append(found[n-1].UsedBy, use)
				if found[n-1].Versions != c.Versions {
					found[n-1].Versions = ""
				}
				continue
			}
			found = append(found, Entry{
				Kind: Value, Format: g.Format, Name: name, Title: c.Title, Versions: c.Versions,
				Deprecated: c.Deprecated, UsedBy: []string{use}, Link: g.link(t),
			})
		}
	}
	return found
}

// valueOf describes a value of the attributes that a name or path leads to.
func (g *guide) valueOf(attribute, value string) []Entry {
	var found []Entry
	for _, a := range g.attributes(attribute) {
		for _, c := range a.Values {
			if !strings.EqualFold(c.Value, value) && !strings.EqualFold(c.Title, value) {
				continue
			}
			e := Entry{
				Kind: Value, Format: g.Format, Name: a.Name + " = " + c.Value, Title: c.Title,
				Versions: c.Versions, Deprecated: c.Deprecated, Link: a.Link,
			}
			for _, o := range a.Owners {
				e.UsedBy = append(e.UsedBy, o.Name+"."+a.Name)
			}
			found = append(found, e)
		}
	}
	return found
}
