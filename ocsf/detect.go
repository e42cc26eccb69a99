package ocsf

import (
	"bytes"
	"strconv"

	"github.com/secmodel/secmodel/wire"
)

// Evidence finds out whether a document is an event or a bundle, and of which
// class and release. Show it the members of the root one after another; the zero
// Evidence is ready.
//
// A document is an event if it has a class_uid that is a number, or else
// metadata and the number of a category, activity or type; it is a bundle if it
// has a list of events of which the first is an event, or which is empty beside
// the other attributes of a bundle.
type Evidence struct {
	classUID int64
	class    bool // there is a class_uid
	numbers  bool // there is a number that only events have
	metadata bool
	version  string // of metadata
	events   bool   // there is a list of events, which begins with one
	empty    bool   // there is a list of events, which is empty
	frame    bool   // there is another attribute of a bundle
	foreign  bool   // there is a member that a bundle does not have
}

// Member takes note of a member of the root and its JSON value, which is not
// kept.
func (e *Evidence) Member(name string, value []byte) {
	switch name {
	case "class_uid":
		uid, err := strconv.ParseInt(string(value), 10, 64)
		e.classUID, e.class = uid, err == nil || number(value)
		return
	case "category_uid", "activity_id", "type_uid", "severity_id":
		e.numbers = e.numbers || number(value)
	case "metadata":
		e.metadata = len(value) > 0 && value[0] == '{'
		e.version = metadataVersion(value)
	case "events":
		e.list(value)
		return
	case "count", "start_time", "start_time_dt", "end_time", "end_time_dt":
		e.frame = true
		return
	}
	e.foreign = true
}

// Certain reports whether further members change nothing: neither the class nor
// the release.
func (e *Evidence) Certain() bool { return e.class && e.metadata }

// ClassKnown reports whether further members do not change the class.
func (e *Evidence) ClassKnown() bool { return e.class }

// list looks at a list of events.
func (e *Evidence) list(value []byte) {
	e.events, e.empty = false, false
	if len(value) == 0 || value[0] != '[' {
		return
	}
	first := bytes.TrimLeft(value[1:], " \t\r\n")
	if len(first) == 0 || first[0] != '{' {
		e.empty = len(first) > 0 && first[0] == ']'
		return
	}
	var inner Evidence
	// What is malformed is for decoding to report.
	_ = wire.Members(first, len(first), func(name string, value []byte) bool {
		if name != "events" { // a bundle does not hold bundles
			inner.Member(name, value)
		}
		return !inner.Certain()
	})
	if e.events = inner.event(); e.events && !e.metadata {
		e.version = inner.version
	}
}

// event reports whether the document is an event.
func (e *Evidence) event() bool { return e.class || e.metadata && e.numbers }

// Class returns the number and name of the class; ok is false if the document is
// neither an event nor a bundle. A bundle has the name ClassBundle; an event of a
// class that is not known, or of none, is a base event.
func (e *Evidence) Class() (uid int64, name string, ok bool) {
	switch {
	case e.event():
		c, known := ClassByUID(e.classUID)
		if !known {
			c, _ = ClassByUID(0)
		}
		return int64(c.UID()), c.Name(), true
	case e.events, e.empty && e.frame && !e.foreign:
		return 0, ClassBundle, true
	}
	return 0, "", false
}

// Version returns the release that the document is judged by.
func (e *Evidence) Version() string { return Judge(e.version) }

// number reports whether a JSON value is a number.
func number(value []byte) bool {
	return len(value) > 0 && (value[0] == '-' || value[0] >= '0' && value[0] <= '9')
}

// metadataVersion returns metadata.version, "" if it is not there.
func metadataVersion(metadata []byte) (version string) {
	if len(metadata) == 0 || metadata[0] != '{' {
		return ""
	}
	_ = wire.Members(metadata, len(metadata), func(name string, value []byte) bool {
		if name != "version" {
			return true
		}
		version, _ = wire.Text(value)
		return false
	})
	return version
}
