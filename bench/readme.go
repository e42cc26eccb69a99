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

// writeSection replaces the section of a file.
func writeSection(name, text string) error {
	content, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	replaced, err := replaceSection(string(content), text)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return os.WriteFile(name, []byte(replaced), 0o666)
}
