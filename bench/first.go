package main

import (
	"bytes"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	firstrun "github.com/secmodel/secmodel/bench/internal/first"
)

// firstMessage is how long the first message of a process took.
type firstMessage struct {
	Peer         string    `json:"peer"`
	Document     string    `json:"document"`
	Milliseconds []float64 `json:"milliseconds"` // of elapsed time, one a process
}

// firstPrograms are the folders in bench/first, by the name of the peer.
var firstPrograms = []struct{ folder, peer string }{
	{"secmodel", ours},
	{"encodingjson", encodingJSON.name},
	{"experiment", experiment.name},
	{"goccy", goccy.name},
	{"sonic", sonicLibrary.name},
	{"jsonschema5", santhosh5.name},
	{"jsonschema6", santhosh6.name},
}

// measureFirst builds a program for each peer in the folder dir, and runs it
// several times on each document.
func measureFirst(dir string, documents []document, times int) ([]firstMessage, error) {
	if out, err := exec.Command("go", "build", "-o", dir+"/", "./first/...").CombinedOutput(); err != nil {
		return nil, fmt.Errorf("go build ./first/...: %w\n%s", err, out)
	}
	var list []firstMessage
	for _, p := range firstPrograms {
		for _, d := range documents {
			if d.name != firstrun.IDMEF && d.name != firstrun.Finding {
				continue
			}
			f := firstMessage{Peer: p.peer, Document: d.name}
			for range times {
				cmd := exec.Command(filepath.Join(dir, p.folder), d.name)
				cmd.Stdin = bytes.NewReader(d.texts[0].data)
				out, err := cmd.Output()
				if failed, ok := errors.AsType[*exec.ExitError](err); ok {
					return nil, fmt.Errorf("first message, %s, %s: %s", p.peer, d.name, bytes.TrimSpace(failed.Stderr))
				} else if err != nil {
					return nil, err
				}
				ns, err := strconv.ParseInt(strings.TrimSpace(string(out)), 10, 64)
				if err != nil {
					return nil, err
				}
				f.Milliseconds = append(f.Milliseconds, float64(ns)/1e6)
			}
			list = append(list, f)
		}
	}
	return list, nil
}
