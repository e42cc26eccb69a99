package serialize_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/jsontest"
	"github.com/secmodel/secmodel/serialize"
)

// everything are the options that find most.
var everything = []secmodel.Option{secmodel.Lint(), secmodel.Recommended(), secmodel.Text()}

// samples calls f with every document of testdata.
func samples(t *testing.T, f func(name string, data []byte)) {
	t.Helper()
	for _, format := range []string{"idmefv2", "ocsf", "mozdef"} {
		for _, s := range jsontest.Samples(t, format) {
			f(format+"/"+s.File, s.Data)
		}
	}
}

// corpora calls f with the documents of the shared corpora: with every one of
// few, and one in so many of the others. All of them are asked with the variable
// SECMODEL_EVERY_MESSAGE.
func corpora(t *testing.T, share int, f func(name string, data []byte)) {
	t.Helper()
	dir := jsontest.Shared(t, "corpus")
	if testing.Short() {
		share = 97
	}
	if os.Getenv("SECMODEL_EVERY_MESSAGE") != "" {
		share = 1
	}
	jsontest.Lines(t, filepath.Join(dir, "ocsf-verdicts.jsonl.gz"), func(n int, v struct{ Event json.RawMessage }) {
		if n%share == 0 {
			f(fmt.Sprint("ocsf-verdicts:", n), v.Event)
		}
	})
	jsontest.Lines(t, filepath.Join(dir, "idmefv2-verdicts.jsonl.gz"), func(n int, v struct{ Message json.RawMessage }) {
		if n%share == 0 {
			f(fmt.Sprint("idmefv2-verdicts:", n), v.Message)
		}
	})
	for _, format := range []string{"idmefv2", "mozdef"} {
		files, err := filepath.Glob(filepath.Join(dir, format, "*.json"))
		if err != nil || len(files) == 0 {
			t.Fatal(files, err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			f(format+"/"+filepath.Base(file), data)
		}
	}
}

// check is ValidateBytes for documents of which some are none.
func check(t *testing.T, name string, data []byte) (r secmodel.Report, ok bool) {
	t.Helper()
	r, err := serialize.ValidateBytes(serialize.Payload{Data: data}, everything...)
	if err != nil && !errors.Is(err, secmodel.ErrSyntax) && !errors.Is(err, secmodel.ErrUnknownFormat) {
		t.Errorf("%s: %v", name, err)
	}
	return r, err == nil
}

// maxMessage is how many bytes a message has at most, but for what a suspicion
// adds to it.
const maxMessage = 300

// readable reports what is wrong with the text of a violation.
func readable(message string) (fault string) {
	switch {
	case message == "":
		return "is empty"
	case len(message) > maxMessage:
		return fmt.Sprintf("has %d bytes", len(message))
	case !utf8.ValidString(message):
		return "is not UTF-8"
	case strings.ContainsFunc(message, unicode.IsControl), strings.ContainsAny(message, "\u2028\u2029"):
		return "has control characters"
	case strings.Contains(message, "%!"):
		return "was not formatted"
	case strings.HasSuffix(message, "."), strings.HasPrefix(message, " "), strings.Contains(message, " in ("):
		return "is not of the style of the others"
	}
	return ""
}

// TestMessages: the text of every violation is one readable line, in all corpora
// and in documents made to break that.
func TestMessages(t *testing.T) {
	count := 0
	look := func(name string, data []byte) {
		r, ok := check(t, name, data)
		if !ok {
			return
		}
		for _, v := range r.Violations {
			count++
			if fault := readable(v.Message); fault != "" {
				t.Errorf("%s: %s: the message %s: %q", name, v.Pointer, fault, v.Message)
			}
			if line := v.String(); strings.ContainsFunc(line, unicode.IsControl) {
				t.Errorf("%s: not one line: %q", name, line)
			}
		}
		if err := r.Err(secmodel.Strict()); err != nil && strings.ContainsFunc(err.Error(), unicode.IsControl) {
			t.Errorf("%s: not one line: %q", name, err)
		}
	}
	samples(t, look)
	for name, data := range hostile() {
		if r, ok := check(t, name, data); !ok || len(r.Violations) == 0 {
			t.Errorf("%s: nothing was found", name)
		}
		look(name, data)
	}
	if count < 1000 {
		t.Errorf("only %d messages were looked at", count)
	}
	t.Run("corpora", func(t *testing.T) { corpora(t, 3, look) })
	t.Logf("%d messages", count)
}

// hostile returns documents in which every name or every text is long, or has
// what a line must not have.
func hostile() map[string][]byte {
	list := map[string][]byte{}
	for name, bad := range map[string]string{
		"long":     strings.Repeat("x", 10_000),
		"lines":    "a\nb\r\n\tc\x00\x1b[31m\u0085\u2028\u2029\u202e",
		"wide":     strings.Repeat("日本語", 200),
		"quotes":   strings.Repeat(`"\`, 500),
		"controls": strings.Repeat("\x01", 500),
	} {
		for format, text := range map[string]string{
			"idmefv2": `{"Version":"2.D.V08","ID":@,"CreateTime":@,"Category":[@],"Status":[@],"EntityName":@,"OrganisationName":@,
				"AggrCondition":[@],"CorrelID":[@],"Priority":@,"Ref":[@],"Confidence":@,@:1,
				"Analyzer":{"Name":@,"IP":@,"Hostname":@,"GeoLocation":@,"UnLocation":@,"ext-Category":[@],@:@},
				"Source":[{"IP":@,"TI":[@],"Email":@,"Protocol":[@],"Port":[@],"Attachment":[@],"Hostname":@}],
				"Attachment":[{"Name":@,"Hash":[@],"Content":@,"ContentType":@,"ContentEncoding":@,"Ref":[@],"Size":@},
				{"Name":"a","Hash":[@],"Content":@,"ContentEncoding":"base64"}]}`,
			"idmefv2 02": `{"Version":"2.D.V02","ID":@,"CreateTime":@,"ext-Category":@,"Status":@,"Analyzer":{"IP":@,"Name":@,"Type":[@]},
				"Vector":[{"Category":[@],"TI":[@],"Attachment":[@],"GeoRadius":@}]}`,
			"ocsf": `{"class_uid":3002,"category_uid":@,"activity_id":@,"type_uid":@,"time":@,"severity_id":@,"severity":@,@:@,
				"metadata":{"version":@,"profiles":[@],"product":{"name":@,@:1}},"user":{"email_addr":@,"uid":@},"src_endpoint":{"ip":@,"mac":@,"port":@},
				"observables":[{"name":@,"type_id":@,"value":@}],"status_id":99,"status":@,"type_name":@}`,
			"ocsf bundle": `{"events":[@,{"class_uid":3002,@:@}],"start_time":@,"start_time_dt":@,@:@,"count":@}`,
			"mozdef": `{"category":@,"summary":@,"severity":@,"timestamp":@,"utctimestamp":@,"tags":[@],"type":@,@:@,"source":{},"hostname":@,
				"eventtime":@,"details":{"sourceipaddress":@,"destinationipaddress":@,"success":@,"sourceport":@,"x_int":@}}`,
			"mozdef alert": `{"events":[{"documentid":@,"documentindex":@,"documentsource":{}}],"category":@,"severity":@,"summary":@,"utctimestamp":@,
				"details":{"sourceipaddress":@,"success":@}}`,
		} {
			text := strings.ReplaceAll(text, "@", quote(bad))
			list[format+", "+name] = []byte(text)
		}
	}
	return list
}

func quote(s string) string {
	text, err := json.Marshal(s)
	if err != nil {
		panic(err)
	}
	return string(text)
}

// TestStable: the report of a document is the same in every run, violations in
// the order of their places in it.
func TestStable(t *testing.T) {
	runs, invalid := 20, 0
	if testing.Short() {
		runs = 4
	}
	look := func(name string, data []byte) {
		first, ok := check(t, name, data)
		if !ok || len(first.Violations) == 0 {
			return
		}
		invalid++
		for i, v := range first.Violations {
			if v.Line < 1 || v.Column < 1 || v.Offset < 0 || v.Length < 1 || v.Offset+v.Length > len(data) {
				t.Errorf("%s: %v has no place: %d+%d", name, v, v.Offset, v.Length)
			} else if i > 0 && v.Offset < first.Violations[i-1].Offset {
				t.Errorf("%s: %v comes after %v", name, v, first.Violations[i-1])
			}
		}
		for range runs - 1 {
			again, _ := check(t, name, data)
			if diff := cmp.Diff(first, again); diff != "" {
				t.Fatalf("%s: another report\n%s", name, diff)
			}
		}
	}
	samples(t, look)
	for name, data := range manyMembers() {
		look(name, data)
	}
	if invalid < 300 {
		t.Errorf("only %d documents with violations", invalid)
	}
	t.Run("corpora", func(t *testing.T) { corpora(t, 23, look) })
	t.Logf("%d documents", invalid)
}

// manyMembers returns documents of which Extra holds much, in maps.
func manyMembers() map[string][]byte {
	var members strings.Builder
	for i := range 200 {
		fmt.Fprintf(&members, `,"x%d":%d`, i*7919%200, i)
	}
	return map[string][]byte{
		"idmefv2": []byte(`{"Version":"2.D.V08","Analyzer":{"Name":"a"` + members.String() + `},"ID":5,"CreateTime":[]` + members.String() + `}`),
		"ocsf":    []byte(`{"class_uid":3002,"metadata":{"version":"1.8.0"` + members.String() + `},"time":"x"` + members.String() + `}`),
		"mozdef":  []byte(`{"summary":"s","category":"c","details":{},"tags":5` + members.String() + `}`),
	}
}

// TestMessageTexts: messages name the value, what was expected, and what was
// probably meant.
func TestMessageTexts(t *testing.T) {
	head := `{"Version":"2.D.V08","ID":"01939c5e-6a40-7d3a-9e0f-3f1c2b4a5d6e","CreateTime":"2026-03-02T10:00:00Z","Analyzer":{"Name":"a"},`
	event := `{"class_uid":3002,"category_uid":3,"activity_id":1,"type_uid":300201,"time":1700000000000,"severity_id":1,
		"metadata":{"version":"1.8.0","product":{"vendor_name":"v","name":"p"}},"user":{"name":"n"},"service":{"name":"s"},`
	mozdef := `{"category":"c","summary":"s","details":{},"tags":[],"hostname":"h","processid":1,"processname":"p","source":"x","timestamp":"2026-03-02T10:00:00+00:00",`
	for _, test := range []struct {
		text string
		want []string
	}{
		{head + `"Category":["Recon.Netwrk"]}`, []string{`"Recon.Netwrk" is not a value of Category in 2.D.V08; did you mean "Recon.Network"?`}},
		{head + `"Category":["Recon.Netword"]}`, []string{`"Recon.Netword" is not a value of Category in 2.D.V08, only in 2.D.V07`}},
		{head + `"Priority":"high"}`, []string{`"high" is not a value of Priority in 2.D.V08; did you mean "High"?`}},
		{head + `"Priority":"Fatal"}`, []string{`"Fatal" is not a value of Priority in 2.D.V08; the values are Unknown, Info, Low, Medium, High`}},
		{head + `"Discription":"d"}`, []string{`message has no attribute "Discription" in 2.D.V08; did you mean "Description"?`}},
		{head + `"Vector":[]}`, []string{`message has no attribute "Vector" in 2.D.V08, only up to 2.D.V06`}},
		{head + `"xyz":1}`, []string{`message has no attribute "xyz" in 2.D.V08`}},
		{head + `"Confidence":2}`, []string{`2 is out of the range of confidence, 0 to 1`}},
		{head + `"Description":5}`, []string{`Description is an integer, not a string: 5`}},
		{event + `"status_id":"Failure"}`, []string{`status_id is a string, not an integer: "Failure"; "Failure" is 2`}},
		{event + `"status_id":"sucess"}`, []string{`status_id is a string, not an integer: "sucess"; "Success" is 1`}},
		{event + `"status_id":"failed"}`, []string{`status_id is a string, not an integer: "failed"`}},
		{event + `"status_id":55}`, []string{`55 is not a value of status_id in 1.8.0`}},
		{event + `"src_endpoint":{"ip":"10.0.0.1","Port":5}}`, []string{`network_endpoint has no attribute "Port" in 1.8.0; did you mean "port"?`}},
		{event + `"src_endpoint":{"ip":"10.0.0.1","port":70000}}`, []string{`70000 is out of the range of port_t, 0 to 65535`}},
		{mozdef + `"severity":"CRIT"}`, []string{`"CRIT" is not a value of severity; did you mean "CRITICAL"?`}},
		{mozdef + `"severity":"INFO","sumary":"x"}`, []string{`event has no attribute "sumary"; did you mean "summary"?`}},
	} {
		r, err := serialize.ValidateBytes(serialize.Payload{Data: []byte(test.text)})
		if err != nil {
			t.Errorf("%s: %v", test.text, err)
			continue
		}
		var got []string
		for _, v := range r.Violations {
			got = append(got, v.Message)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s\n%s", test.text, diff)
		}
	}
}
