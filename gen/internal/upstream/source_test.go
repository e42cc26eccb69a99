package upstream

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

func TestDigest(t *testing.T) {
	fsys := fstest.MapFS{
		"a.json":     {Data: []byte("one")},
		"dir/b.json": {Data: []byte("two")},
		"dir/a/c":    {Data: []byte("three")},
	}
	tests := []struct{ name, want string }{
		{"a.json", hash("one")},
		{"dir", hash(hash("three") + "  a/c\n" + hash("two") + "  b.json\n")},
		{".", hash(hash("one") + "  a.json\n" + hash("three") + "  dir/a/c\n" + hash("two") + "  dir/b.json\n")},
	}
	for _, tt := range tests {
		got, err := Digest(fsys, tt.name)
		if err != nil {
			t.Fatal(err)
		}
		if got != tt.want {
			t.Errorf("digest of %s is %s, want %s", tt.name, got, tt.want)
		}
	}
	if _, err := Digest(fsys, "nix"); err == nil {
		t.Error("no error for what is not there")
	}
}

func TestUpdate(t *testing.T) {
	source := func(format, version, commit, sum string) Source {
		return Source{Format: format, Version: version, Repository: "https://example.org/r", Commit: commit, Licence: "x", Path: version + "/s", SHA256: sum}
	}
	old := []Source{source("b", "1", "c1", "s1"), source("b", "2", "c2", "s2"), source("z", "9", "c9", "s9")}
	tests := []struct {
		name, format, commit string
		inputs, want         []Source
		err                  string
	}{
		{
			name: "nothing new", format: "b",
			inputs: []Source{source("b", "1", "", "s1"), source("b", "2", "", "s2")},
			want:   old,
		},
		{
			name: "one more, one changed, one gone", format: "b", commit: "c3",
			inputs: []Source{source("b", "2", "", "changed"), source("b", "3", "", "s3")},
			want:   []Source{source("b", "2", "c3", "changed"), source("b", "3", "c3", "s3"), source("z", "9", "c9", "s9")},
		},
		{
			name: "another format", format: "a", commit: "c0",
			inputs: []Source{source("a", "1", "", "s1")},
			want:   append([]Source{source("a", "1", "c0", "s1")}, old...),
		},
		{
			name: "no commit", format: "b",
			inputs: []Source{source("b", "2", "", "changed")},
			err:    "b 2: 2/s is new or has changed: give the commit of https://example.org/r",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Update(old, tt.format, tt.inputs, tt.commit)
			if tt.err != "" {
				if err == nil || !strings.Contains(err.Error(), tt.err) {
					t.Errorf("error %v, want %q in it", err, tt.err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestFormatSources(t *testing.T) {
	list := []Source{
		{Format: "a", Version: "1", Repository: "https://example.org/?a&b", Commit: "c1", Licence: "x", Path: "p", SHA256: "s"},
		{Format: "b", Version: "1", Repository: "r", Commit: "c2", Licence: "y", Path: "q", SHA256: "s"},
	}
	text, err := FormatSources(list)
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Count(string(text), "\n"); got != 4+len(list) {
		t.Errorf("%d lines, want one for each source:\n%s", got, text)
	}
	again, err := ParseSources(text)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(list, again); diff != "" {
		t.Errorf("(-written +read):\n%s", diff)
	}
	for _, wrong := range []string{"", "[]", `{"sources": [{"colour": "red"}]}`} {
		if _, err := ParseSources([]byte(wrong)); err == nil {
			t.Errorf("no error for %q", wrong)
		}
	}
}
