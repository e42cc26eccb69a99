package jsontest

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Shared returns the path of a file or folder of the shared corpora, which lie
// beside the repository, and skips the test where they are absent.
func Shared(t testing.TB, name ...string) string {
	t.Helper()
	dir := root(t)
	path := filepath.Join(append([]string{filepath.Dir(dir), "shared"}, name...)...)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("skipped: %s is absent", filepath.Join(append([]string{"../shared"}, name...)...))
	}
	return path
}

// shortShare is how many lines of a corpus there are for each one that is looked
// at with -short, which is for what finds faults of another kind: the race
// detector, pointer checks, 32 bits.
const shortShare = 10

// Lines calls f with each line of a gzipped file of JSON lines, decoded; with
// -short, of one in shortShare.
func Lines[T any](t testing.TB, path string, f func(line int, v T)) {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	z, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	s := bufio.NewScanner(z)
	s.Buffer(nil, 64<<20)
	for n := 1; s.Scan(); n++ {
		if testing.Short() && n%shortShare != 0 {
			continue
		}
		var v T
		if err := json.Unmarshal(s.Bytes(), &v); err != nil {
			t.Fatalf("%s:%d: %v", path, n, err)
		}
		f(n, v)
	}
	if err := s.Err(); err != nil {
		t.Fatal(err)
	}
}

// Index reads an INDEX.tsv: the rows below the header, by file name.
func Index(t testing.TB, path string) map[string]map[string]string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimRight(strings.ReplaceAll(string(text), "\r\n", "\n"), "\n"), "\n")
	header := strings.Split(lines[0], "\t")
	rows := map[string]map[string]string{}
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, cell := range strings.Split(line, "\t") {
			if i < len(header) {
				row[header[i]] = cell
			}
		}
		rows[row[header[0]]] = row
	}
	return rows
}
