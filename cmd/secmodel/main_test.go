package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "rewrite the golden files of testdata/script")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"secmodel": main})
}

// TestScripts runs the program on small inputs and compares what it writes.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exit":  exit,
			"large": large,
			"bom":   bom,
		},
	})
}

// exit runs a program and compares its exit code:
//
//	exit CODE PROGRAM ARG...
func exit(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exit CODE PROGRAM ARG...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	if err != nil {
		e, ok := err.(*exec.ExitError)
		if !ok {
			ts.Fatalf("%v", err)
		}
		got = e.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// large writes a file of valid events, one a line, each with a member of the
// given size:
//
//	large FILE EVENTS BYTES
func large(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: large FILE EVENTS BYTES")
	}
	events, err := strconv.Atoi(args[1])
	ts.Check(err)
	size, err := strconv.Atoi(args[2])
	ts.Check(err)
	var b bytes.Buffer
	for i := range events {
		fmt.Fprintf(&b, `{"Version":"2.D.V08","ID":"0190c8a2-7b5e-7d3a-9c41-%012x","Description":"%s",`+
			`"CreateTime":"2026-03-01T08:15:30Z","Analyzer":{"IP":"192.0.2.10","Name":"scan-watch"}}`+"\n",
			i, strings.Repeat("x", size))
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), b.Bytes(), 0o666))
}

// bom puts a byte-order mark in front of a file:
//
//	bom FILE
func bom(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: bom FILE")
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte("\ufeff"+ts.ReadFile(args[0])), 0o666))
}
