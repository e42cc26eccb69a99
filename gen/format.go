package main

import (
	"bytes"
	"fmt"
	"io"
	"os"

	"github.com/secmodel/secmodel/internal/model"
)

// runFmt brings schemas into their canonical form, those of this module if no
// files are given, and lists the ones that changed.
func runFmt(files []string, stdout io.Writer) error {
	if len(files) == 0 {
		var err error
		if files, err = schemaFiles(); err != nil {
			return err
		}
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		schema, err := model.Parse(data)
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		canonical, err := schema.Marshal()
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		if bytes.Equal(data, canonical) {
			continue
		}
		if err := os.WriteFile(file, canonical, 0o666); err != nil {
			return err
		}
		fmt.Fprintln(stdout, file)
	}
	return nil
}
