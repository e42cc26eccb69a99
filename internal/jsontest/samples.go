package jsontest

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/secmodel/secmodel"
)

// Sample is a document of the repository's testdata with what INDEX.tsv says of
// it.
type Sample struct {
	File    string
	Class   string
	Invalid bool
	// Places are the violations to be found, as "code pointer", sorted: the
	// errors of an invalid document, the warnings of a valid one.
	Places []string
	// Suspicions are those that the option Lint adds to a document without error
	// or warning, as Places.
	Suspicions []string
	Data       []byte
}

// Samples reads testdata/<format>. It fails the test if a file is not in the
// index, or the other way round.
func Samples(t testing.TB, format string) []Sample {
	t.Helper()
	dir := filepath.Join(root(t), "testdata", format)
	text, err := os.ReadFile(filepath.Join(dir, "INDEX.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	var list []Sample
	for i, line := range strings.Split(strings.TrimRight(string(text), "\n"), "\n") {
		cells := strings.Split(line, "\t")
		if len(cells) != 5 {
			t.Fatalf("%s/INDEX.tsv:%d: %d columns, not 5", format, i+1, len(cells))
		}
		if i == 0 {
			continue
		}
		if len(list) == 0 || list[len(list)-1].File != cells[0] {
			data, err := os.ReadFile(filepath.Join(dir, cells[0]))
			if err != nil {
				t.Fatal(err)
			}
			list = append(list, Sample{File: cells[0], Class: cells[1], Invalid: cells[2] == "invalid", Data: data})
		}
		switch s := &list[len(list)-1]; {
		case cells[2] == "suspicious":
			s.Suspicions = append(s.Suspicions, cells[3]+" "+cells[4])
			slices.Sort(s.Suspicions)
		case cells[3] != "":
			s.Places = append(s.Places, cells[3]+" "+cells[4])
			slices.Sort(s.Places)
		}
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil || len(files) != len(list) {
		t.Fatalf("%s: %d files, INDEX.tsv has %d", dir, len(files), len(list))
	}
	return list
}

// Places lists the violations of one severity as Sample.Places does.
func Places(r secmodel.Report, severity secmodel.Severity) []string {
	var list []string
	for _, v := range r.Violations {
		if v.Severity == severity {
			list = append(list, v.Code+" "+v.Pointer)
		}
	}
	slices.Sort(list)
	return list
}

// Compare checks a report against what is expected of the sample.
func (s *Sample) Compare(t testing.TB, r secmodel.Report) {
	t.Helper()
	severity := secmodel.Warning
	if s.Invalid {
		severity = secmodel.Error
	}
	if got := Places(r, severity); !slices.Equal(got, s.Places) {
		t.Errorf("%s: %ss\n got %q\nwant %q", s.File, severity, got, s.Places)
	}
	if r.Valid() == s.Invalid {
		t.Errorf("%s: valid is %v", s.File, r.Valid())
	}
}

// root returns the directory of go.mod.
func root(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		if dir == filepath.Dir(dir) {
			t.Fatal("no go.mod above the test")
		}
		dir = filepath.Dir(dir)
	}
}
