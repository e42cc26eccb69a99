package mozdef

import (
	"encoding/json"
	"strings"
	"time"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/wire"
)

// Repair mends, in place, known deviations of m, which must be one of this
// package's classes, and returns what it has changed, in order, nil if nothing.
// It mends what Check reports, warnings included: most of what the server alters
// silently is given the form in which it stays as it is. What can be read in two
// ways is left alone; a message that would have more errors afterwards is left
// alone as a whole. What is mended, and what is not, is listed in docs/repair.md.
//
// The option Repair is not consulted: it is for what reads documents.
func Repair(m interface {
	secmodel.Message
	wire.Model
}, opts ...secmodel.Option) []secmodel.Repaired {
	return wire.Repair(m, mender{}, opts)
}

// mender is what the format knows of deviations.
type mender struct{}

// Due implements wire.Mender: what the server alters or guesses is only a
// warning.
func (mender) Due(r secmodel.Report, _ *secmodel.Options) bool {
	return r.Count(secmodel.Error)+r.Count(secmodel.Warning) > 0
}

// First implements wire.Mender. Documents name no version.
func (mender) First() [][]string { return nil }

// Version implements wire.Mender.
func (mender) Version(string) string { return "" }

// Profiles implements wire.Mender.
func (mender) Profiles(wire.Model, int) uint64 { return 0 }

// Name implements wire.Mender: names in the spelling of log shippers, that the
// server itself stores under the attribute.
func (mender) Name(n wire.Node, name string) (attribute string, sure bool) {
	t := n.Type()
	switch t {
	case &eventType, &complianceType, &assetHintType, &rraType:
	default:
		return "", false
	}
	has := func(name string) bool {
		_, extra := n.Extra()[name]
		return extra || n.Has(&t.Fields[t.Field(name)])
	}
	switch to := stored(name, has("summary")); {
	case to == "eventsource", to == "facility":
		return "", true // the server's own, and one of syslog
	case to == "timestamp" && has("utctimestamp"):
		return "", true // which of them counts is a matter of their order
	default:
		return to, true
	}
}

// Null implements wire.Mender: tags that are null make the server drop an event,
// absent ones do not.
func (mender) Null(_ *wire.Type, f *wire.Field) bool { return f.Name() == "tags" }

// Value implements wire.Mender.
func (k mender) Value(v *wire.Value) wire.Verdict {
	text, isText := v.Text()
	if !isText {
		text = string(v.Raw)
	}
	switch name := v.Field.Name(); {
	case v.Field.Scalar == &severityScalar && v.Faulty:
		return k.severity(strings.TrimSpace(text))
	case strings.HasSuffix(name, "timestamp") && v.Field.Kind == wire.String:
		return k.timestamp(text, isText)
	case name == "details" && isText && v.Field.Kind == wire.Object && v.Type == &eventType:
		return wire.Verdict{
			Code: secmodel.RepairShape, After: append(append(json.RawMessage(`{"message":`), v.Raw...), '}'), Note: "as the server stores it",
		}
	}
	return wire.Verdict{}
}

// severity reads a short form of a severity or, as a number, one of syslog (RFC
// 5424, 6.2.1), which the eight names are those of.
func (mender) severity(text string) wire.Verdict {
	s, ok := ParseSeverity(text)
	if !ok {
		return wire.Verdict{}
	}
	code := secmodel.RepairEnum
	if digits(text) > 0 {
		code = secmodel.RepairSeverity
	}
	return wire.Verdict{Code: code, After: quoted(string(s))}
}

// timestamp reads a time in another notation that names its offset, or a number
// since 1970.
func (mender) timestamp(text string, isText bool) wire.Verdict {
	if isText {
		if readTimeText(text) == exact {
			return wire.Verdict{}
		}
		if t, ok := wire.ParseTime(text); ok {
			return wire.Verdict{Code: secmodel.RepairTime, After: quoted(t.Format(time.RFC3339Nano))}
		}
	}
	t, unit, _, ok := wire.ParseEpoch(text)
	if !ok {
		return wire.Verdict{}
	}
	return wire.Verdict{Code: secmodel.RepairTime, After: quoted(t.Format(time.RFC3339Nano)), Note: "units of " + unit.String() + " since 1970"}
}
