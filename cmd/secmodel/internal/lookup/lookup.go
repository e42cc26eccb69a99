package lookup

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/secmodel/secmodel/internal/model"
	"github.com/secmodel/secmodel/schemas"
)

// ErrUnknown: there is nothing of the name. The error says what is close to it.
var ErrUnknown = errors.New("unknown name")

// Find returns all that a name stands for, in one format or, if that is "", in
// all of them and among the codes:
//
//	authentication           a class, by any of its names, or by its number: 3002
//	user, Analyzer           an object; the case of letters does not matter
//	severity_id              an attribute
//	Source.IP                an attribute of an object, or of what an attribute holds
//	Recon.Scanning, Logon    a value of an enumeration, or its caption
//	severity_id=4            a value of a certain attribute
//	type_uid_incorrect       a code
//
// Nothing found is an error that wraps ErrUnknown.
func Find(format, name string) ([]Entry, error) {
	list := schemas.Formats()
	if format != "" {
		if !slices.Contains(list, format) {
			return nil, fmt.Errorf("there is no format %q; those known are %s", format, strings.Join(list, ", "))
		}
		list = []string{format}
	}
	found := codes(format, name)
	if len(found) > 0 {
		return found, nil // the formats have no names like those of codes
	}
	var guides []*guide
	for _, f := range list {
		s, err := Schema(f)
		if err != nil {
			return nil, err
		}
		guides = append(guides, &guide{s})
	}
	found = search(guides, name)
	if len(found) == 0 {
		known := codeNames()
		for _, g := range guides {
			known = append(known, g.names()...)
		}
		return nil, unknown(name, known)
	}
	return found, nil
}

// search returns what a name stands for in several formats, by kind.
func search(guides []*guide, name string) []Entry {
	var found []Entry
	if name == "" {
		return nil // some value is the empty text
	}
	// Texts that are values are common words: they count where there is nothing
	// else of the name.
	for _, in := range []func(*guide, string) []Entry{(*guide).find, (*guide).values} {
		for _, g := range guides {
			found = append(found, in(g, name)...)
		}
		if len(found) > 0 {
			break
		}
	}
	slices.SortStableFunc(found, func(a, b Entry) int { return cmp.Compare(order(a.Kind), order(b.Kind)) })
	return found
}

// parsed keeps the schemas that have been read: to read that of OCSF takes most
// of the time of a look-up.
var parsed struct {
	sync.Mutex
	schemas map[string]*model.Schema
}

// Schema reads the annotated schema of a format, the first time that it is asked
// for it. All callers get the same one, and must not change it. It may be called
// by several goroutines.
func Schema(format string) (*model.Schema, error) {
	parsed.Lock()
	defer parsed.Unlock()
	if s := parsed.schemas[format]; s != nil {
		return s, nil
	}
	data, err := schemas.Annotated(format)
	if err != nil {
		return nil, err
	}
	s, err := model.Parse(data)
	if err != nil {
		return nil, err
	}
	if parsed.schemas == nil {
		parsed.schemas = map[string]*model.Schema{}
	}
	parsed.schemas[format] = s
	return s, nil
}

func order(k Kind) int {
	return slices.Index([]Kind{Class, Object, Attribute, Type, Value, Code}, k)
}

// guide answers from the schema of one format.
type guide struct{ *model.Schema }

// find returns what a name stands for in the format, values without the name of
// their attribute excepted.
func (g *guide) find(name string) []Entry {
	if attribute, value, ok := strings.Cut(name, "="); ok {
		return g.valueOf(strings.TrimSpace(attribute), strings.TrimSpace(value))
	}
	var found []Entry
	uid, err := strconv.ParseInt(name, 10, 64)
	numbered := err == nil && g.Format == "ocsf"
	for _, t := range g.Types {
		if isCalled(t, name) || numbered && t.Class != nil && t.Class.UID == uid {
			found = append(found, g.definition(t))
		}
	}
	attributes := g.attributes(name)
	// An attribute of an enumeration is told with its values.
	found = slices.DeleteFunc(found, func(e Entry) bool {
		return e.Values != nil && slices.ContainsFunc(attributes, func(a Entry) bool { return a.Type == e.Name })
	})
	return append(found, attributes...)
}

// isCalled reports whether a definition has a name in any version.
func isCalled(t *model.Type, name string) bool {
	_, core, extended := strings.Cut(name, "/")
	if extended && t.Extension != "" {
		name = core
	}
	if strings.EqualFold(t.Name, name) {
		return true
	}
	for _, n := range names(t) {
		if strings.EqualFold(n.Value, name) {
			return true
		}
	}
	return false
}

// names returns the names of a definition in versions that had another.
func names(t *model.Type) []model.Ranged[string] {
	if t.Class != nil {
		return t.Class.Names
	}
	return t.Names
}

// names lists what may be asked for: definitions and attributes.
func (g *guide) names() []string {
	var list []string
	for _, t := range g.Types {
		list = append(list, t.Name)
		for _, p := range t.Properties {
			list = append(list, p.Name)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}
