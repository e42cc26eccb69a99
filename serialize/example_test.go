package serialize_test

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/serialize"
)

const exampleAlert = `{"Version":"2.D.V08","ID":"0192f0c1-6a2b-7c3d-8e4f-000000000001","CreateTime":"2026-03-02T04:05:06Z","Analyzer":{"Name":"sensor"}}`

// A message read as JSON is written as YAML.
func ExampleSerialize() {
	m, err := serialize.Unserialize(serialize.Payload{ContentType: "application/json", Data: []byte(exampleAlert)})
	if err != nil {
		fmt.Println(err)
		return
	}
	out, err := serialize.Serialize(m, "application/yaml")
	fmt.Printf("%s%v\n", out.Data, err)
	// Output:
	// Version: "2.D.V08"
	// ID: "0192f0c1-6a2b-7c3d-8e4f-000000000001"
	// CreateTime: "2026-03-02T04:05:06Z"
	// Analyzer:
	//   Name: sensor
	// <nil>
}

// Violations have a place in YAML too.
func ExampleValidateBytes() {
	text := strings.Replace("Version: 2.D.V08\nID: x\nCreateTime: 2026-03-02T04:05:06Z\nAnalyzer: {Name: sensor}\n", "ID: x", "ID: 7", 1)
	report, err := serialize.ValidateBytes(serialize.Payload{ContentType: "application/yaml", Data: []byte(text)})
	if err != nil {
		fmt.Println(err)
	}
	for _, v := range report.Violations {
		fmt.Println(v.Line, v.Column, v.Code, v.Pointer)
	}
	// Output: 2 5 attribute_wrong_type /ID
}

// A faulty record does not end a stream.
func ExampleRead() {
	stream := exampleAlert + "\n{\"cut off\n" + exampleAlert + "\n"
	for m, err := range serialize.Read(strings.NewReader(stream), "application/x-ndjson") {
		if faulty, ok := errors.AsType[*serialize.RecordError](err); ok && m == nil {
			fmt.Println("line", faulty.Record.Line, "is malformed:", errors.Is(err, secmodel.ErrSyntax))
			continue
		}
		fmt.Println(m.Identity())
	}
	// Output:
	// idmefv2 2.D.V08 message
	// line 2 is malformed: true
	// idmefv2 2.D.V08 message
}

// Several goroutines read, check and rewrite a stream, in its order.
func ExampleMapMessages() {
	stream := strings.NewReader(exampleAlert + "\n" + exampleAlert + "\n")
	toCBOR := func(m secmodel.Message, err error) serialize.Payload {
		if err != nil {
			return serialize.Payload{}
		}
		p, err := serialize.Serialize(m, serialize.CBORSeq, secmodel.SkipValidation())
		if err != nil {
			return serialize.Payload{}
		}
		return p
	}
	var out bytes.Buffer
	for p, err := range serialize.MapMessages(context.Background(), serialize.Standard(), stream, serialize.NDJSON, toCBOR, secmodel.Reuse()) {
		if err != nil {
			fmt.Println(err)
			return
		}
		out.Write(p.Data)
	}
	n := 0
	for _, err := range serialize.Read(&out, serialize.CBORSeq) {
		if err == nil {
			n++
		}
	}
	fmt.Println(n, "messages")
	// Output: 2 messages
}

// A stream of OCSF bundles is read event by event.
func ExampleRead_bundle() {
	stream := strings.NewReader(`{"count":2,"events":[{"class_uid":3002},{"class_uid":4001}]}`)
	for m := range serialize.Read(stream, "application/json", secmodel.Bundle(), secmodel.SkipValidation()) {
		fmt.Println(m.Identity().Class)
	}
	// Output:
	// authentication
	// network_activity
}

func ExampleNewWriter() {
	w := serialize.NewWriter(os.Stdout, "application/json")
	for m, err := range serialize.Read(strings.NewReader(exampleAlert), "application/json") {
		if err != nil {
			fmt.Println(err)
			return
		}
		if err := w.Write(m); err != nil {
			fmt.Println(err)
		}
	}
	if err := w.Close(); err != nil {
		fmt.Println(err)
	}
	// Output:
	// [
	// {"Version":"2.D.V08","ID":"0192f0c1-6a2b-7c3d-8e4f-000000000001","CreateTime":"2026-03-02T04:05:06Z","Analyzer":{"Name":"sensor"}}
	// ]
}

func ExampleDetectPayload() {
	d, err := serialize.DetectPayload(serialize.Payload{Data: []byte(`{"class_uid":3002,"metadata":{"version":"1.3.0"}}`)})
	fmt.Println(d.Identity, err)
	for _, e := range d.Evidence {
		fmt.Println(e.Format, e.Pointer)
	}
	_, err = serialize.DetectPayload(serialize.Payload{Data: []byte(`{"class_uid":3002,"Version":"2.D.V08"}`)})
	fmt.Println(err)
	// Output:
	// ocsf 1.3.0 authentication <nil>
	// ocsf /class_uid
	// ocsf /metadata
	// unknown format: the document is both ocsf 1.8.0 authentication and idmefv2 2.D.V08 message
}

func ExampleNegotiate() {
	fmt.Println(serialize.Negotiate("text/html, application/cbor, application/json;q=0.5"))
	// Output: application/cbor <nil>
}

// A content type of one's own, here JSON in hexadecimal digits.
func ExampleNewCodec() {
	codec, err := serialize.NewCodec(serialize.Format{
		Types: []string{"application/x-hex"},
		ToJSON: func(dst, data []byte, _ *secmodel.Options) ([]byte, error) {
			return hex.AppendDecode(dst, data)
		},
		FromJSON: func(dst, text []byte, _ *secmodel.Options) ([]byte, error) {
			return hex.AppendEncode(dst, text), nil
		},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	m, err := codec.Unserialize(serialize.Payload{Data: []byte(exampleAlert)})
	if err != nil {
		fmt.Println(err)
		return
	}
	p, err := codec.Serialize(m, "application/x-hex")
	fmt.Println(string(p.Data[:20]), err)
	// Output: 7b2256657273696f6e22 <nil>
}
