package lookup

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"unicode/utf8"
)

// Lengths of lists in a text for people; the JSON form has all.
const (
	maxOwners = 12 // classes and objects that have an attribute
	maxUses   = 12 // attributes that have a type
)

// Text gives an entry for people, over several lines. With all, no list is cut
// short.
func (e *Entry) Text(all bool) string {
	var b strings.Builder
	b.WriteString(e.headline() + "\n")
	w := tabwriter.NewWriter(&b, 0, 8, 2, ' ', 0)
	fact := func(name, text string) {
		if text != "" {
			fmt.Fprintf(w, "  %s\t%s\n", name, text)
		}
	}
	fact("meaning", e.Title)
	if e.UID != 0 {
		fact("number", strconv.FormatInt(e.UID, 10))
	}
	fact("category", e.Category)
	fact("type", e.typeText())
	fact("versions", versionText(e.Versions))
	fact("formerly", strings.Join(e.Formerly, ", "))
	fact("deprecated", prefixed("since ", e.Deprecated))
	fact("profiles", e.profileText())
	fact("caption in", e.Caption)
	for _, bound := range e.Bounds {
		fact("bound", bound)
	}
	fact("occurs in", strings.Join(e.Formats, ", "))
	e.ownerFacts(fact, all)
	fact("used by", cutList(e.UsedBy, maxUses, all))
	fact("see", e.Link)
	_ = w.Flush() // a strings.Builder takes everything
	e.tables(&b)
	return b.String()
}

func (e *Entry) headline() string {
	switch {
	case e.Kind == Code:
		return "code " + e.Name + ", of a " + e.Of
	case e.Format == "":
		return string(e.Kind) + " " + e.Name
	}
	return string(e.Kind) + " " + e.Name + ", " + e.Format
}

func (e *Entry) typeText() string {
	if e.Array {
		return "list of " + e.Type
	}
	return e.Type
}

func (e *Entry) profileText() string {
	if e.Kind == Attribute && len(e.Profiles) > 0 {
		return "only with " + strings.Join(e.Profiles, " or ")
	}
	return strings.Join(e.Profiles, ", ")
}

// ownerFacts says where an attribute is required, recommended and optional.
func (e *Entry) ownerFacts(fact func(name, text string), all bool) {
	var required, recommended, optional []string
	for _, o := range e.Owners {
		name := o.Name
		if o.Versions != "*" {
			name += " (" + o.Versions + ")"
		}
		switch {
		case o.Required == "*" || o.Required != "" && o.Required == o.Versions:
			required = append(required, name)
		case o.Required != "":
			required = append(required, o.Name+" ("+o.Required+")")
		case o.Recommended != "":
			recommended = append(recommended, name)
		default:
			optional = append(optional, name)
		}
	}
	fact("required in", cutList(required, maxOwners, all))
	fact("recommended in", cutList(recommended, maxOwners, all))
	fact("optional in", cutList(optional, maxOwners, all))
}

// tables appends what takes a line each: values of an enumeration, attributes of
// a class or object.
func (e *Entry) tables(b *strings.Builder) {
	var rows [][]string
	for _, v := range e.Values {
		title := v.Title
		if title == v.Value {
			title = ""
		}
		rows = append(rows, []string{v.Value, title, short(v.Versions), prefixed("deprecated since ", v.Deprecated)})
	}
	table(b, "  values:\n", rows)
	rows = rows[:0]
	for _, a := range e.Attributes {
		kind := a.Type
		if a.Array {
			kind = "list of " + kind
		}
		rows = append(rows, []string{a.Name, kind, a.Title, short(a.Versions), a.level()})
	}
	table(b, "  attributes:\n", rows)
}

// table appends rows whose cells stand below each other, if there are any.
func table(b *strings.Builder, heading string, rows [][]string) {
	if len(rows) == 0 {
		return
	}
	var widths []int
	for _, row := range rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	b.WriteString(heading)
	for _, row := range rows {
		line := "  "
		for i, cell := range row {
			if widths[i] > 0 {
				line += "  " + cell + strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell))
			}
		}
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
}

// level says whether an attribute is required or recommended.
func (m *Member) level() string {
	level := func(name, in string) string {
		if in != "*" && in != m.Versions {
			name += " in " + in
		}
		return name + m.profileNote()
	}
	switch {
	case m.Required != "":
		return level("required", m.Required)
	case m.Recommended != "":
		return level("recommended", m.Recommended)
	}
	return strings.TrimPrefix(m.profileNote(), " ")
}

// profileNote names the profiles that an attribute depends on.
func (m *Member) profileNote() string {
	if len(m.Profiles) == 0 {
		return ""
	}
	return " with " + strings.Join(m.Profiles, " or ")
}

// versionText says which versions have something.
func versionText(set string) string {
	if set == "*" {
		return "all"
	}
	return set
}

// short is versionText where most have all versions.
func short(set string) string {
	if set == "*" {
		return ""
	}
	return set
}

func prefixed(prefix, text string) string {
	if text == "" {
		return ""
	}
	return prefix + text
}

// cutList gives a list on one line, of which the rest is counted only.
func cutList(list []string, most int, all bool) string {
	list = slices.Clone(list)
	if rest := len(list) - most; rest > 0 && !all {
		list = append(list[:most], fmt.Sprintf("and %d more", rest))
	}
	return strings.Join(list, ", ")
}
