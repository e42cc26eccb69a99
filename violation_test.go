package secmodel_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"log/slog"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/secmodel/secmodel"
)

var identity = secmodel.Identity{Format: "idmefv2", Version: "2.D.V08", Class: "message"}

func TestIdentityString(t *testing.T) {
	for want, id := range map[string]secmodel.Identity{
		"idmefv2 2.D.V08 message": identity,
		"mozdef event":            {Format: "mozdef", Class: "event"},
		"event":                   {Class: "event"},
		"":                        {},
	} {
		if got := id.String(); got != want {
			t.Errorf("%#v: %q, want %q", id, got, want)
		}
	}
}

func TestOr(t *testing.T) {
	if secmodel.Or(nil, 5) != 5 || secmodel.Or(new(0), 5) != 0 {
		t.Error("Or takes the wrong one")
	}
}

func TestViolation(t *testing.T) {
	v := secmodel.Violation{Severity: secmodel.Warning, Code: secmodel.CodeRange, Pointer: "/a/0", Message: "too much", Value: 7, Expected: "1 to 5", Offset: 3, Length: 1, Line: 1, Column: 4}
	if got, want := v.String(), "1:4: warning: /a/0: too much (attribute_value_exceeds_range)"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	v.Line, v.Pointer = 0, ""
	if got, want := v.String(), "warning: too much (attribute_value_exceeds_range)"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"severity":"warning","code":"attribute_value_exceeds_range","pointer":"","message":"too much","value":7,"expected":"1 to 5","offset":3,"length":1,"line":0,"column":4}`
	if string(text) != want {
		t.Errorf("%s\nwant %s", text, want)
	}
	var s secmodel.Severity
	if err := s.UnmarshalText([]byte("warning")); err != nil || s != secmodel.Warning {
		t.Error(s, err)
	}
	if err := s.UnmarshalText([]byte("error")); err != nil || s != secmodel.Error {
		t.Error(s, err)
	}
	if s.UnmarshalText([]byte("fatal")) == nil {
		t.Error("a severity that there is not was read")
	}
}

func TestReport(t *testing.T) {
	warning := secmodel.Violation{Severity: secmodel.Warning, Pointer: "/w", Message: "hm"}
	fault := secmodel.Violation{Severity: secmodel.Error, Pointer: "/e", Message: "bad"}
	for _, test := range []struct {
		name       string
		violations []secmodel.Violation
		valid      bool
		fails      bool
		strict     bool // fails with Strict
	}{
		{"nothing", nil, true, false, false},
		{"warning", []secmodel.Violation{warning}, true, false, true},
		{"error", []secmodel.Violation{warning, fault}, false, true, true},
	} {
		r := secmodel.Report{Identity: identity, Violations: test.violations}
		if r.Valid() != test.valid || (r.Err() != nil) != test.fails || (r.Err(secmodel.Strict()) != nil) != test.strict {
			t.Errorf("%s: %v %v %v", test.name, r.Valid(), r.Err(), r.Err(secmodel.Strict()))
		}
		if err := r.Err(); err != nil && !errors.Is(err, secmodel.ErrInvalid) {
			t.Errorf("%s: %v is not ErrInvalid", test.name, err)
		}
	}
}

func TestValidationError(t *testing.T) {
	e := &secmodel.ValidationError{Identity: identity}
	for i := range 8 {
		e.Violations = append(e.Violations, secmodel.Violation{Severity: secmodel.Severity((i + 1) % 2), Code: "c", Pointer: "/" + string(rune('a'+i)), Message: "m"})
	}
	want := "invalid idmefv2 2.D.V08 message: /b: m; /d: m; /f: m; /h: m; /a: m; and 3 more"
	if got := e.Error(); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	var b bytes.Buffer
	slog.New(slog.NewTextHandler(&b, nil)).Error("refused", "err", e)
	for _, part := range []string{`err.identity="idmefv2 2.D.V08 message"`, "err.violations=8", "err.0.code=c", "err.0.pointer=/a", "err.4.severity=warning"} {
		if !strings.Contains(b.String(), part) {
			t.Errorf("the log record %s has no %s", b.String(), part)
		}
	}
}

func TestErrors(t *testing.T) {
	syntax := &secmodel.SyntaxError{Offset: 9, Line: 2, Column: 3, Msg: "a comma should follow"}
	got := []string{
		syntax.Error(),
		(&secmodel.SyntaxError{Offset: 9, Msg: "a comma should follow"}).Error(),
		(&secmodel.EncodeError{Pointer: "/a", Msg: "a number that is not finite"}).Error(),
		(&secmodel.EncodeError{Msg: "too deep"}).Error(),
		(&secmodel.EncodeError{Format: "CBOR", Pointer: "/a", Msg: "a number that is not finite"}).Error(),
	}
	want := []string{
		"malformed document at line 2, column 3: a comma should follow",
		"malformed document at byte 9: a comma should follow",
		"cannot write /a as JSON: a number that is not finite",
		"cannot write the message as JSON: too deep",
		"cannot write /a as CBOR: a number that is not finite",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if !errors.Is(syntax, secmodel.ErrSyntax) || errors.Is(syntax, secmodel.ErrInvalid) {
		t.Error("a syntax error is not ErrSyntax")
	}
}

func TestOptions(t *testing.T) {
	got := secmodel.NewOptions(secmodel.WithVersion("v"), secmodel.Text(), secmodel.Recommended(), secmodel.SkipValidation(),
		secmodel.Strict(), secmodel.Indent(" "), secmodel.MaxDepth(1), secmodel.MaxBytes(2), secmodel.MaxViolations(3), secmodel.Reuse())
	want := secmodel.Options{Version: "v", Text: true, Recommended: true, SkipValidation: true, Strict: true, Reuse: true, Indent: " ", MaxDepth: 1, MaxBytes: 2, MaxViolations: 3}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	defaults := secmodel.Options{MaxDepth: secmodel.DefaultMaxDepth, MaxBytes: secmodel.DefaultMaxBytes, MaxViolations: secmodel.DefaultMaxViolations}
	if diff := cmp.Diff(defaults, secmodel.NewOptions()); diff != "" {
		t.Error(diff)
	}
}
