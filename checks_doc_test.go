package secmodel_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/secmodel/secmodel/internal/jsontest"
)

// cell is one cell of a table of docs/checks.md, as "partly[3]".
var cell = regexp.MustCompile(`^(yes|partly|no|–|\?)(?:\[(\d+)\])?$`)

// checksTable reads the tables of docs/checks.md that begin with a code: for each
// code, what is said of whom.
func checksTable(t *testing.T) (rows map[string]map[string]string, notes map[string]bool) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("docs", "checks.md"))
	if err != nil {
		t.Fatal(err)
	}
	rows, notes = map[string]map[string]string{}, map[string]bool{}
	var head []string
	for line := range strings.Lines(string(text)) {
		if line[0] != '|' {
			head = nil
			continue
		}
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		switch {
		case head == nil:
			head = cells
		case head[0] != "code" || strings.HasPrefix(cells[0], "-"):
		case len(cells) != len(head):
			t.Errorf("%s has %d cells, not %d", cells[0], len(cells), len(head))
		default:
			code := strings.Trim(cells[0], "`")
			if rows[code] != nil {
				t.Errorf("%s has two rows", code)
			}
			rows[code] = map[string]string{}
			for i, text := range cells[1:] {
				m := cell.FindStringSubmatch(text)
				if m == nil {
					t.Errorf("%s, %s: %q is none of yes, partly, no, –, ?", code, head[i+1], text)
					continue
				}
				rows[code][head[i+1]] = m[1]
				if m[2] != "" {
					notes[m[2]] = true
				}
				if m[1] == "partly" && m[2] == "" {
					t.Errorf("%s, %s: no note says which part", code, head[i+1])
				}
			}
		}
	}
	return rows, notes
}

// TestChecksDoc: docs/checks.md has a row for every code and for nothing else,
// and its notes are all there and all used.
func TestChecksDoc(t *testing.T) {
	rows, notes := checksTable(t)
	for _, files := range codeFiles {
		for _, c := range codesIn(t, files...) {
			if rows[c.value] == nil {
				t.Errorf("docs/checks.md has no row for %s", c.value)
			}
			delete(rows, c.value)
		}
	}
	for code := range rows {
		t.Errorf("docs/checks.md has %s, which is no code", code)
	}
	text, err := os.ReadFile(filepath.Join("docs", "checks.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, list, ok := strings.Cut(string(text), "\n## Notes\n")
	list, _, _ = strings.Cut(list, "\n## ")
	count := strings.Count(list, "\n") - 2
	for n := 1; n <= max(count, len(notes)); n++ {
		defined := strings.Contains(list, "\n"+strconv.Itoa(n)+". ")
		if !ok || !defined || !notes[strconv.Itoa(n)] {
			t.Errorf("note %d: is there %t, is used %t", n, defined, notes[strconv.Itoa(n)])
		}
	}
}

// TestChecksDocServer: the document does not deny the official server of OCSF a
// code that it gave for an event of the corpus.
func TestChecksDocServer(t *testing.T) {
	path := jsontest.Shared(t, "corpus", "ocsf-verdicts.jsonl.gz")
	rows, _ := checksTable(t)
	found := map[string]bool{}
	jsontest.Lines(t, path, func(_ int, v struct{ Errors, Warnings [][2]json.RawMessage }) {
		for _, list := range [][][2]json.RawMessage{v.Errors, v.Warnings} {
			for _, finding := range list {
				var code string
				if err := json.Unmarshal(finding[0], &code); err != nil {
					t.Fatal(err)
				}
				found[code] = true
			}
		}
	})
	if len(found) < 15 {
		t.Errorf("the corpus has %d codes", len(found))
	}
	for code := range found {
		if row := rows[code]; row != nil && row["ocsf-server"] != "yes" && row["ocsf-server"] != "partly" {
			t.Errorf("%s: the server found it, the document says %q", code, row["ocsf-server"])
		} else if row == nil {
			t.Errorf("%s: the server found it, the document does not have it", code)
		}
	}
}
