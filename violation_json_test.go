package secmodel_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/secmodel/secmodel"
)

// TestJSONForms: the JSON forms of what the package reports are those that
// docs/violations.md shows, and reading them back gives what was written.
func TestJSONForms(t *testing.T) {
	doc, err := os.ReadFile("docs/violations.md")
	if err != nil {
		t.Fatal(err)
	}
	violation := secmodel.Violation{
		Severity: secmodel.Error, Code: secmodel.CodeEnumUnknown, Pointer: "/Priority", Message: `"high" is not a value of Priority in 2.D.V08; did you mean "High"?`,
		Value: "high", Expected: []string{"Unknown", "Info", "Low", "Medium", "High"}, Offset: 120, Length: 6, Line: 7, Column: 15,
	}
	missing := secmodel.Violation{
		Severity: secmodel.Error, Code: secmodel.CodeRequiredMissing, Pointer: "/Analyzer/Name",
		Message: `the required attribute "Name" of analyzer is missing`, Offset: 200, Length: 18, Line: 9, Column: 16,
	}
	for name, v := range map[string]any{
		"violation": violation,
		"missing":   missing,
		"report":    secmodel.Report{Identity: identity, Violations: []secmodel.Violation{violation}, Truncated: true},
		"empty":     secmodel.Report{Identity: identity},
		"validation error": &secmodel.ValidationError{Identity: identity, Violations: []secmodel.Violation{
			{Severity: secmodel.Error, Code: secmodel.CodeRequiredMissing, Pointer: "/ID", Message: `the required attribute "ID" of message is missing`}}},
		"syntax error": &secmodel.SyntaxError{Offset: 41, Line: 3, Column: 5, Msg: "a comma or } should follow"},
		"encode error": &secmodel.EncodeError{Format: "CBOR", Pointer: "/Confidence", Msg: "a number that is not finite"},
		"repaired": secmodel.Repaired{Code: secmodel.RepairArray, Pointer: "/Category", Target: "/Category",
			Before: json.RawMessage(`"Recon.Network"`), After: json.RawMessage(`["Recon.Network"]`), Note: "one value where an array is due"},
		"change": secmodel.Change{Severity: secmodel.Warning, Code: secmodel.ChangeCarried, Pointer: "/Vector/0", Value: json.RawMessage(`{"Name":"v"}`),
			Note: "2.D.V08 has no Vector"},
	} {
		text, err := json.Marshal(v)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if !strings.Contains(string(doc), string(text)) {
			t.Errorf("docs/violations.md does not show the %s\n%s", name, text)
		}
	}
	for _, want := range []secmodel.Violation{violation, missing} {
		text, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		var got secmodel.Violation
		if err := json.Unmarshal(text, &got); err != nil {
			t.Fatal(err)
		}
		if want.Expected != nil {
			want.Expected = []any{"Unknown", "Info", "Low", "Medium", "High"}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	}
}

// TestErrorsIs: each error is its own sentinel and no other, however it is
// wrapped.
func TestErrorsIs(t *testing.T) {
	sentinels := []error{secmodel.ErrMediaType, secmodel.ErrSyntax, secmodel.ErrUnknownFormat, secmodel.ErrInvalid, secmodel.ErrTooLarge,
		secmodel.ErrVersion, secmodel.ErrContentEncoding}
	for _, test := range []struct {
		err  error
		want error
	}{
		{&secmodel.SyntaxError{}, secmodel.ErrSyntax},
		{&secmodel.ValidationError{}, secmodel.ErrInvalid},
		{&secmodel.EncodeError{}, nil},
		{secmodel.ErrTooLarge, secmodel.ErrTooLarge},
	} {
		wrapped := fmt.Errorf("file x: %w", errors.Join(test.err, errors.New("other")))
		for _, sentinel := range sentinels {
			if got := errors.Is(wrapped, sentinel); got != (sentinel == test.want) {
				t.Errorf("%T is %q: %t", test.err, sentinel, got)
			}
		}
	}
	want := &secmodel.ValidationError{Identity: identity}
	if got, ok := errors.AsType[*secmodel.ValidationError](fmt.Errorf("x: %w", want)); !ok || got != want {
		t.Error("a wrapped ValidationError is not found")
	}
}

// TestOneLine: whatever pointers and values hold, texts are one line.
func TestOneLine(t *testing.T) {
	pointer := "/a\nb\x1b[1m\u2028\xff日"
	v := secmodel.Violation{Pointer: pointer, Message: "m", Code: "c"}
	const shown = `/a\nb\x1b[1m\u2028\xff日`
	for got, want := range map[string]string{
		v.String(): "error: " + shown + ": m (c)",
		(&secmodel.ValidationError{Identity: identity, Violations: []secmodel.Violation{v}}).Error(): "invalid idmefv2 2.D.V08 message: " + shown + ": m",
		secmodel.Repaired{Code: "r", Pointer: pointer, Before: json.RawMessage("{\n}")}.String():     "r " + shown + `: {\n} becomes nothing`,
		secmodel.Change{Code: "c", Pointer: "/x", Target: pointer}.String():                          "c /x -> " + shown,
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
