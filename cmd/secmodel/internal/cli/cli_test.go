package cli

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/secmodel/secmodel"
)

const alert = `{"Version":"2.D.V08","ID":"0190c8a2-7b5e-7d3a-9c41-5f2e8b6a1d07",` +
	`"CreateTime":"2026-03-01T08:15:30Z","Analyzer":{"IP":"192.0.2.10","Name":"scan-watch"}}`

// run runs a command line on an input.
func run(input string, args ...string) (code int, stdout, stderr string) {
	var out, err bytes.Buffer
	code = Main(context.Background(), args, strings.NewReader(input), &out, &err)
	return code, out.String(), err.String()
}

// TestNoArguments makes sure that the arguments are those given, and not those
// of the process.
func TestNoArguments(t *testing.T) {
	code, stdout, stderr := run("")
	if code != exitOK || !strings.Contains(stdout, "Usage:") || stderr != "" {
		t.Errorf("exit code %d, output %q, errors %q; want the help", code, stdout, stderr)
	}
}

// TestReadError makes sure that what comes before an error of the input is
// used, and that the error is told.
func TestReadError(t *testing.T) {
	for _, args := range [][]string{{"validate", "--output", "json"}, {"fmt"}} {
		t.Run(args[0], func(t *testing.T) {
			var out, errs bytes.Buffer
			in := io.MultiReader(strings.NewReader(alert+"\n"+alert+"\n{"), iotest.ErrReader(errors.New("the cable is cut")))
			code := Main(context.Background(), args, in, &out, &errs)
			if code != exitIO {
				t.Errorf("exit code %d, want %d", code, exitIO)
			}
			if n := strings.Count(out.String(), "\n"); n != 2 {
				t.Errorf("%d lines of output, want 2:\n%s", n, &out)
			}
			// Where it happened may be told in between.
			if want := `(?m)^secmodel: -: (.*: )?the cable is cut$`; !regexp.MustCompile(want).MatchString(errs.String()) {
				t.Errorf("errors %q, want %s among them", errs.String(), want)
			}
		})
	}
}

