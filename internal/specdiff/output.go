package specdiff

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Text returns the report as lines for a terminal: "+" is what came, "-" what
// went, "~" what changed, "!" at the end what breaks whom.
func (r *Report) Text() []byte {
	var b bytes.Buffer
	fmt.Fprintln(&b, r.summary())
	for _, s := range r.sections(plainStyle) {
		fmt.Fprintf(&b, "\n%s\n", s.title)
		for _, e := range s.entries {
			fmt.Fprintf(&b, "  %s\n", e.label)
			for _, c := range e.changes {
				line := c.sentence(plainStyle)
				if whom := c.Breaks.String(); whom != "" {
					line += "  ! breaks " + whom
				}
				fmt.Fprintf(&b, "    %s %s\n", c.sign(), line)
			}
		}
	}
	return b.Bytes()
}

// Markdown returns the report as a section of a Markdown document.
func (r *Report) Markdown() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "## %s\n", r.title())
	fmt.Fprintf(&b, "\n%s.\n", strings.TrimPrefix(r.summary(), r.title()+": "))
	for _, s := range r.sections(codeStyle) {
		fmt.Fprintf(&b, "\n### %s\n\n", s.title)
		for _, e := range s.entries {
			fmt.Fprintf(&b, "- %s\n", e.label)
			for _, c := range e.changes {
				line := c.sentence(codeStyle)
				if whom := c.Breaks.String(); whom != "" {
					line += " — **breaks " + whom + "**"
				}
				fmt.Fprintf(&b, "  - %s\n", line)
			}
		}
	}
	return b.Bytes()
}

// JSON returns the report as JSON, every change by itself.
func (r *Report) JSON() ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(r); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

func (r *Report) title() string { return r.Format + " " + r.From + " → " + r.To }

func (r *Report) summary() string {
	return fmt.Sprintf("%s: %s, of which %s producers and %s consumers", r.title(),
		count(r.Changes, "change"), breaks(r.Producers), breaks(r.Consumers))
}

func breaks(n int) string {
	if n == 1 {
		return "1 breaks"
	}
	return fmt.Sprintf("%d break", n)
}

// String names whom a change breaks, "" if nobody.
func (b Breaks) String() string {
	switch {
	case b.Producers && b.Consumers:
		return "producers and consumers"
	case b.Producers:
		return "producers"
	case b.Consumers:
		return "consumers"
	}
	return ""
}

func (c Change) sign() string {
	switch c.Kind {
	case Added:
		return "+"
	case Removed:
		return "-"
	}
	return "~"
}

// style writes a name, value or state.
type style func(string) string

func plainStyle(s string) string { return s }

// codeStyle is a code span of Markdown, fenced by more backticks than are in it.
func codeStyle(s string) string {
	fence := "`"
	for strings.Contains(s, fence) {
		fence += "`"
	}
	if len(fence) > 1 {
		return fence + " " + s + " " + fence
	}
	return fence + s + fence
}

// sentence says what a change is of, and what it is.
func (c Change) sentence(write style) string {
	var parts []string
	if subject := cmp.Or(c.Attribute, c.Value, c.Profile, c.Constraint, c.Bound); subject != "" {
		parts = append(parts, write(subject))
	}
	if c.Profile != "" {
		parts = []string{"profile", write(c.Profile)}
	}
	switch c.Kind {
	case Added, Removed:
		if state := cmp.Or(c.Before, c.After); state != "" {
			parts = append(parts, string(c.Kind)+": "+write(state))
		} else {
			parts = append(parts, string(c.Kind))
		}
	case Deprecated:
		parts = append(parts, strings.TrimSpace("deprecated "+c.After))
	case Undeprecated:
		parts = append(parts, "no longer deprecated")
	case Constraint:
		parts = append(parts, c.names(write))
	case Bound, Checked, Members, Null: // the states say what they are of
		parts = append(parts, write(c.Before)+" → "+write(c.After))
	default:
		parts = append(parts, string(c.Kind)+" "+write(c.Before)+" → "+write(c.After))
	}
	return strings.Join(parts, " ")
}

// names says which attributes a constraint names more than before, and which no
// longer.
func (c Change) names(write style) string {
	before, after := strings.Split(c.Before, ", "), strings.Split(c.After, ", ")
	more := slices.DeleteFunc(slices.Clone(after), func(name string) bool { return slices.Contains(before, name) })
	fewer := slices.DeleteFunc(before, func(name string) bool { return slices.Contains(after, name) })
	var parts []string
	if len(more) > 0 {
		parts = append(parts, "names "+listed(more, write)+" too")
	}
	if len(fewer) > 0 {
		parts = append(parts, "no longer names "+listed(fewer, write))
	}
	return strings.Join(parts, ", ")
}
