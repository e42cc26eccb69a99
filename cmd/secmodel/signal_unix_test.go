//go:build unix

package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// alert is a valid document.
const alert = `{"Version":"2.D.V08","ID":"0190c8a2-7b5e-7d3a-9c41-5f2e8b6a1d07",` +
	`"CreateTime":"2026-03-01T08:15:30Z","Analyzer":{"IP":"192.0.2.10","Name":"scan-watch"}}`

// process is the program, running, with pipes to it.
type process struct {
	*exec.Cmd
	in     io.WriteCloser
	out    io.ReadCloser
	lines  *bufio.Reader // of out
	errors report
}

// report is what the program writes to standard error.
type report struct {
	text  bytes.Buffer
	once  sync.Once
	begun chan struct{} // closed once there is something
}

// Write implements io.Writer.
func (r *report) Write(p []byte) (int, error) {
	r.once.Do(func() { close(r.begun) })
	return r.text.Write(p)
}

// String returns all that has come, once the program has ended.
func (r *report) String() string { return r.text.String() }

// start runs the program.
func start(t *testing.T, args ...string) *process {
	t.Helper()
	p := &process{Cmd: exec.Command("secmodel", args...)}
	var err error
	if p.out, err = p.StdoutPipe(); err != nil {
		t.Fatal(err)
	}
	p.lines = bufio.NewReader(p.out)
	p.run(t)
	return p
}

// run starts a program whose output is seen to. It is killed at the end of the
// test if it still runs.
func (p *process) run(t *testing.T) {
	t.Helper()
	p.errors.begun = make(chan struct{})
	p.Stderr = &p.errors
	var err error
	if p.in, err = p.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.Process.Kill() }) // it has ended, unless the test has failed
}

// feed writes to the program.
func (p *process) feed(t *testing.T, text string) {
	t.Helper()
	if _, err := io.WriteString(p.in, text); err != nil {
		t.Fatal(err)
	}
}

// line reads a line from the program, which must be a JSON object.
func (p *process) line(t *testing.T) {
	t.Helper()
	line, err := p.lines.ReadString('\n')
	if err != nil || !json.Valid([]byte(line)) {
		t.Fatalf("got %q, %v; want an object on a line", line, err)
	}
}

// signal sends a signal to the program.
func (p *process) signal(t *testing.T, s os.Signal) {
	t.Helper()
	if err := p.Process.Signal(s); err != nil {
		t.Fatal(err)
	}
}

// ends waits for the program to end, by a signal or, if that is 0, with an exit
// code. It returns what had not been read of its output.
func (p *process) ends(t *testing.T, by syscall.Signal, code int) string {
	t.Helper()
	rest, err := io.ReadAll(p.lines)
	if err != nil && !strings.Contains(err.Error(), "already closed") {
		t.Error(err)
	}
	_ = p.Wait() // what it would say is looked at below
	state := p.ProcessState.Sys().(syscall.WaitStatus)
	switch {
	case by != 0 && (!state.Signaled() || state.Signal() != by):
		t.Errorf("it ended with %s, want the signal %s; it wrote %q", p.ProcessState, by, &p.errors)
	case by == 0 && state.ExitStatus() != code:
		t.Errorf("it ended with %s, want %d; it wrote %q", p.ProcessState, code, &p.errors)
	}
	return string(rest)
}

