package ocsf

import (
	"strings"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/wire"
)

// stopped and passed say what a disposition did to what it is about; of some it
// says neither.
func stopped(d DispositionID) bool {
	switch d {
	case DispositionIDBlocked, DispositionIDQuarantined, DispositionIDIsolated, DispositionIDDeleted, DispositionIDDropped,
		DispositionIDReset, DispositionIDAccessRevoked, DispositionIDRejected, DispositionIDUnauthorized:
		return true
	}
	return false
}

func passed(d DispositionID) bool {
	switch d {
	case DispositionIDAllowed, DispositionIDApproved, DispositionIDRestored, DispositionIDExonerated:
		return true
	}
	return false
}

// disposition finds an action and a disposition that contradict each other.
func (l *linter) disposition(n wire.Node) {
	action, _ := l.number(&n, "action_id")
	d, f := l.number(&n, "disposition_id")
	if action == nil || d == nil {
		return
	}
	switch ActionID(*action) {
	case ActionIDAllowed, ActionIDObserved:
		if !stopped(DispositionID(*d)) {
			return
		}
	case ActionIDDenied:
		if !passed(DispositionID(*d)) {
			return
		}
	default:
		return
	}
	l.Add(CodeDispositionConflict, l.pointer(f), *d, nil, "disposition_id is %d (%s), but action_id %d (%s)",
		*d, l.caption(&n, "disposition_id"), *action, l.caption(&n, "action_id"))
}

// outcome finds an event that tells of success and of failure.
func (l *linter) outcome(n wire.Node) {
	status := l.caption(&n, "status_id")
	code, f := l.text(&n, "status_code")
	switch status {
	case "Success":
		if d, f := l.number(&n, "disposition_id"); d != nil && stopped(DispositionID(*d)) && l.field(&n, "action_id", wire.Int) == nil {
			l.Add(secmodel.CodeOutcome, l.pointer(f), *d, nil, "disposition_id is %d (%s), but status_id says success", *d, l.caption(&n, "disposition_id"))
		}
		l.responseError(n)
		if code != nil && failing(*code) {
			l.Add(secmodel.CodeOutcome, l.pointer(f), *code, nil, "status_code %q is one of failure, but status_id says success", *code)
		}
	case "Failure":
		if code != nil && strings.EqualFold(*code, "0x0") {
			l.Add(secmodel.CodeOutcome, l.pointer(f), *code, nil, "status_code %q is one of success, but status_id says failure", *code)
		}
	}
}

// responseError finds an error in the answer to a call that succeeded.
func (l *linter) responseError(n wire.Node) {
	api := l.child(n, "api")
	if api == nil {
		return
	}
	if text, f := l.text(l.child(*api, "response"), "error"); text != nil && *text != "" {
		pointer := wire.AppendPointer(wire.AppendPointer(wire.AppendPointer(nil, "api"), "response"), f.Name())
		l.Add(secmodel.CodeOutcome, string(pointer), *text, nil, "the response has the error %q, but status_id says success", *text)
	}
}

// failing reports whether a code is one of HTTP for a failure, or says so in
// words.
func failing(code string) bool {
	if len(code) == 3 && (code[0] == '4' || code[0] == '5') && strings.Trim(code, "0123456789") == "" {
		return true
	}
	switch strings.ToLower(code) {
	case "failure", "failed", "fail", "error", "denied", "accessdenied", "access denied", "forbidden", "unauthorized":
		return true
	}
	return false
}

// severity finds an event that is grave by one attribute and not worth a look by
// another.
func (l *linter) severity(n wire.Node) {
	v, f := l.number(&n, "severity_id")
	if v == nil {
		return
	}
	grave, slight := *v == int64(SeverityIDCritical) || *v == int64(SeverityIDFatal), *v == int64(SeverityIDInformational)
	other := ""
	switch risk, impact := l.caption(&n, "risk_level_id"), l.caption(&n, "impact_id"); {
	case grave && risk == "Info", slight && risk == "Critical":
		other = "risk_level_id " + risk
	case slight && impact == "Critical":
		other = "impact_id " + impact
	}
	if level, _ := l.text(l.child(n, "metadata"), "log_level"); other == "" && level != nil {
		switch strings.ToLower(*level) {
		case "trace", "debug", "info", "informational", "information", "verbose":
			if grave {
				other = "metadata.log_level " + *level
			}
		case "critical", "crit", "alert", "emergency", "emerg", "fatal", "panic":
			if slight {
				other = "metadata.log_level " + *level
			}
		}
	}
	if other != "" {
		l.Add(secmodel.CodeSeverity, l.pointer(f), *v, nil, "severity_id is %d (%s), but %s", *v, l.caption(&n, "severity_id"), other)
	}
}
