package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"example.com/inventory/acme"
	"example.com/inventory/asset"
	"example.com/inventory/device"
	"example.com/inventory/finding"
	"example.com/inventory/scan"
	"example.com/inventory/ticket"

	"github.com/secmodel/secmodel"
)

// document is what every generated document type is, by pointer.
type document interface {
	secmodel.Message
	json.Unmarshaler
}

var documents = map[string]func() document{
	"acme":    func() document { return new(acme.Door) },
	"asset":   func() document { return new(asset.Asset) },
	"device":  func() document { return new(device.Device) },
	"finding": func() document { return new(finding.Finding) },
	"scan":    func() document { return new(scan.Scan) },
	"ticket":  func() document { return new(ticket.Ticket) },
}

type question struct {
	Schema   string          `json:"schema"`
	Document json.RawMessage `json:"document"`
}

type answer struct {
	Identity   secmodel.Identity    `json:"identity"`
	Valid      bool                 `json:"valid"`
	Violations []secmodel.Violation `json:"violations,omitempty"`
	Document   json.RawMessage      `json:"document,omitempty"`
	Error      string               `json:"error,omitempty"`
}

func main() {
	if err := run(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(in io.Reader, out io.Writer) error {
	dec, enc := json.NewDecoder(in), json.NewEncoder(out)
	for {
		var q question
		if err := dec.Decode(&q); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		make := documents[q.Schema]
		if make == nil {
			return fmt.Errorf("no schema %q", q.Schema)
		}
		if err := enc.Encode(judge(make(), q.Document)); err != nil {
			return err
		}
	}
}

func judge(doc document, text []byte) answer {
	if err := doc.UnmarshalJSON(text); err != nil {
		return answer{Error: err.Error()}
	}
	report := doc.Check()
	a := answer{Identity: doc.Identity(), Valid: doc.Validate() == nil, Violations: report.Violations}
	var err error
	if a.Document, err = doc.AppendJSON(nil); err != nil {
		a.Error = err.Error()
	}
	return a
}
