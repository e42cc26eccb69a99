package serialize

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/secmodel/secmodel"
)

// BenchmarkDetect measures what finding out the class of a document takes, beside
// reading it whole.
func BenchmarkDetect(b *testing.B) {
	for _, file := range []string{
		"idmefv2/08-full.valid.json", "ocsf/detection_finding-ransomware.valid.json", "ocsf/authentication-ssh.valid.json", "mozdef/event-login.valid.json",
	} {
		data, err := os.ReadFile(filepath.Join("..", "testdata", file))
		if err != nil {
			b.Fatal(err)
		}
		o := secmodel.NewOptions()
		b.Run(file+"/detect", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				doc := document{f: &jsonFormat, data: data, text: data}
				if _, err := detect(&doc, &o); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(file+"/unserialize", func(b *testing.B) {
			for b.Loop() {
				if _, err := Unserialize(Payload{Data: data}, secmodel.SkipValidation()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
