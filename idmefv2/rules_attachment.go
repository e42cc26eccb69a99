package idmefv2

import (
	"fmt"
	"strings"
)

// manyAttachments is how many attachments are searched one by one.
const manyAttachments = 16

// attachmentNamed returns the index of the first attachment of a name, -1 if
// there is none.
func (r *ruling) attachmentNamed(name string) int {
	list := r.m.Attachment
	if len(list) <= manyAttachments {
		for i := range list {
			if list[i].Name != nil && *list[i].Name == name {
				return i
			}
		}
		return -1
	}
	if r.names == nil {
		r.names = make(map[string]int, len(list))
		for i := len(list) - 1; i >= 0; i-- {
			if list[i].Name != nil {
				r.names[*list[i].Name] = i
			}
		}
	}
	if i, ok := r.names[name]; ok {
		return i
	}
	return -1
}

// references judges the names by which an object refers to attachments (R1).
func (r *ruling) references(n node, names []string) {
	if len(names) == 0 || has(r.m.Extra, "Attachment") {
		return
	}
	for i, name := range names {
		if r.attachmentNamed(name) < 0 {
			r.add(CodeAttachmentReference, n.element("Attachment", i), name, "the Name of an attachment", "the message has no attachment %q", name)
		}
	}
}

// uniqueName judges whether the name of an attachment is its own (R2).
func (r *ruling) uniqueName(n node, name *string) {
	if name == nil {
		return
	}
	if first := r.attachmentNamed(*name); first != n.index {
		r.add(CodeAttachmentDuplicate, n.member("Name"), *name, nil, "attachment %d has the Name %q already", first, *name)
	}
}

// somewhere judges whether an attachment has its content anywhere (R25).
func (r *ruling) somewhere(n node, x *Attachment) {
	if x.Content == nil && len(x.ExternalURI) == 0 && !has(x.Extra, "Content") && !has(x.Extra, "ExternalURI") {
		r.add(CodeAttachmentEmpty, n.member(""), nil, "Content or ExternalURI", "the attachment has neither Content nor ExternalURI")
	}
}

// contentType judges whether a media type can be in IANA's registry (R21). The
// tables check its form.
func (r *ruling) contentType(n node, text *string) {
	if text == nil {
		return
	}
	name, _, _ := strings.Cut(*text, ";")
	name = strings.TrimSpace(name)
	if registered(name) {
		return
	}
	var expected any
	hint := ""
	if better := usualType(name); better != "" {
		expected, hint = better, fmt.Sprintf("; %s is", better)
	}
	r.add(CodeContentType, n.member("ContentType"), *text, expected, "the media type %s is not registered%s", name, hint)
}

// registered reports whether a media type may be registered: it is of a
// registered top-level type, its subtype is not one of the unregistered trees,
// and it is not a usual misnomer.
func registered(name string) bool {
	top, sub, _ := strings.Cut(name, "/")
	if !isOneOf(top, "application audio example font haptics image message model multipart text video") {
		return false
	}
	if len(sub) > 2 && sub[0]|0x20 == 'x' && (sub[1] == '-' || sub[1] == '.') {
		return isOneOf(name, "application/x-www-form-urlencoded application/x-pki-message application/x-x509-ca-cert "+
			"application/x-x509-ca-ra-cert application/x-x509-next-ca-cert")
	}
	return usualType(name) == ""
}

// isOneOf reports whether a word is in a list of words, whatever its case.
func isOneOf(word, list string) bool {
	for len(list) > 0 {
		var first string
		first, list, _ = strings.Cut(list, " ")
		if len(word) == len(first) && strings.EqualFold(word, first) {
			return true
		}
	}
	return false
}

// misnomers are media types in use that were never registered, each followed by
// the registered one.
var misnomers = [...][2]string{
	{"image/jpg", "image/jpeg"},
	{"image/pjpeg", "image/jpeg"},
	{"image/svg", "image/svg+xml"},
	{"image/tif", "image/tiff"},
	{"audio/mp3", "audio/mpeg"},
	{"audio/wav", "audio/vnd.wave"},
	{"application/csv", "text/csv"},
	{"application/text", "text/plain"},
	{"application/txt", "text/plain"},
	{"application/html", "text/html"},
	{"application/yml", "application/yaml"},
	{"text/json", "application/json"},
	{"text/yaml", "application/yaml"},
}

// usualType returns the media type that a misnomer stands for, "" if the name
// is none.
func usualType(name string) string {
	for i := range misnomers {
		if wrong := misnomers[i][0]; len(wrong) == len(name) && strings.EqualFold(wrong, name) {
			return misnomers[i][1]
		}
	}
	return ""
}
