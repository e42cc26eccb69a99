package mozdef

import (
	"strings"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/wire"
)

// outcome finds an event that tells of success and of failure.
func (l linter) outcome(summary *string, d *Details) {
	if d == nil || d.Success == nil {
		return
	}
	switch {
	case *d.Success && d.Error != nil && *d.Error:
		l.Add(secmodel.CodeOutcome, "/details/success", true, nil, "success is true, but so is error")
	case summary == nil:
	case *d.Success && words(*summary) == failure:
		l.Add(secmodel.CodeOutcome, "/details/success", true, nil, "success is true, but the summary tells of a failure")
	case !*d.Success && words(*summary) == success:
		l.Add(secmodel.CodeOutcome, "/details/success", false, nil, "success is false, but the summary tells of success")
	}
}

// met finds a compliance item of which the summary says the contrary: mig writes
// "passes compliance" and "fails compliance".
func (l linter) met(summary *string, compliance *bool) {
	if summary == nil || compliance == nil {
		return
	}
	switch {
	case *compliance && strings.Contains(*summary, "fails compliance"):
		l.Add(secmodel.CodeOutcome, "/details/compliance", true, nil, "compliance is true, but the summary says that it fails")
	case !*compliance && strings.Contains(*summary, "passes compliance"):
		l.Add(secmodel.CodeOutcome, "/details/compliance", false, nil, "compliance is false, but the summary says that it passes")
	}
}

// tale is what the words of a text tell of.
type tale uint8

const (
	neither tale = iota
	success
	failure
	both
)

// words says whether a text has words of success, of failure, or of both.
func words(text string) (t tale) {
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return !('a' <= r|0x20 && r|0x20 <= 'z') && r < 0x80 }) {
		switch strings.ToLower(word) {
		case "success", "successful", "successfully", "succeeded", "succeeds", "accepted":
			t |= success
		case "fail", "fails", "failed", "failure", "unsuccessful", "denied", "rejected":
			t |= failure
		case "not", "no", "without", "if", "unless":
			return both // the text may deny what the other words say
		}
	}
	return t
}

// severity finds an event that is grave by its severity and not worth a look by
// that of its source, which details keep, or the other way round.
func (l linter) severity(s *Severity, d *Details) {
	if s == nil || d == nil {
		return
	}
	level, ok := s.Syslog()
	if !ok {
		return
	}
	for _, name := range [...]string{"severity", "loglevel", "log_level", "level"} {
		text, ok := wire.Text(d.Extra[name])
		if !ok || text == "" || '0' <= text[0] && text[0] <= '9' {
			continue // the scale of a number is not known
		}
		own, known := ParseSeverity(text)
		if other, _ := own.Syslog(); known && (level <= 2 && other >= 6 || level >= 6 && other <= 2) {
			l.Add(secmodel.CodeSeverity, "/severity", string(*s), nil, "severity is %s, but details.%s %s", *s, name, text)
			return
		}
	}
}
