// Package idmefv2 has typed models of the Incident Detection Message Exchange
// Format version 2 (IDMEFv2), all drafts from 02 on.
//
// A document is a [Message]: one alert, with an [Analyzer], and [Sensor],
// [Source], [Target], [Attachment] and (until draft 06) [Vector] objects. One Go
// type serves every draft; which attributes, requirements and enumeration values
// hold in which draft is looked up, when a message is checked, by the draft that
// its Version names. Versions lists them.
//
//	m := idmefv2.New()
//	m.Analyzer = &idmefv2.Analyzer{Name: new("fw1"), IP: new("192.0.2.1")}
//	m.Category = []idmefv2.Category{idmefv2.CategoryReconNetwork}
//	err := m.Validate()
//
// # Decoding loses nothing
//
// Any JSON object decodes. What a struct has no room for, an unknown member, a
// value of the wrong type, a null, is kept in its Extra, is reported by Check,
// and is written back. Every attribute is a pointer or slice; nil means absent,
// an empty string or list is there.
//
// # What is an error
//
// An error is what the draft's JSON Schema rejects; JSON Schema "format" is not
// asserted. In drafts 02 and 03, whose schema by mistake does not check what is
// inside Analyzer, faults there are warnings.
//
// # Rules of the text
//
// The drafts' text states rules that no JSON Schema can: that a name of an
// attachment leads to one, that a hash is that of the content, that a day is in
// the calendar. What breaks one is a warning, with the option [secmodel.Text] an
// error. [CodeAttachmentReference] and the constants beside it are their codes,
// with a table of what each means, where the draft says so, and in which drafts
// it holds.
//
// # Paths
//
// A [Path] names an attribute as AggrCondition does, as Source.IP, and gets its
// value from a message.
//
// # Other drafts
//
// [ForVersion] gives a message as another draft has it, older or newer. What has
// no counterpart there travels in an Attachment, and [Restore] gives the source
// back.
//
// # Embedding
//
// The types implement json.Marshaler and json.Unmarshaler. A struct that embeds
// one takes over its methods, and with them its JSON: use a named field instead.
package idmefv2
