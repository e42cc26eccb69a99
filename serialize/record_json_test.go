package serialize_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"log/slog"
	"os"
	"strings"
	"testing"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/serialize"
)

// faulty is a stream of an invalid message, one that is malformed, one of no
// known format, and one that is too large.
const faulty = `{"summary":"s","category":"c","details":{},"tags":5}
{"summary":
{"a":1}
{"summary":"a text that is longer than the limit of the test, which is 64 bytes"}
`

func recordErrors(t *testing.T) (list []*serialize.RecordError) {
	t.Helper()
	for _, err := range serialize.Read(strings.NewReader(faulty), serialize.NDJSON, secmodel.MaxBytes(64), secmodel.ErrorsOnly) {
		e, ok := errors.AsType[*serialize.RecordError](err)
		if !ok {
			t.Fatalf("%v is no RecordError", err)
		}
		list = append(list, e)
	}
	return list
}

// TestRecordErrorJSON: the JSON form of the errors of a stream is the one that
// docs/violations.md shows.
func TestRecordErrorJSON(t *testing.T) {
	doc, err := os.ReadFile("../docs/violations.md")
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	for _, e := range recordErrors(t) {
		text, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		got.Write(text)
		got.WriteByte('\n')
	}
	if !strings.Contains(string(doc), "```json\n"+got.String()+"```\n") {
		t.Errorf("docs/violations.md does not show\n%s", &got)
	}
}

// TestRecordErrorIs: errors.Is and errors.As look into the errors of a stream.
func TestRecordErrorIs(t *testing.T) {
	list := recordErrors(t)
	want := []error{secmodel.ErrInvalid, secmodel.ErrSyntax, secmodel.ErrUnknownFormat, secmodel.ErrTooLarge}
	if len(list) != len(want) {
		t.Fatalf("%d errors, want %d: %v", len(list), len(want), list)
	}
	for i, e := range list {
		for _, sentinel := range want {
			if errors.Is(e, sentinel) != (sentinel == want[i]) {
				t.Errorf("%v: is %q: %t", e, sentinel, errors.Is(e, sentinel))
			}
		}
		if e.Record.Number != i+1 || e.Record.Line != i+1 {
			t.Errorf("%v: of record %d, line %d, want %d", e, e.Record.Number, e.Record.Line, i+1)
		}
	}
	if v, ok := errors.AsType[*secmodel.ValidationError](list[0]); !ok || len(v.Violations) != 1 || v.Violations[0].Pointer != "/tags" {
		t.Errorf("%v has no violation of /tags", list[0])
	}
	if s, ok := errors.AsType[*secmodel.SyntaxError](list[1]); !ok || s.Offset != 11 {
		t.Errorf("%v has no place", list[1])
	}
}

func TestRecordErrorLog(t *testing.T) {
	list := recordErrors(t)
	var b bytes.Buffer
	log := slog.New(slog.NewTextHandler(&b, nil))
	log.Error("refused", "err", list[0])
	log.Error("refused", "err", list[1])
	log.Error("refused", "err", &serialize.RecordError{Record: serialize.Record{Number: 7, Offset: 90}, Err: errors.New("x")})
	for _, part := range []string{
		"err.record=1 err.offset=0 err.line=1 err.error.identity=", "err.error.violations=1", "err.error.0.pointer=/tags",
		"err.record=2", "err.line=2 err.error=", "err.record=7 err.offset=90 err.error=x\n",
	} {
		if !strings.Contains(b.String(), part) {
			t.Errorf("the log has no %q:\n%s", part, &b)
		}
	}
}
