package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/secmodel/secmodel/cmd/secmodel/internal/cli"
)

// help returns the help text of a command.
func help(t *testing.T, command string) string {
	t.Helper()
	var b bytes.Buffer
	if code := cli.Main(context.Background(), append([]string{"help"}, strings.Fields(command)...), strings.NewReader(""), &b, io.Discard); code != 0 {
		t.Fatalf("help %s: exit code %d", command, code)
	}
	return b.String()
}

// commands returns the names of the commands of this program, as "schema list",
// without those that cobra adds.
func commands(t *testing.T) []string {
	t.Helper()
	names := commandsOf(t, "")
	if len(names) < 15 {
		t.Fatalf("found the commands %q only", names)
	}
	return names
}

// commandsOf returns the names of the commands below one.
func commandsOf(t *testing.T, command string) []string {
	t.Helper()
	_, list, ok := strings.Cut(help(t, command), "Available Commands:\n")
	if !ok {
		return nil
	}
	list, _, _ = strings.Cut(list, "\n\n")
	var names []string
	for line := range strings.Lines(list) {
		if name := strings.Fields(line)[0]; name != "help" && name != "completion" {
			name = strings.TrimSpace(command + " " + name)
			names = append(append(names, name), commandsOf(t, name)...)
		}
	}
	return names
}

// TestExamples runs every example of every help text, in a directory with the
// files of testdata/examples.
func TestExamples(t *testing.T) {
	dir := t.TempDir()
	for _, command := range commands(t) {
		_, examples, ok := strings.Cut(help(t, command), "\nExamples:\n")
		if !ok {
			t.Errorf("the help of %s has no examples", command)
			continue
		}
		examples, _, _ = strings.Cut(examples, "\n\nAvailable Commands:")
		examples, _, _ = strings.Cut(examples, "\n\nFlags:")
		for i, example := range strings.Split(examples, "\n\n") {
			if !strings.Contains(example, "secmodel "+command) {
				t.Errorf("an example of %s does not use it:\n%s", command, example)
			}
			script := fmt.Sprintf("[!exec:sh] skip 'no shell'\nexec sh -e example.sh\n! stderr secmodel:\n-- example.sh --\n%s\n", example)
			name := filepath.Join(dir, fmt.Sprintf("%s_%d.txtar", strings.ReplaceAll(command, " ", "_"), i+1))
			if err := os.WriteFile(name, []byte(script), 0o666); err != nil {
				t.Fatal(err)
			}
		}
	}
	testscript.Run(t, testscript.Params{
		Dir: dir,
		Setup: func(env *testscript.Env) error {
			return os.CopyFS(env.WorkDir, os.DirFS(filepath.Join("testdata", "examples")))
		},
	})
}

// TestHelpFits makes sure that help texts fit in a terminal. Lists of flags are
// laid out by cobra, and long lists of versions can't be shorter.
func TestHelpFits(t *testing.T) {
	const width = 80
	wide := regexp.MustCompile(`^  (idmefv2|mozdef) |^ +(-\w, |    )--`)
	for _, command := range append(commands(t), "") {
		for line := range strings.Lines(help(t, command)) {
			line = strings.TrimSuffix(line, "\n")
			if n := utf8.RuneCountInString(line); n > width && !wide.MatchString(line) {
				t.Errorf("help %s: %d columns: %s", command, n, line)
			}
		}
	}
}