// TestSignals makes sure that a signal ends a command whose input stays open: what
// has been read is written, whole and summed up.
func TestSignals(t *testing.T) {
	commands := []struct{ args, summary string }{
		{"validate --output json", `^2 documents: 2 valid, 0 invalid, 0 with warnings; %s\n +documents +invalid +class\n +2 +0 +idmefv2 2\.D\.V08 message\n$`},
		{"fmt", `^2 documents: 2 written in order, 0 written as they are, 0 left out; %s\n$`},
		{"detect --output json", `^2 documents: 2 known, 0 not; %s\n$`},
		{"get /Analyzer", `^2 values of 2 documents; %s\n$`},
		{"transcode --to ndjson", `^2 documents: 2 written, 0 left out; %s\n$`},
		{"repair", `^2 documents: 0 repaired, 2 as they were; %s\n$`},
		{"enrich", `^2 documents: 0 changed, 0 as they were, 2 of other formats; %s\n$`},
		{"upgrade --to 2.D.V08", `^2 documents: 0 converted, 2 as they were; %s\n$`},
	}
	for _, command := range commands {
		for s, word := range map[syscall.Signal]string{syscall.SIGINT: "interrupted", syscall.SIGTERM: "terminated"} {
			t.Run(command.args+"/"+word, func(t *testing.T) {
				p := start(t, strings.Fields(command.args)...)
				p.feed(t, alert+"\n"+alert+"\n"+alert[:9])
				p.line(t)
				p.line(t)
				p.signal(t, s)
				if rest := p.ends(t, s, 0); rest != "" {
					t.Errorf("it also wrote %q", rest)
				}
				if want := fmt.Sprintf(command.summary, word); !regexp.MustCompile(want).MatchString(p.errors.String()) {
					t.Errorf("errors %q, want %s", &p.errors, want)
				}
			})
		}
	}
}

// TestSignalWhole makes sure that a file whose making was interrupted is whole: an
// array and a compressed stream are ended as they should be.
func TestSignalWhole(t *testing.T) {
	for _, args := range []string{"--to json", "--to cbor", "--to yaml", "--to ndjson --compress gzip", "--to cbor-seq --compress zstd"} {
		t.Run(args, func(t *testing.T) {
			first := filepath.Join(t.TempDir(), "first.ndjson")
			if err := os.WriteFile(first, []byte(alert+"\n{]\n"), 0o666); err != nil {
				t.Fatal(err)
			}
			p := start(t, append(append([]string{"transcode"}, strings.Fields(args)...), first, "-")...)
			// Once the second document is reported, the first is on its way out.
			<-p.errors.begun
			p.signal(t, syscall.SIGINT)
			written := p.ends(t, syscall.SIGINT, 0)
			if !strings.Contains(p.errors.String(), "first.ndjson:2:") || !strings.Contains(p.errors.String(), "2 documents: 1 written, 1 left out; interrupted\n") {
				t.Errorf("errors %q", &p.errors)
			}
			check := exec.Command("secmodel", "validate")
			check.Stdin = strings.NewReader(written)
			if verdict, err := check.CombinedOutput(); err != nil || !strings.HasPrefix(string(verdict), "1 document: 1 valid") {
				t.Errorf("of %q validate says %v: %s", written, err, verdict)
			}
		})
	}
}

