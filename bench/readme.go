package main

import (
	"fmt"
	"os"
	"strings"
)

// The section that is replaced stands between these.
const (
	beginMark = "<!-- bench:begin -->"
	endMark   = "<!-- bench:end -->"
)

// resultsFile is where the whole report goes, in the folder of this module, while
// the README gets the main tables.
const resultsFile = "RESULTS.md"

// replaceSection puts text between the markers of a file's content.
func replaceSection(content, text string) (string, error) {
	before, rest, ok := strings.Cut(content, beginMark)
	if !ok {
		return "", fmt.Errorf("there is no line %s", beginMark)
	}
	_, after, ok := strings.Cut(rest, endMark)
	if !ok {
		return "", fmt.Errorf("there is no line %s after %s", endMark, beginMark)
	}
	return before + beginMark + "\n\n" + strings.TrimSpace(text) + "\n\n" + endMark + after, nil
}

// checkSection reports whether a file has a section to be replaced.
func checkSection(name string) error {
	_, err := replaced(name, "")
	return err
}

// writeSection replaces the section of a file.
func writeSection(name, text string) error {
	content, err := replaced(name, text)
	if err != nil {
		return err
	}
	return os.WriteFile(name, []byte(content), 0o666)
}

// replaced returns the content of a file with its section replaced.
func replaced(name, text string) (string, error) {
	content, err := os.ReadFile(name)
	if err != nil {
		return "", err
	}
	result, err := replaceSection(string(content), text)
	if err != nil {
		return "", fmt.Errorf("%s: %w", name, err)
	}
	return result, nil
}
