package lint

import (
	"fmt"
	"strings"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/wire"
)

// Findings adds suspicions to a report that validation has finished. A value that
// validation found fault with is not suspected as well, nor is what lies within
// one that is unknown or of a wrong type.
type Findings struct {
	report *secmodel.Report
	most   int
	judged map[string]bool // the places of faults; true: and all within
}

// New prepares to add to a report, up to so many violations in all; 0 is no
// limit.
func New(report *secmodel.Report, most int) *Findings {
	f := &Findings{report: report, most: most}
	for i := range report.Violations {
		v := &report.Violations[i]
		switch v.Code {
		case secmodel.CodeDeprecated, secmodel.CodeObjectRetired, secmodel.CodeClassRetired:
			continue // nothing is wrong with the value
		}
		if f.judged == nil {
			f.judged = make(map[string]bool, len(report.Violations))
		}
		f.judged[v.Pointer] = f.judged[v.Pointer] || v.Code == secmodel.CodeUnknown || v.Code == secmodel.CodeWrongType
	}
	return f
}

// Full reports whether there is no room for more.
func (f *Findings) Full() bool {
	return f.most > 0 && len(f.report.Violations) >= f.most && f.report.Truncated
}

// Add adds a suspicion of the value at a pointer.
func (f *Findings) Add(code, pointer string, value, expected any, format string, args ...any) {
	if f.isJudged(pointer) {
		return
	}
	if f.most > 0 && len(f.report.Violations) >= f.most {
		f.report.Truncated = true
		return
	}
	f.report.Violations = append(f.report.Violations, secmodel.Violation{
		Severity: secmodel.Suspicion, Code: code, Pointer: pointer,
		Message: wire.Brief(fmt.Sprintf(format, args...)), Value: value, Expected: expected,
	})
}

// isJudged reports whether validation found such a fault with the value at a
// pointer, or with what it is in.
func (f *Findings) isJudged(pointer string) bool {
	if f.judged == nil {
		return false
	}
	_, judged := f.judged[pointer]
	for !judged && pointer != "" {
		pointer = pointer[:max(strings.LastIndexByte(pointer, '/'), 0)]
		judged = f.judged[pointer]
	}
	return judged
}
