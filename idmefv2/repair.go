package idmefv2

import (
	"encoding/json"
	"strings"
	"time"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/wire"
)

// Repair mends, in place, known deviations of m from the draft that it is judged
// by: its own or, with the option WithVersion, another. It returns what it has
// changed, in order, nil if nothing. A valid message, with the option
// Strict one without warnings, is left alone, as is what can be read in two ways;
// a message that would have more errors afterwards is left alone as a whole. What
// is mended, and what is not, is listed in docs/repair.md.
//
// The option Repair is not consulted: it is for what reads documents.
func Repair(m *Message, opts ...secmodel.Option) []secmodel.Repaired {
	return wire.Repair(m, mender{}, opts)
}

// mender is what the format knows of deviations.
type mender struct{}

// Due implements wire.Mender.
func (mender) Due(r secmodel.Report, o *secmodel.Options) bool {
	return !r.Valid() || o.Strict && r.Count(secmodel.Warning) > 0
}

// First implements wire.Mender.
func (mender) First() [][]string { return [][]string{{"Version"}} }

// Version implements wire.Mender.
func (mender) Version(text string) string {
	for _, v := range table.Versions {
		if wire.SameLetters(text, v) {
			return v
		}
	}
	return ""
}

// Profiles implements wire.Mender.
func (mender) Profiles(wire.Model, int) uint64 { return 0 }

// Name implements wire.Mender: names of the revisions before draft 02, among
// them 2.0.3 and 0.1, and of IDEA, which they come from.
func (mender) Name(n wire.Node, name string) (attribute string, sure bool) {
	return formerName(n.Type(), name), false
}

func formerName(t *wire.Type, name string) string {
	switch t {
	case &messageType:
		return messageNames(name)
	case &sourceType, &targetType, &vectorType:
		switch name {
		case "Proto":
			return "Protocol"
		case "IP4", "IP6":
			return "IP"
		case "AttachHandle", "AttachHand":
			return "Attachment"
		}
	case &analyzerType, &sensorType:
		if name == "IP4" || name == "IP6" {
			return "IP"
		}
	case &attachmentType:
		if name == "Handle" {
			return "Name"
		}
	}
	return ""
}

func messageNames(name string) string {
	switch name {
	case "Severity":
		return "Priority"
	case "EventTime":
		return "StartTime"
	case "CeaseTime":
		return "EndTime"
	case "AggCondition":
		return "AggrCondition"
	case "Agent":
		return "Analyzer"
	case "Attach":
		return "Attachment"
	}
	return ""
}

// Null implements wire.Mender.
func (mender) Null(*wire.Type, *wire.Field) bool { return false }

// Value implements wire.Mender.
func (k mender) Value(v *wire.Value) wire.Verdict {
	text, isText := v.Text()
	switch {
	case !v.Faulty:
		return wire.Verdict{}
	case v.Field.Name() == "CaptureZone":
		return k.captureZone(v.Raw)
	case v.Field.Scalar == nil:
		return wire.Verdict{}
	}
	switch v.Field.Scalar {
	case &timestampScalar:
		return k.timestamp(v, text, isText)
	case &priorityScalar:
		if p := priorityOf(text); p != "" {
			return mendedText(secmodel.RepairSeverity, string(p))
		}
	case &hashScalar, &geoLocationScalar:
		if after := strings.Join(strings.Fields(text), ""); after != text {
			return mendedText(secmodel.RepairWhitespace, after)
		}
	default:
		if after := respelled(v, text); after != "" {
			return mendedText(secmodel.RepairEnum, after)
		}
	}
	return wire.Verdict{}
}

func mendedText(code, after string) wire.Verdict {
	return wire.Verdict{Code: code, After: wire.AppendString(nil, after)}
}

// captureZone writes a zone that is an object or array as the text that it should
// be.
func (mender) captureZone(raw json.RawMessage) wire.Verdict {
	if len(raw) == 0 || raw[0] != '{' && raw[0] != '[' {
		return wire.Verdict{}
	}
	return wire.Verdict{Code: secmodel.RepairShape, After: wire.AppendString(nil, string(raw)), Note: "the attribute holds JSON as text"}
}

// timestamp reads a time in another notation. One without offset stays without.
func (mender) timestamp(v *wire.Value, text string, isText bool) wire.Verdict {
	if isText {
		after := strings.ToUpper(strings.TrimSpace(text))
		if len(after) > 10 && after[10] == ' ' {
			after = after[:10] + "T" + after[11:]
		}
		if v.Accepts(wire.AppendString(nil, after)) {
			if after == strings.TrimSpace(text) {
				return mendedText(secmodel.RepairWhitespace, after)
			}
			return mendedText(secmodel.RepairTime, after)
		}
		if t, ok := wire.ParseTime(text); ok {
			return mendedText(secmodel.RepairTime, t.Format(time.RFC3339Nano))
		}
	} else {
		text = string(v.Raw)
	}
	t, unit, _, ok := wire.ParseEpoch(text)
	if !ok {
		return wire.Verdict{}
	}
	after := mendedText(secmodel.RepairTime, t.Format(time.RFC3339Nano))
	after.Note = "units of " + unit.String() + " since 1970"
	return after
}
