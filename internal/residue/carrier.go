package residue

import (
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"
)

// Carrier is a residue as it travels with the converted document.
//
// Everywhere it is two members. One has the name of the source's format and is
// for people: an object of the source's values by JSON Pointer. The other,
// called "secmodel", is what applying them needs besides.
type Carrier struct {
	// Format of the source.
	Format string
	// Crosswalk names the tables that the conversion used, with their version.
	Crosswalk string
	// From and To are the versions of source and target, where the formats have
	// any.
	From, To string
	Residue  Residue
}

// machine is the name of the member that is not for people.
const machine = "secmodel"

// ErrCarrier is the error for what is not a carrier.
var ErrCarrier = errors.New("residue: not a residue")

// Members returns the two members as they stand in the unmapped attribute of an
// OCSF event. They share memory with the residue.
func (c *Carrier) Members() map[string]any {
	values, was, gone := map[string]any{}, map[string]any{}, []any{}
	for _, e := range c.Residue.Entries {
		if e.Was != "" {
			was[e.Pointer] = e.Was
		}
		if e.Gone {
			gone = append(gone, e.Pointer)
		} else {
			values[e.Pointer] = e.Is
		}
	}
	mark := map[string]any{
		"crosswalk": c.Crosswalk,
		"n":         json.Number(strconv.Itoa(len(c.Residue.Entries))),
		"was":       was,
		"gone":      gone,
	}
	if c.From != "" {
		mark["from"] = c.From
	}
	if c.To != "" {
		mark["to"] = c.To
	}
	return map[string]any{c.Format: values, machine: mark}
}

// Text returns the two members as the text of a JSON object.
func (c *Carrier) Text() string { return string(Text(c.Members())) }

// Of reports whether the tables that the conversion used are a version, known or
// not, of those that are named.
func (c *Carrier) Of(crosswalk string) bool {
	name, _, _ := strings.Cut(crosswalk, "/")
	own, _, _ := strings.Cut(c.Crosswalk, "/")
	return own == name
}

// Take removes the two members of a carrier from an object.
func Take(members map[string]any, format string) {
	delete(members, format)
	delete(members, machine)
}

// Open reads the two members. The error is ErrCarrier if they are none;
// complete is false if entries have been lost on the way. A carrier may be
// forged, and is then read in part: of a value there is one entry at most.
func Open(members map[string]any, format string) (c Carrier, complete bool, err error) {
	mark, _ := members[machine].(map[string]any)
	crosswalk, ok := mark["crosswalk"].(string)
	if !ok {
		return c, false, ErrCarrier
	}
	c.Format, c.Crosswalk = format, crosswalk
	c.From, _ = mark["from"].(string)
	c.To, _ = mark["to"].(string)
	was, _ := mark["was"].(map[string]any)
	digest := func(pointer string) string {
		s, _ := was[pointer].(string)
		return s
	}
	values, _ := members[format].(map[string]any)
	seen := make(map[string]bool, len(values))
	add := func(e Entry) {
		// A pointer can be written in many ways, of which Join knows one.
		if tokens, ok := Split(e.Pointer); ok && Join(tokens...) == e.Pointer && !seen[e.Pointer] {
			seen[e.Pointer] = true
			e.Was = digest(e.Pointer)
			c.Residue.Entries = append(c.Residue.Entries, e)
		}
	}
	for pointer, v := range values {
		add(Entry{Pointer: pointer, Is: v})
	}
	gone, _ := mark["gone"].([]any)
	for _, v := range gone {
		if pointer, ok := v.(string); ok {
			add(Entry{Pointer: pointer, Gone: true})
		}
	}
	slices.SortFunc(c.Residue.Entries, func(a, b Entry) int { return Compare(a.Pointer, b.Pointer) })
	n, _ := mark["n"].(json.Number)
	return c, string(n) == strconv.Itoa(len(c.Residue.Entries)), nil
}

// OpenText is Open for the text of a JSON object.
func OpenText(text, format string) (c Carrier, complete bool, err error) {
	members, err := Parse([]byte(text))
	if err != nil {
		return c, false, ErrCarrier
	}
	return Open(members, format)
}

// Attachment returns the carrier as an Attachment of an IDMEFv2 message. The
// draft sends attributes of one's own into an attachment (section 4.2).
func (c *Carrier) Attachment(name string) map[string]any {
	text := c.Text()
	return map[string]any{
		"Name":            name,
		"ContentType":     "application/json",
		"ContentEncoding": "json",
		"Content":         text,
		"Size":            json.Number(strconv.Itoa(len(text))),
	}
}
