package serialize_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/serialize"
)

// BenchmarkParallel compares reading a stream of small and of larger records on
// one goroutine and on several, and what handing them over takes by itself.
func BenchmarkParallel(b *testing.B) {
	for _, stream := range []struct{ name, line string }{
		{"small", eventA + "\n"},
		{"larger", strings.Replace(eventA, "{", `{"message":"`+strings.Repeat("x", 2000)+`",`, 1) + "\n"},
	} {
		text := bytes.Repeat([]byte(stream.line), 4<<20/len(stream.line))
		run := func(name string, read func(r io.Reader) error) {
			b.Run(stream.name+"/"+name, func(b *testing.B) {
				b.SetBytes(int64(len(text)))
				for b.Loop() {
					if err := read(bytes.NewReader(text)); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
		skip := []secmodel.Option{secmodel.SkipValidation(), secmodel.Reuse()}
		run("serial", func(r io.Reader) error {
			for _, err := range serialize.Read(r, serialize.NDJSON, skip...) {
				if err != nil {
					return err
				}
			}
			return nil
		})
		for _, workers := range []int{1, 2, 4} {
			opts := append(skip[:2:2], secmodel.Workers(workers))
			run(fmt.Sprintf("messages-%d", workers), func(r io.Reader) error {
				work := func(_ secmodel.Message, err error) error { return err }
				for err := range serialize.MapMessages(context.Background(), serialize.Standard(), r, serialize.NDJSON, work, opts...) {
					if err != nil {
						return err
					}
				}
				return nil
			})
			run(fmt.Sprintf("records-%d", workers), func(r io.Reader) error {
				work := func(_ serialize.Record, err error) error { return err }
				for err := range serialize.MapRecords(context.Background(), serialize.Standard(), r, serialize.NDJSON, work, opts...) {
					if err != nil {
						return err
					}
				}
				return nil
			})
		}
	}
}
