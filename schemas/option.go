package schemas

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/secmodel/secmodel/internal/model"
)

// Dialect is a version of the JSON Schema language, by the URI that names it.
type Dialect string

// The dialects that plain schemas are written in.
const (
	Draft202012 Dialect = "https://json-schema.org/draft/2020-12/schema"
	Draft07     Dialect = "http://json-schema.org/draft-07/schema#"
	Draft04     Dialect = "http://json-schema.org/draft-04/schema#"
)

var dialects = [...]Dialect{Draft202012, Draft07, Draft04}

// Option changes how [Plain] and [Release] write a schema.
type Option func(*options)

type options struct {
	dialect  Dialect
	strict   bool
	official bool
	filtered bool     // only attributes that the profiles admit
	profiles []string // with filtered
}

// WithDialect sets the dialect of the schema. The default is Draft202012, and
// Draft07 with [Official].
func WithDialect(d Dialect) Option {
	return func(o *options) { o.dialect = d }
}

// Strict makes the schema refuse what is only a warning too: what receivers
// accept, store altered or ignore, and what the official schema of a version
// forgot to check.
func Strict() Option {
	return func(o *options) { o.strict = true }
}

// WithProfiles makes the schema one for documents that name exactly these
// profiles: attributes of others are unknown, and what these require is
// required. WithProfiles() is for documents that name none. Without the option
// the attributes of every profile are admitted, and none is required.
//
// A profile goes by the name that documents have for it, "cloud" or
// "linux/linux_users"; one that the version does not have is an error.
func WithProfiles(names ...string) Option {
	names = slices.Clone(names)
	return func(o *options) { o.filtered, o.profiles = true, names }
}

// Official makes the schema say what the one says that the official schema
// server of OCSF exports, no more and no less, so that both give the same
// verdicts. Compared with the schema without it:
//
//   - There are no bounds and no patterns, and enumerations only of what is of
//     the type integer_t or string_t itself: not of type_uid.
//   - An attribute that a constraint names is not required, even where the
//     specification says so.
//   - A constraint does not reach into objects: dotted paths are left out.
//   - Without [WithProfiles] what any profile requires is required: a document
//     without cloud is wrong, although few name that profile.
//   - $defs, by that name in every dialect, holds every object that the class
//     leads to, those of other profiles too, and an object itself if it leads
//     back to itself.
//   - A class has the server's address as its $id, but not in a [Release],
//     which the server does not export.
//
// The captions are those of the newest release, and in 1.0.0 type_uid has no
// values. Other formats have no official export: with them it is an error, as
// it is together with [Strict].
func Official() Option {
	return func(o *options) { o.official = true }
}

// newOptions applies opts for version v of s.
func newOptions(s *model.Schema, v int, opts []Option) (options, error) {
	var o options
	for _, opt := range opts {
		opt(&o)
	}
	if o.official {
		o.dialect = cmp.Or(o.dialect, Draft07)
	}
	o.dialect = cmp.Or(o.dialect, Draft202012)
	switch {
	case !slices.Contains(dialects[:], o.dialect):
		return o, fmt.Errorf("no dialect %q: want one of %q", o.dialect, dialects)
	case o.official && s.Format != officialFormat:
		return o, fmt.Errorf("%s has no official export: the option is for %s only", s.Format, officialFormat)
	case o.official && o.strict:
		return o, errors.New("the options Strict and Official exclude each other")
	}
	var known []string
	for _, p := range s.Profiles {
		if p.In.Has(v) {
			known = append(known, p.Name)
		}
	}
	for _, name := range o.profiles {
		if !slices.Contains(known, name) {
			return o, fmt.Errorf("%s %s has no profile %q: want some of %q", s.Format, s.Versions[v].Name, name, known)
		}
	}
	return o, nil
}