// TestSignalWaiting makes sure that a command ends on a signal while it waits for
// the first byte of an input, or for somebody to open the other end of it.
func TestSignalWaiting(t *testing.T) {
	dir := t.TempDir()
	first, fifo := filepath.Join(dir, "first.json"), filepath.Join(dir, "fifo")
	if err := os.WriteFile(first, []byte(alert), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(fifo, 0o666); err != nil {
		t.Skip("no FIFO: ", err)
	}
	for _, second := range []string{"-", fifo} {
		for _, command := range []string{"validate --output json", "fmt"} {
			t.Run(command+"/"+filepath.Base(second), func(t *testing.T) {
				p := start(t, append(strings.Fields(command), first, second)...)
				p.line(t)
				p.signal(t, syscall.SIGINT)
				p.ends(t, syscall.SIGINT, 0)
				if want := `^1 document: .*; interrupted\n$`; !regexp.MustCompile(want).MatchString(p.errors.String()) {
					t.Errorf("errors %q, want a summary", &p.errors)
				}
			})
		}
	}
}

// TestSecondSignal makes sure that a command that can't end, since its output is
// full, is ended at once by the second Ctrl-C, without a summary.
func TestSecondSignal(t *testing.T) {
	p := &process{Cmd: exec.Command("secmodel", "fmt")}
	out := fullPipe(t)
	p.Stdout = out
	p.run(t)
	// It reports the names, and then writes the document, whatever comes between.
	p.feed(t, `{"Version":"2.D.V08","Version":"2.D.V08"}`+"\n")
	<-p.errors.begun
	ended := make(chan error, 1)
	go func() { ended <- p.Wait() }()
	for n := 1; ; n++ {
		_ = p.Process.Signal(os.Interrupt) // it may have ended
		select {
		case <-ended:
			state := p.ProcessState.Sys().(syscall.WaitStatus)
			if !state.Signaled() || state.Signal() != syscall.SIGINT || strings.Contains(p.errors.String(), "interrupted") {
				t.Errorf("it ended with %s, and wrote %q", p.ProcessState, &p.errors)
			}
			if n < 2 {
				t.Error("one signal was enough, although the output was full")
			}
			return
		case <-time.After(100 * time.Millisecond): // so that two signals do not become one
		}
	}
}

// fullPipe returns the end of a pipe that nothing more can be written to, and that
// nobody reads.
func fullPipe(t *testing.T) *os.File {
	t.Helper()
	var ends [2]int
	if err := syscall.Pipe(ends[:]); err != nil {
		t.Fatal(err)
	}
	r, w := os.NewFile(uintptr(ends[0]), "read"), os.NewFile(uintptr(ends[1]), "write")
	t.Cleanup(func() { r.Close(); w.Close() })
	if err := syscall.SetNonblock(ends[1], true); err != nil {
		t.Fatal(err)
	}
	for size := 4096; size > 0; {
		if _, err := syscall.Write(ends[1], make([]byte, size)); err == syscall.EAGAIN {
			size /= 2
		} else if err != nil {
			t.Fatal(err)
		}
	}
	if err := syscall.SetNonblock(ends[1], false); err != nil {
		t.Fatal(err)
	}
	return w
}

// TestOutputClosed makes sure that a command ends, with a summary, once nobody
// reads its output any more, although its input goes on.
func TestOutputClosed(t *testing.T) {
	const why = "; stopped, since nobody reads the output any more\n"
	commands := []struct{ args, summary string }{
		{"validate --output json", `^[0-9]+ documents?: [0-9]+ valid, 0 invalid, 0 with warnings` + why + `( +documents +invalid +class\n +[0-9]+ +0 +idmefv2 2\.D\.V08 message\n)?$`},
		{"fmt", `^[0-9]+ documents?: [0-9]+ written in order, 0 written as they are, 0 left out` + why + `$`},
		{"detect --output json", `^[0-9]+ documents?: [0-9]+ known, 0 not` + why + `$`},
		{"get /Analyzer", `^[0-9]+ values? of [0-9]+ documents?` + why + `$`},
		{"transcode --to ndjson", `^[0-9]+ documents?: [0-9]+ written, 0 left out` + why + `$`},
		{"enrich", `^[0-9]+ documents?: 0 changed, 0 as they were, [0-9]+ of other formats` + why + `$`},
	}
	for _, command := range commands {
		t.Run(command.args, func(t *testing.T) {
			p := start(t, strings.Fields(command.args)...)
			p.feed(t, alert+"\n")
			p.line(t)
			if err := p.out.Close(); err != nil {
				t.Fatal(err)
			}
			for {
				if _, err := io.WriteString(p.in, alert+"\n"); err != nil {
					break // it has ended
				}
			}
			p.ends(t, 0, 141)
			if !regexp.MustCompile(command.summary).MatchString(p.errors.String()) {
				t.Errorf("errors %q, want %s", &p.errors, command.summary)
			}
		})
	}
}

// TestIgnoredInterrupt makes sure that a command that was started to ignore
// Ctrl-C, as those are that run in the background of a script, ignores it.
func TestIgnoredInterrupt(t *testing.T) {
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("no shell")
	}
	p := &process{Cmd: exec.Command(sh, "-c", `trap "" INT; exec secmodel fmt`)}
	if p.out, err = p.StdoutPipe(); err != nil {
		t.Fatal(err)
	}
	p.lines = bufio.NewReader(p.out)
	p.run(t)
	p.feed(t, alert+"\n")
	p.line(t)
	p.signal(t, os.Interrupt)
	p.feed(t, alert+"\n")
	p.line(t)
	p.in.Close()
	p.ends(t, 0, 0)
}
