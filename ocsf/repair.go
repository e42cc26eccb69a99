package ocsf

import (
	"math/big"
	"strconv"
	"strings"
	"time"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/wire"
)

// Repair mends, in place, known deviations of e from the release that it is
// judged by: its own or, with the option WithVersion, another. It returns what it
// has changed, in order, nil if nothing. A valid event, with the option Strict
// one without warnings, is left alone, as is what can be read in two ways; an
// event that would have more errors afterwards is left alone as a whole. What is
// mended, and what is not, is listed in docs/repair.md.
//
// The Go type stays: an event that was read as a *BaseEvent because its class_uid
// is a text remains one. Package serialize, with the option Repair, reads it as
// its class; so does RepairBundle. The option Repair is not consulted here.
func Repair(e Event, opts ...secmodel.Option) []secmodel.Repaired {
	_, base := e.(*BaseEvent)
	return wire.Repair(e, mender{base}, opts)
}

// mender is what the format knows of deviations.
type mender struct{ base bool }

// Due implements wire.Mender. Of an event whose class is not known, nothing is
// known.
func (k mender) Due(r secmodel.Report, o *secmodel.Options) bool {
	for i := range r.Violations {
		if v := &r.Violations[i]; v.Code == secmodel.CodeClassUnknown || k.base && v.Pointer == "/class_uid" {
			return false
		}
	}
	return !r.Valid() || o.Strict && r.Count(secmodel.Warning) > 0
}

// First implements wire.Mender.
func (mender) First() [][]string {
	return [][]string{{"metadata", "version"}, {"metadata", "profiles"}}
}

// Version implements wire.Mender: a release with spaces around it or a v before
// it.
func (mender) Version(text string) string {
	text = strings.TrimSpace(text)
	if len(text) > 0 && text[0]|0x20 == 'v' {
		text = text[1:]
	}
	return text
}

// Profiles implements wire.Mender.
func (mender) Profiles(m wire.Model, version int) uint64 {
	w := newWalk(m.(Event), secmodel.Options{Version: table.Versions[version]})
	return w.profiles
}

// Name implements wire.Mender. No attribute was renamed between releases.
func (mender) Name(wire.Node, string) (attribute string, sure bool) { return "", false }

// Null implements wire.Mender. A null is an absent attribute anyway.
func (mender) Null(*wire.Type, *wire.Field) bool { return false }

// Value implements wire.Mender.
func (k mender) Value(v *wire.Value) wire.Verdict {
	if !v.Faulty {
		return wire.Verdict{}
	}
	text, isText := v.Text()
	switch f := v.Field; {
	case f.Name() == "class_uid":
		if _, ok := classNumber(v.Raw); !ok || k.base {
			return wire.Verdict{Code: wire.Leave}
		}
	case f.Kind == wire.Int && isTime(f):
		return k.moment(v, text, isText)
	case f.Scalar == &datetimeTScalar:
		return k.dateTime(v, text, isText)
	case f.Scalar == &severityIDScalar && isText:
		return k.severity(text)
	}
	return wire.Verdict{}
}

// isTime reports whether an attribute of integers is a timestamp_t.
func isTime(f *wire.Field) bool {
	name := f.Name()
	return name == "time" || strings.HasSuffix(name, "_time")
}

// moment reads a time as milliseconds: a text with offset, or a number of other
// units that has a fraction. A text of an integer is that integer, whatever its
// unit, as it would be without the quotes.
func (mender) moment(v *wire.Value, text string, isText bool) wire.Verdict {
	if t, ok := wire.ParseTime(text); isText && ok {
		return wire.Verdict{Code: secmodel.RepairTime, After: strconv.AppendInt(nil, t.UnixMilli(), 10)}
	}
	if !isText {
		text = string(v.Raw)
	}
	t, unit, whole, ok := wire.ParseEpoch(text)
	switch {
	case !ok || !strings.Contains(text, "."):
		return wire.Verdict{}
	case whole && unit != time.Millisecond:
		return wire.Verdict{Code: wire.Leave} // seconds, or an integer with a fraction
	case whole:
		return wire.Verdict{}
	}
	return wire.Verdict{
		Code: secmodel.RepairTime, After: strconv.AppendInt(nil, t.UnixMilli(), 10), Note: "units of " + unit.String() + " since 1970",
	}
}

// dateTime writes a time as RFC 3339.
func (mender) dateTime(v *wire.Value, text string, isText bool) wire.Verdict {
	if t, ok := wire.ParseTime(text); isText && ok {
		return wire.Verdict{Code: secmodel.RepairTime, After: wire.AppendString(nil, t.Format(time.RFC3339Nano))}
	}
	if !isText {
		text = string(v.Raw)
	}
	t, unit, _, ok := wire.ParseEpoch(text)
	if !ok {
		return wire.Verdict{Code: wire.Leave}
	}
	return wire.Verdict{
		Code: secmodel.RepairTime, After: wire.AppendString(nil, t.Format(time.RFC3339Nano)), Note: "units of " + unit.String() + " since 1970",
	}
}

// severity reads short forms of the captions. Severities of syslog, whose names
// and numbers are of another scale, are not read.
func (mender) severity(text string) wire.Verdict {
	n := SeverityIDUnknown
	switch strings.ToLower(strings.TrimSpace(text)) {
	case "info", "information":
		n = SeverityIDInformational
	case "crit":
		n = SeverityIDCritical
	default:
		return wire.Verdict{}
	}
	return wire.Verdict{Code: secmodel.RepairSeverity, After: strconv.AppendInt(nil, int64(n), 10)}
}

// classNumber returns the number of a class that a JSON value is, be it a text
// or written with a fraction; ok is false if it is that of no known class.
func classNumber(raw []byte) (uid int64, ok bool) {
	text, isText := wire.Text(raw)
	if !isText {
		text = string(raw)
	}
	if text = strings.TrimSpace(text); len(text) == 0 || len(text) > 32 || strings.Trim(text, "0123456789.") != "" {
		return 0, false
	}
	n, ok := new(big.Rat).SetString(text)
	if !ok || !n.IsInt() || !n.Num().IsInt64() {
		return 0, false
	}
	uid = n.Num().Int64()
	_, ok = ClassByUID(uid)
	return uid, ok
}

// RepairedClass returns the class that the class_uid of a document means, whose
// JSON value is given: a number, a number with a fraction of zero, or either as
// a text. ok is false if it is that of no known class.
func RepairedClass(classUID []byte) (c Class, ok bool) {
	uid, ok := classNumber(classUID)
	if !ok {
		return Class{}, false
	}
	return ClassByUID(uid)
}
