package mozdef_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/mozdef"
)

const testdata = "../testdata/mozdef"

// sample is a document of testdata with what INDEX.tsv says of it.
type sample struct {
	class   string
	invalid bool
	// places are the violations expected, as code and pointer: of an invalid
	// document its errors, of a valid one its warnings.
	places []string
}

// readTable returns the rows of a tab-separated file without its first line.
func readTable(t *testing.T, path string) [][]string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var rows [][]string
	for i, line := range strings.Split(strings.TrimRight(string(data), "\n"), "\n") {
		if i > 0 {
			rows = append(rows, strings.Split(line, "\t"))
		}
	}
	return rows
}

func samples(t *testing.T) map[string]*sample {
	t.Helper()
	all := map[string]*sample{}
	for _, row := range readTable(t, filepath.Join(testdata, "INDEX.tsv")) {
		if len(row) != 5 {
			t.Fatalf("INDEX.tsv: %d columns in %q", len(row), row)
		}
		s := all[row[0]]
		if s == nil {
			s = &sample{class: row[1], invalid: row[2] == "invalid"}
			all[row[0]] = s
		}
		if row[3] != "" {
			s.places = append(s.places, row[3]+" "+row[4])
		}
	}
	return all
}

// places lists the violations of one severity, as samples do.
func places(r secmodel.Report, severity secmodel.Severity) []string {
	var list []string
	for _, v := range r.Violations {
		if v.Severity == severity {
			list = append(list, v.Code+" "+v.Pointer)
		}
	}
	return list
}

func decode(t *testing.T, class string, data []byte) secmodel.Message {
	t.Helper()
	m := mozdef.New(class)
	if m == nil {
		t.Fatalf("there is no class %q", class)
	}
	if err := json.Unmarshal(data, m); err != nil {
		t.Fatal(err)
	}
	return m
}

func TestSamples(t *testing.T) {
	all := samples(t)
	files, err := filepath.Glob(filepath.Join(testdata, "*.json"))
	if err != nil || len(files) != len(all) {
		t.Fatalf("INDEX.tsv has %d files, the directory %d", len(all), len(files))
	}
	counts := map[string][2]int{}
	for name, s := range all {
		t.Run(name, func(t *testing.T) {
			data, err := os.ReadFile(filepath.Join(testdata, name))
			if err != nil {
				t.Fatal(err)
			}
			if suffix := strings.HasSuffix(name, ".invalid.json"); suffix != s.invalid {
				t.Errorf("the name of the file and the verdict disagree")
			}
			m := decode(t, s.class, data)
			if want := (secmodel.Identity{Format: "mozdef", Version: "1", Class: s.class}); m.Identity() != want {
				t.Errorf("identity is %v, want %v", m.Identity(), want)
			}
			report := m.Check()
			severity := secmodel.Warning
			if s.invalid {
				severity = secmodel.Error
			}
			got := places(report, severity)
			slices.Sort(got)
			slices.Sort(s.places)
			if diff := cmp.Diff(s.places, got); diff != "" {
				t.Errorf("%ss (-want +got):\n%s", severity, diff)
			}
			if report.Valid() == s.invalid || (m.Validate() != nil) != s.invalid {
				t.Errorf("valid is %t; violations: %v", report.Valid(), report.Violations)
			}
			if fails := m.Validate(secmodel.Strict()) != nil; fails != (len(s.places) > 0) {
				t.Errorf("strict validation fails: %t", fails)
			}
			sameJSON(t, data, m)
		})
		n := counts[s.class]
		if s.invalid {
			n[1]++
		} else {
			n[0]++
		}
		counts[s.class] = n
	}
	for _, class := range classes {
		if n := counts[class]; n[0] < 1 || n[1] < 3 {
			t.Errorf("%s: %d valid and %d invalid samples, want at least 1 and 3", class, n[0], n[1])
		}
	}
}

var classes = []string{mozdef.ClassEvent, mozdef.ClassCompliance, mozdef.ClassVulnerability, mozdef.ClassVulnerabilityV2,
	mozdef.ClassAssetHint, mozdef.ClassRRA, mozdef.ClassAlert}

// sameJSON checks that a message is written back as it was read.
func sameJSON(t *testing.T, data []byte, m secmodel.Message) {
	t.Helper()
	out, err := m.AppendJSON(nil)
	if err != nil {
		t.Fatal(err)
	}
	var want, got any
	if err := json.Unmarshal(data, &want); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(out, &got); err != nil {
		t.Fatalf("%v in %s", err, out)
	}
	if !reflect.DeepEqual(want, got) {
		t.Errorf("written back differently (-read +written):\n%s", cmp.Diff(want, got))
	}
}

// TestEvidenceSamples checks that the class of every sample is found, of the
// invalid ones too.
func TestEvidenceSamples(t *testing.T) {
	for name, s := range samples(t) {
		data, err := os.ReadFile(filepath.Join(testdata, name))
		if err != nil {
			t.Fatal(err)
		}
		if class, ok := classOf(t, data); class != s.class || !ok {
			t.Errorf("%s is taken for %q (%t), not %q", name, class, ok, s.class)
		}
	}
}

func classOf(t *testing.T, data []byte) (string, bool) {
	t.Helper()
	var members map[string]json.RawMessage
	if err := json.Unmarshal(data, &members); err != nil {
		t.Fatal(err)
	}
	var e mozdef.Evidence
	for name, value := range members {
		e.Member(name, value)
	}
	return e.Class()
}
