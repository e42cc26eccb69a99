package repairtest_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/repairtest"
	"github.com/secmodel/secmodel/serialize"
)

var update = flag.Bool("update", false, "rewrite the golden files of testdata/*/repair")

// golden is what reading a document with the option Repair gives.
type golden struct {
	Identity   secmodel.Identity   `json:"identity"`
	Repairs    []secmodel.Repaired `json:"repairs"`
	Document   json.RawMessage     `json:"document"`
	Violations []string            `json:"violations"` // that are left
}

// TestGolden reads the documents of testdata/*/repair, and compares what is
// mended and what is left.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("../../testdata/*/repair/*.json")
	if err != nil || len(files) == 0 {
		t.Fatal("no documents", err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, ".golden.json") {
			continue
		}
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var got golden
			m, err := serialize.Unserialize(serialize.Payload{Data: data}, secmodel.Repair(func(r secmodel.Repaired) { got.Repairs = append(got.Repairs, r) }))
			if invalid, ok := errors.AsType[*secmodel.ValidationError](err); err != nil && !ok {
				t.Fatal(err)
			} else if ok {
				for _, v := range invalid.Violations {
					got.Violations = append(got.Violations, v.String())
				}
			}
			got.Identity = m.Identity()
			if got.Document, err = m.AppendJSON(nil); err != nil {
				t.Fatal(err)
			}
			applied, err := repairtest.Apply(data, got.Repairs)
			if err != nil {
				t.Error(err)
			} else if err := repairtest.Equal(applied, got.Document); err != nil {
				t.Errorf("what is reported is not what changed: %v", err)
			}
			compare(t, strings.TrimSuffix(file, ".json")+".golden.json", got)
		})
	}
}

func compare(t *testing.T, file string, got golden) {
	t.Helper()
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(got); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(file, b.Bytes(), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.ReplaceAll(string(want), "\r\n", "\n"), b.String()); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}
