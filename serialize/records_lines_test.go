package serialize

import (
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestRecordsSeesLines makes sure that a stream of JSON is cut into lines where
// it has one document a line, a malformed one included, and not elsewhere.
func TestRecordsSeesLines(t *testing.T) {
	long := `{"a":"` + strings.Repeat("x", 100<<10) + `"}`
	tests := []struct {
		name, stream string
		want         []string // the records
	}{
		{"first line malformed", "{\"a\":1 \"b\":2}\n{}\n{}\n", []string{`{"a":1 "b":2}`, `{}`, `{}`}},
		{"first line cut at its start", "\"b\":2}\n{\"a\":1}\n{}\n", []string{`"b":2}`, `{"a":1}`, `{}`}},
		{"first line cut at its end", "{\"a\":\n{\"a\":1}\n{}\n", []string{`{"a":`, `{"a":1}`, `{}`}},
		{"first line cut in a string", "{\"a\":\"\n{\"a\":1}\n{}\n", []string{`{"a":"`, `{"a":1}`, `{}`}},
		{"second line malformed", "{}\n{\"a\":[\n{}\n", []string{`{}`, `{"a":[`, `{}`}},
		{"only two lines, the first malformed", "{]\n{}", []string{`{]`, `{}`}},
		{"malformed after a line longer than the buffer", long + "\n{\"a\":[\n{}\n", []string{long, `{"a":[`, `{}`}},
		{"several on one line", "{} {}\n", []string{`{}`, `{}`}},
		{"several on a line longer than the buffer", long + long + "\n{}", []string{long, long, `{}`}},
		{"a document over lines that are values", "{\"a\":[\n{}\n]}\n{\"b\":[\n{}\n]}\n", []string{"{\"a\":[\n{}\n]}", "{\"b\":[\n{}\n]}"}},
		{"a document over lines", "{\n\"a\":\n1\n}\n{}\n", []string{"{\n\"a\":\n1\n}", "{}"}},
		{"carriage returns", "{}\r\n{]\r\n{}\r\n", []string{`{}`, `{]`, `{}`}},
		{"one line without a newline", "{}", []string{`{}`}},
		{"a line, then documents over lines", "{}\n{\n \"a\": {}\n}\n{\n \"a\":\n {}\n}\n{}\n", []string{`{}`, "{\n \"a\": {}\n}", "{\n \"a\":\n {}\n}", `{}`}},
		{"two malformed lines", "{}\n{\"a\":\n{\"b\":[\n{}\n", []string{`{}`, "{\"a\":\n{\"b\":[", `{}`}},
		{"lines that are no objects", "{}\n0 1\n:]\n}}\n{}\n", []string{`{}`, `0 1`, `:]`, `}}`, `{}`}},
		{"an array that is a record", "{}\n[1,\n2]\n{}\n", []string{`{}`, "[1,\n2]", `{}`}},
		{"a bracket too many", "{}\n{}}\n{}\n", []string{`{}`, `{}}`, `{}`}},
		{"blank line first", "\n\n{\"a\":\n{}\n{}\n", []string{`{"a":`, `{}`, `{}`}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for rec, err := range Records(strings.NewReader(test.stream), "") {
				if err != nil {
					t.Fatalf("record %d: %v", len(got)+1, err)
				}
				got = append(got, string(rec.Data))
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("records (-want +got):\n%s", diff)
			}
		})
	}
}

// TestRecordsDoesNotWait makes sure that a record comes as soon as its line is
// there, however long the next one is in coming.
func TestRecordsDoesNotWait(t *testing.T) {
	r, w := io.Pipe()
	records := make(chan string)
	go func() {
		defer close(records)
		for rec, err := range Records(r, "") {
			if err != nil {
				return
			}
			records <- string(rec.Data)
		}
	}()
	defer r.Close()
	for _, line := range []string{`{"a":1}`, `{"a":2}`} {
		if _, err := io.WriteString(w, line+"\n"); err != nil {
			t.Fatal(err)
		}
		select {
		case got := <-records:
			if got != line {
				t.Errorf("got %s, want %s", got, line)
			}
		case <-time.After(time.Minute):
			t.Fatal("no record, although its line has been written")
		}
	}
}