// TestWriteError makes sure that output that can't be written ends the program,
// and that a reader that has gone is no error to tell, only part of the summary.
func TestWriteError(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	r.Close()
	defer w.Close()
	closed, cw := io.Pipe()
	closed.Close()
	full := writerFunc(func([]byte) (int, error) { return 0, errors.New("the disk is full") })
	tests := []struct {
		name   string
		w      io.Writer
		code   int
		stderr string
	}{
		{"pipe", w, exitGone, ""},
		{"pipe in memory", cw, exitGone, ""},
		{"full", full, exitIO, "secmodel: cannot write the output: the disk is full\n"},
	}
	summary := regexp.MustCompile(`^[1-9][0-9]* (documents: .*|values of [0-9]+ documents); stopped, since nobody reads the output any more\n( .*\n)*$`)
	for _, test := range tests {
		for _, args := range [][]string{
			{"validate", "--output", "json"}, {"fmt"}, {"detect"}, {"get", "Version"}, {"enrich"}, {"transcode", "--to", "json"},
			{"transcode", "--to", "cbor", "--compress", "gzip"}, {"version"}, {"help"}, {"schema", "print", "idmefv2", "2.D.V08", "message"},
		} {
			t.Run(test.name+"/"+args[0], func(t *testing.T) {
				var errs bytes.Buffer
				// Endless, so that it is the output that ends the program.
				code := Main(context.Background(), args, &endless{text: alert + "\n"}, test.w, &errs)
				if code != test.code {
					t.Errorf("exit code %d, want %d", code, test.code)
				}
				if reads := args[0] != "version" && args[0] != "help" && args[0] != "schema"; reads && test.code == exitGone {
					if !summary.MatchString(errs.String()) {
						t.Errorf("errors %q, want a summary", errs.String())
					}
				} else if diff := cmp.Diff(test.stderr, errs.String()); diff != "" {
					t.Errorf("errors (-want +got):\n%s", diff)
				}
			})
		}
	}
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

// endless gives a text again and again.
type endless struct {
	text string
	at   int
}

func (e *endless) Read(p []byte) (int, error) {
	n := copy(p, e.text[e.at:])
	e.at = (e.at + n) % len(e.text)
	return n, nil
}

// TestLive makes sure that the result of a document comes while the input is
// still open.
func TestLive(t *testing.T) {
	for _, args := range [][]string{{"validate", "--output", "json"}, {"fmt"}} {
		t.Run(args[0], func(t *testing.T) {
			in, feed := io.Pipe()
			results, out := io.Pipe()
			done := make(chan int)
			go func() {
				code := Main(context.Background(), args, in, out, io.Discard)
				out.Close()
				done <- code
			}()
			lines := make(chan string)
			go func() {
				s := bufio.NewScanner(results)
				for s.Scan() {
					lines <- s.Text()
				}
				close(lines)
			}()
			for range 3 {
				if _, err := io.WriteString(feed, alert+"\n"); err != nil {
					t.Fatal(err)
				}
				select {
				case line := <-lines:
					if !strings.Contains(line, "2.D.V08") {
						t.Errorf("got %s", line)
					}
				case <-time.After(time.Minute):
					t.Fatal("no result, although a document has been written")
				}
			}
			feed.Close()
			if line, ok := <-lines; ok {
				t.Errorf("one line too many: %s", line)
			}
			if code := <-done; code != exitOK {
				t.Errorf("exit code %d", code)
			}
		})
	}
}

// TestInterrupt makes sure that a command that is told to end does so while the
// input is still open, with the results of what has come and a summary.
func TestInterrupt(t *testing.T) {
	for _, args := range [][]string{{"validate", "--output", "json"}, {"fmt"}, {"detect"}, {"get", "Version"}, {"enrich"}, {"transcode", "--to", "ndjson"}} {
		t.Run(args[0], func(t *testing.T) {
			ctx, interrupt := context.WithCancel(t.Context())
			in, feed := io.Pipe()
			defer feed.Close()
			results, out := io.Pipe()
			var errs bytes.Buffer
			done := make(chan int)
			go func() {
				code := Main(ctx, args, in, out, &errs)
				out.Close()
				done <- code
			}()
			go io.WriteString(feed, alert+"\n"+alert[:9])
			line, err := bufio.NewReader(results).ReadString('\n')
			if err != nil || !strings.Contains(line, "2.D.V08") {
				t.Errorf("got %q, %v", line, err)
			}
			interrupt()
			if code := <-done; code != exitInterrupted {
				t.Errorf("exit code %d, want %d", code, exitInterrupted)
			}
			if !strings.Contains(errs.String(), "1 document") || !strings.Contains(errs.String(), "; interrupted\n") {
				t.Errorf("errors %q, want a summary", errs.String())
			}
		})
	}
}

// TestInterruptNothing makes sure that a command ends that has not got a byte
// yet, and which signal ended it.
func TestInterruptNothing(t *testing.T) {
	for cause, want := range map[error]int{Interrupt: exitInterrupted, Terminate: exitTerminated, io.EOF: exitInterrupted} {
		for _, args := range [][]string{{"validate"}, {"fmt"}, {"bench"}, {"get", "/ID"}} {
			t.Run(args[0]+"/"+cause.Error(), func(t *testing.T) {
				ctx, interrupt := context.WithCancelCause(t.Context())
				in, feed := io.Pipe()
				defer feed.Close()
				var out, errs bytes.Buffer
				done := make(chan int)
				go func() { done <- Main(ctx, args, in, &out, &errs) }()
				interrupt(cause)
				if code := <-done; code != want {
					t.Errorf("exit code %d, want %d", code, want)
				}
				if !regexp.MustCompile(`0 documents?\b.*; (interrupted|terminated)\n`).MatchString(errs.String()) || out.Len() > 0 {
					t.Errorf("output %q, errors %q, want a summary", &out, &errs)
				}
			})
		}
	}
}

// TestOptions makes sure that the flags of validate become options.
func TestOptions(t *testing.T) {
	tests := []struct {
		args []string
		want func(*secmodel.Options)
	}{
		{nil, func(*secmodel.Options) {}},
		{[]string{"--strict"}, func(o *secmodel.Options) { o.Strict = true }},
		{[]string{"--text"}, func(o *secmodel.Options) { o.Text = true }},
		{[]string{"--recommended"}, func(o *secmodel.Options) { o.Recommended = true }},
		{[]string{"--hint", "ocsf"}, func(o *secmodel.Options) { o.Hint = "ocsf" }},
		{[]string{"--version-as", "2.D.V05"}, func(o *secmodel.Options) { o.Version = "2.D.V05" }},
		{[]string{"--max-bytes", "100"}, func(o *secmodel.Options) { o.MaxBytes = 100 }},
	}
	for _, test := range tests {
		t.Run(fmt.Sprint(test.args), func(t *testing.T) {
			var f validateFlags
			cmd := newValidate(newConsole(nil, io.Discard, io.Discard), &f)
			if err := cmd.ParseFlags(test.args); err != nil {
				t.Fatal(err)
			}
			want := secmodel.NewOptions()
			test.want(&want)
			if diff := cmp.Diff(want, secmodel.NewOptions(f.options()...)); diff != "" {
				t.Errorf("options (-want +got):\n%s", diff)
			}
		})
	}
}

// TestPlaces makes sure that offsets lead to the value in the document, and
// lines and columns to the same bytes in the file.
func TestPlaces(t *testing.T) {
	file := "\n [ " + alert + " ,\n  {\"Version\":\"2.D.V08\",\n\t\"Priority\": \"wrong\"}\n]"
	name := filepath.Join(t.TempDir(), "a.json")
	if err := os.WriteFile(name, []byte(file), 0o666); err != nil {
		t.Fatal(err)
	}
	code, stdout, _ := run("", "validate", "--output", "json", name)
	if code != exitInvalid {
		t.Errorf("exit code %d, want %d", code, exitInvalid)
	}
	var got []string
	for line := range strings.Lines(stdout) {
		var document struct {
			File       string
			Violations []secmodel.Violation
		}
		if err := json.Unmarshal([]byte(line), &document); err != nil {
			t.Fatal(err)
		}
		if document.File != name {
			t.Errorf("file %q, want %q", document.File, name)
		}
		for _, v := range document.Violations {
			text := strings.SplitAfter(file, "\n")
			at := len(strings.Join(text[:v.Line-1], "")) + v.Column - 1
			got = append(got, fmt.Sprintf("%s at %d:%d is %.9q", v.Pointer, v.Line, v.Column, file[at:at+v.Length]))
		}
	}
	want := []string{
		`/ID at 3:3 is "{\"Version"`,
		`/CreateTime at 3:3 is "{\"Version"`,
		`/Analyzer at 3:3 is "{\"Version"`,
		`/Priority at 4:14 is "\"wrong\""`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("places (-want +got):\n%s", diff)
	}
}

func TestVersionOf(t *testing.T) {
	settings := func(list ...string) (s []debug.BuildSetting) {
		for i := 0; i < len(list); i += 2 {
			s = append(s, debug.BuildSetting{Key: list[i], Value: list[i+1]})
		}
		return s
	}
	tests := []struct {
		version  string
		settings []debug.BuildSetting
		want     string
	}{
		{"v1.2.3", settings("vcs.revision", "abc"), "v1.2.3"},
		{"", nil, "(devel)"},
		{"(devel)", settings("vcs.revision", "abc", "vcs.modified", "false"), "(devel) abc"},
		{"(devel)", settings("vcs.revision", "abc", "vcs.modified", "true"), "(devel) abc modified"},
	}
	for _, test := range tests {
		info := &debug.BuildInfo{Main: debug.Module{Version: test.version}, Settings: test.settings}
		if got := versionOf(info); got != test.want {
			t.Errorf("version %q, settings %v: got %q, want %q", test.version, test.settings, got, test.want)
		}
	}
}
