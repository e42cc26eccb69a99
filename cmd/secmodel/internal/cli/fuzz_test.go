package cli

import (
	"encoding/json"
	"strings"
	"testing"
)

// FuzzStreams makes sure that no input makes a command fail other than by its
// rules: there is an exit code that is one of them, a verdict in JSON for each
// document, and what fmt writes stays as it is when it is written again.
func FuzzStreams(f *testing.F) {
	for _, seed := range []string{
		"", "[]", "\x96]", "[[]", alert, "[" + alert + ",\n{\"a\":1}]", alert + "\n{]\n" + alert + "\n", "\ufeff" + alert,
		`{"summary":"x","tags":null,"summary":1}`, "{\n\"a\":\n1}\n{}\n\"x\" 1 null", "00}\n" + alert + "\n{", "[1,,2]",
		" {}0 {\"0\":0}0", `{"Version":"2.D.V08","\u001b":"\ud83d\ude00","Source":[{"Port":[1e2,"x",null]}]}`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, input string) {
		code, verdicts, errs := run(input, "validate", "--output", "json")
		if code == exitIO && input[0] >= 0x80 && strings.Contains(errs, "--from") {
			return // it may be CBOR as well as MessagePack
		}
		if code != exitOK && code != exitInvalid {
			t.Errorf("validate: exit code %d", code)
		}
		record := 0
		for line := range strings.Lines(verdicts) {
			var v struct {
				Record     int
				Valid      bool
				Violations []struct{ Severity, Code, Message string }
			}
			if err := json.Unmarshal([]byte(line), &v); err != nil {
				t.Fatalf("validate: %v: %s", err, line)
			}
			if record++; v.Record != record {
				t.Errorf("validate: record %d, want %d", v.Record, record)
			}
			if !v.Valid && len(v.Violations) == 0 {
				t.Errorf("validate: invalid, but nothing says why: %s", line)
			}
		}
		if code, text, _ := run(input, "validate"); strings.ContainsFunc(strings.ReplaceAll(text, "\n", ""), hidden) {
			t.Errorf("validate: exit code %d, and the text has what can't be shown: %q", code, text)
		}

		code, once, _ := run(input, "fmt")
		if code != exitOK && code != exitInvalid {
			t.Errorf("fmt: exit code %d", code)
		}
		if once == "" || once[0] == '[' || strings.Contains(once, "\n[") {
			return // a root that is an array, alone, is read as an array of documents
		}
		if code, twice, errs := run(once, "fmt"); twice != once {
			t.Errorf("fmt: exit code %d: it wrote\n%s\nand then\n%s\nwith the errors\n%s", code, once, twice, errs)
		}
		if _, indented, _ := run(once, "fmt", "--indent", "tab"); len(indented) < len(once) {
			t.Errorf("fmt --indent: %q became %q", once, indented)
		} else if _, again, _ := run(indented, "fmt"); again != once {
			t.Errorf("fmt: %q, indented and then compact, became %q", once, again)
		}
	})
}
