package cli

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestSnippet(t *testing.T) {
	x := strings.Repeat("x", 200)
	tests := []struct {
		name, data string
		at         string // the value begins at its first occurrence; "" means the end
		length     int
		want       []string
	}{
		{"one line", `{"a": 12, "b": 3}`, "12", 2, []string{`{"a": 12, "b": 3}`, `      ^^`}},
		{"one of several lines", "{\n    \"a\": 12,\r\n \"b\": 3}", "12", 2, []string{`"a": 12,`, `     ^^`}},
		{"an object", `{"a": {"b": 1}}`, `{"b"`, 8, []string{`{"a": {"b": 1}}`, `      ^`}},
		{"an array over lines", "{\"a\": [\n1]}", `[`, 4, []string{`{"a": [`, `      ^`}},
		{"the end", `{"a": `, "", 0, []string{`{"a":`, `     ^`}},
		{"an empty line", "{\"a\":\n\n", "", 0, nil},
		{"nothing", "", "", 0, nil},
		{"wide characters take two cells", `{"é": "日本"}`, `"日`, 8, []string{`{"é": "日本"}`, `      ^^^^^^`}},
		{"wide characters before", `{"日": "한😀", "b": 1}`, "1}", 1, []string{`{"日": "한😀", "b": 1}`, `                    ^`}},
		{"tabs and control characters", "{\t\"a\x1b[1m\u202e\":\t1}", "1}", 1, []string{`{ "a�[1m�": 1}`, `            ^`}},
		{"bytes that are not UTF-8", "{\"a\xff\xfe\": 1}", "1}", 1, []string{`{"a��": 1}`, `        ^`}},
		{"long before", `{"` + x + `": 1}`, "1}", 1, []string{
			`…` + x[:91] + `": 1}`, strings.Repeat(" ", 95) + "^"}},
		{"long after", `{"a": 1, "` + x + `"}`, "1,", 1, []string{
			`{"a": 1, "` + x[:86] + `…`, `      ^`}},
		{"long on both sides", `{"` + x + `": 1, "` + x + `"}`, "1,", 1, []string{
			`…` + x[:29] + `": 1, "` + x[:60] + `…`, strings.Repeat(" ", 33) + "^"}},
		{"a long value", `{"a": "` + x + `"}`, `"x`, 202, []string{
			`{"a": "` + x[:89] + `…`, `      ` + strings.Repeat("^", 90)}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			at := len(test.data)
			if test.at != "" {
				at = strings.Index(test.data, test.at)
			}
			var want string
			for _, line := range test.want {
				want += snippetIndent + line + "\n"
			}
			if diff := cmp.Diff(want, string(appendSnippet(nil, []byte(test.data), at, test.length, look{}))); diff != "" {
				t.Errorf("snippet (-want +got):\n%s", diff)
			}
		})
	}
}

// FuzzSnippet makes sure that a snippet is two lines that can be shown, the mark
// under the text.
func FuzzSnippet(f *testing.F) {
	f.Add([]byte(`{"a": 12}`), 6, 2)
	f.Add([]byte("{\"é\t\": [\xff\n\n  1]}"), 12, 30)
	f.Add([]byte(strings.Repeat("日", 300)), 300, 3)
	f.Fuzz(func(t *testing.T, data []byte, offset, length int) {
		snippet := string(appendSnippet(nil, data, offset, length, look{}))
		if snippet == "" {
			return
		}
		lines := strings.Split(snippet, "\n")
		if len(lines) != 3 || lines[2] != "" {
			t.Fatalf("%d lines, want 2: %q", len(lines)-1, snippet)
		}
		count, text, mark := utf8.RuneCountInString(lines[0]), columns([]rune(lines[0])), len(lines[1])
		if count > len(snippetIndent)+snippetWidth+2 || mark > text+1 {
			t.Errorf("text of %d columns, mark up to column %d: %q", text, mark, snippet)
		}
		if rest := strings.TrimLeft(lines[1], " "); rest == "" || strings.Trim(rest, "^") != "" {
			t.Errorf("no mark: %q", snippet)
		}
		if strings.ContainsFunc(strings.ReplaceAll(snippet, "\n", ""), hidden) {
			t.Errorf("it has what can't be shown: %q", snippet)
		}
	})
}

func TestPrintable(t *testing.T) {
	tests := []struct{ text, want string }{
		{"plain é 日 😀", "plain é 日 😀"},
		{"\x1b[31mred\a", `\u001b[31mred\u0007`},
		{"two\nlines\r", `two\u000alines\u000d`},
		{"\u202eleft\u2066", `\u202eleft\u2066`},
		{"tag\U000e0041", `tag\U000e0041`},
		{"bad \xff", "bad \ufffd"},
	}
	for _, test := range tests {
		if got := printable(test.text); got != test.want {
			t.Errorf("%q: got %q, want %q", test.text, got, test.want)
		}
	}
}
