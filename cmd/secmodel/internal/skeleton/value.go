package skeleton

import (
	"slices"
	"strings"
	"time"

	"github.com/secmodel/secmodel/internal/model"
	"github.com/secmodel/secmodel/mozdef"
)

// value makes the value of an attribute of an object of type t.
func (b *builder) value(t *model.Type, p *model.Property) any {
	ref, array := p.TypeAt(b.version)
	var value any
	if numbers := b.schema.NumbersAt(t, p, b.version); numbers != nil {
		value = b.number(t, p, numbers)
	} else if t.Name == mozdef.ClassVulnerabilityV2 && p.Name == "version" {
		value = int64(2) // of the message: by it the class is told from the older one
	} else {
		value = b.single(ref, p.Name, p.Title)
	}
	if array && !p.One.Has(b.version) {
		return []any{value}
	}
	return value
}

// number returns the value of an attribute that follows from the class: of the
// type of an event, the one of the activity that the document has.
func (b *builder) number(t *model.Type, p *model.Property, numbers []int64) int64 {
	if p.Name != "type_uid" {
		return numbers[0]
	}
	activity, _ := b.value(t, t.Property("activity_id")).(int64)
	return t.Class.UID*100 + activity
}

// single makes one value of a type.
func (b *builder) single(ref model.TypeRef, name, title string) any {
	t := b.schema.Type(ref.Ref)
	if t == nil {
		return b.plain(ref.Kind, ref.Forms, name, title)
	}
	switch {
	case t.Kind == model.Object:
		return b.object(t)
	case t.Values != nil:
		return b.choice(t)
	}
	for s := t; s != nil; s = b.schema.Type(s.Super) {
		if text, ok := b.example(s.Name, name); ok {
			return text
		}
	}
	value := b.plain(t.Kind, t.Forms, name, title)
	if n, ok := value.(int64); ok {
		return b.within64(t, n)
	}
	return value
}

// choice returns a value of an enumeration: the first that says something.
func (b *builder) choice(t *model.Type) any {
	list := t.ValuesAt(b.version)
	if len(list) == 0 { // all that it has are of other versions
		return b.plain(t.Kind, nil, t.Name, t.Title)
	}
	const other = 99 // in OCSF
	best := list[0]
	for _, v := range list {
		_, deprecated := model.DeprecatedAt(v.Deprecated, b.version)
		if !deprecated && v.Int != 0 && v.Int != other || t.Kind == model.String && v.Str != "" && v.Str != "Unknown" {
			best = v
			break
		}
	}
	if t.Kind == model.Integer {
		return best.Int
	}
	return best.Str
}

// plain makes a value of a JSON type. A text tells what it is to be replaced by.
func (b *builder) plain(kind model.Kind, forms []string, name, title string) any {
	switch kind {
	case model.Object:
		return new(Object)
	case model.Integer, model.IntOrString:
		return int64(1)
	case model.Number:
		return 0.5
	case model.Boolean:
		return false
	case model.Any:
		if forms == nil || slices.Contains(forms, "object") {
			return new(Object)
		}
	}
	if title == "" {
		title = name
	}
	return "<" + title + ">"
}

// within64 moves a number into the bounds of its type.
func (b *builder) within64(t *model.Type, n int64) int64 {
	for _, f := range t.Facets {
		if !f.In.Has(b.version) {
			continue
		}
		if f.Min != nil && n < int64(*f.Min) {
			n = int64(*f.Min)
		}
		if len(f.Ints) > 0 && !slices.ContainsFunc(f.Ints, func(r [2]int64) bool { return r[0] <= n && n <= r[1] }) {
			n = f.Ints[0][0]
		}
	}
	return n
}

// example returns a value of a scalar that has a form of its own. Addresses and
// names are those set aside for documentation.
func (b *builder) example(scalar, name string) (any, bool) {
	at := b.options.Time
	switch scalar {
	case "uuid", "uuid_t":
		return b.options.NewID(), true
	case "timestamp":
		// MozDef has offsets as numbers, which IDMEFv2 takes too.
		return at.Format("2006-01-02T15:04:05-07:00"), true
	case "datetime_t":
		return at.UTC().Format(time.RFC3339), true
	case "timestamp_t":
		return at.UnixMilli(), true
	case "ip", "ip_t":
		return "192.0.2.1", true
	case "subnet_t":
		return "192.0.2.0/24", true
	case "mac_t":
		return "00:00:5E:00:53:01", true
	case "hostname_t":
		return "host.example.org", true
	case "email", "email_t":
		return "user@example.org", true
	case "uri", "url_t":
		return "https://www.example.org/", true
	case "username_t":
		return "user", true
	case "file_name_t":
		return "file.txt", true
	case "file_path_t":
		return "/tmp/file.txt", true
	case "process_name_t":
		return "process", true
	case "reg_key_path_t":
		return `HKEY_LOCAL_MACHINE\SOFTWARE\Example`, true
	case "file_hash_t", "hash":
		digits := strings.Repeat("0123456789abcdef", 4)
		if scalar == "hash" {
			return "sha-256:" + digits, true
		}
		return digits, true
	case "bytestring_t":
		return "AAECAw==", true
	case "geo_location":
		return "48.85, 2.35", true
	case "un_location":
		return "FR PAR", true
	case "media_type":
		return "text/plain", true
	case "protocol":
		return "https", true
	case "attachment_name":
		return "attachment1", true
	case "string_t":
		if strings.HasSuffix(name, "hostname") {
			return "host.example.org", true
		}
	}
	return nil, false
}
