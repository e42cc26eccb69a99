package ocsf

import (
	"fmt"
	"strings"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/wire"
)

// hintProfiles says of attributes that validation did not know whether they are
// those of a profile that the event does not name. It is no finding of its own:
// the error is there, what is added is its cause.
func (l *linter) hintProfiles(event wire.Model, found []secmodel.Violation) {
	for i := range found {
		v := &found[i]
		if v.Code != secmodel.CodeUnknown {
			continue
		}
		if profiles := l.profilesOf(event, v.Pointer); len(profiles) > 0 {
			v.Message += fmt.Sprintf("; it is an attribute of the profile %s, which metadata.profiles does not name", strings.Join(profiles, " or "))
			v.Expected = profiles
		}
	}
}

// profilesOf returns the profiles to which an attribute belongs.
func (l *linter) profilesOf(event wire.Model, pointer string) (names []string) {
	f := fieldAt(event, pointer)
	if f == nil || f.More == nil || f.Absent>>l.version&1 != 0 {
		return nil
	}
	t, _, _ := event.WireModel()
	for _, g := range f.More.Profiles {
		if g.In>>l.version&1 == 0 {
			continue
		}
		for p, name := range t.Profiles {
			if g.Profiles>>p&1 != 0 && (t.ProfileAbsent == nil || t.ProfileAbsent[p]>>l.version&1 == 0) {
				names = append(names, name)
			}
		}
		break
	}
	return names
}

// fieldAt returns the attribute that a pointer leads to, nil if there is none.
func fieldAt(event wire.Model, pointer string) (f *wire.Field) {
	t, _, _ := event.WireModel()
	typ := wire.NodeOf(event).Type()
	for token := range strings.SplitSeq(strings.TrimPrefix(pointer, "/"), "/") {
		if f != nil {
			if f.Kind.List() && isIndex(token) {
				continue
			}
			if f.Kind != wire.Object && f.Kind != wire.Objects {
				return nil
			}
			typ = t.Types[f.Child]
		}
		i := typ.Field(token)
		if i < 0 {
			return nil
		}
		f = &typ.Fields[i]
	}
	return f
}

func isIndex(token string) bool { return token != "" && strings.Trim(token, "0123456789") == "" }
