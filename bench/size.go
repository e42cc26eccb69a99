package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
)

// sizes are bytes of programs, whole and stripped of symbols, and the seconds of
// elapsed time of a cold build.
type sizes struct {
	Empty []int   `json:"empty"` // prints a line
	JSON  []int   `json:"json"`  // decodes JSON to a map with encoding/json
	One   []int   `json:"one"`   // uses one class of OCSF
	All   []int   `json:"all"`   // uses all classes of OCSF
	Build float64 `json:"build"` // of package ocsf, all that it imports built
}

// measureSizes runs .ci/size.sh, which has the figures for one class, and builds
// the program for all classes in the folder dir.
func measureSizes(dir string) (*sizes, error) {
	out, err := exec.Command("bash", "../.ci/size.sh").CombinedOutput()
	if err != nil {
		return nil, fmt.Errorf(".ci/size.sh: %w\n%s", err, out)
	}
	s, err := parseSizes(out)
	if err != nil {
		return nil, err
	}
	for i, flags := range [][]string{{"build"}, {"build", "-ldflags=-s -w"}} {
		program := filepath.Join(dir, "all"+strconv.Itoa(i))
		if out, err := exec.Command("go", append(flags, "-o", program, "./size/all")...).CombinedOutput(); err != nil {
			return nil, fmt.Errorf("go build ./size/all: %w\n%s", err, out)
		}
		info, err := os.Stat(program)
		if err != nil {
			return nil, err
		}
		s.All = append(s.All, int(info.Size()))
	}
	return s, nil
}

// parseSizes reads what .ci/size.sh prints.
func parseSizes(out []byte) (*sizes, error) {
	s := new(sizes)
	for name, to := range map[string]*[]int{"empty": &s.Empty, "json": &s.JSON, "ocsf": &s.One} {
		m := regexp.MustCompile(`(?m)^  ` + name + ` (\d+) (\d+)$`).FindSubmatch(out)
		if m == nil {
			return nil, fmt.Errorf(".ci/size.sh does not print the size of program %q:\n%s", name, out)
		}
		for _, digits := range m[1:] {
			n, err := strconv.Atoi(string(digits))
			if err != nil {
				return nil, err
			}
			*to = append(*to, n)
		}
	}
	m := regexp.MustCompile(`(?m)^real\s+(\d+)m([0-9.]+)s$`).FindSubmatch(out)
	if m == nil {
		return nil, fmt.Errorf(".ci/size.sh does not print the time of a build:\n%s", bytes.TrimSpace(out))
	}
	minutes, err := strconv.Atoi(string(m[1]))
	if err != nil {
		return nil, err
	}
	seconds, err := strconv.ParseFloat(string(m[2]), 64)
	s.Build = float64(minutes)*60 + seconds
	return s, err
}
