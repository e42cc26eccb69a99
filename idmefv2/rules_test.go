package idmefv2_test

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/idmefv2"
	"github.com/secmodel/secmodel/internal/jsontest"
	"github.com/secmodel/secmodel/wire"
)

// message is a valid message of draft 08 with more members.
func message(t testing.TB, more string) *idmefv2.Message {
	t.Helper()
	return decode(t, []byte(`{"Version":"2.D.V08","ID":"0192f0c1-6a2b-7c3d-8e4f-000000000005",`+
		`"CreateTime":"2026-03-02T04:05:06Z","Analyzer":{"Name":"a"},`+more+`}`))
}

// found lists what a check finds, in its order.
func found(r secmodel.Report) []string {
	list := []string{}
	for _, v := range r.Violations {
		list = append(list, v.Code+" "+v.Pointer)
	}
	return list
}

// TestRulesAndTables: what the tables reject is not judged again by the rules,
// and what does not fit its attribute is not taken for absent.
func TestRulesAndTables(t *testing.T) {
	const id = `"ID":"0192f0c1-6a2b-7c3d-8e4f-000000000012"`
	for name, test := range map[string]struct {
		more string
		want []string
	}{
		"time of no pattern":          {`"StartTime":"2026-13-02T04:05:06"`, []string{"attribute_value_regex_not_matched /StartTime"}},
		"short time":                  {`"StartTime":"1"`, []string{"attribute_value_regex_not_matched /StartTime"}},
		"address of no pattern":       {`"Source":[{` + id + `,"IP":"1.2.3"}]`, []string{"attribute_value_regex_not_matched /Source/0/IP"}},
		"hash of no pattern":          {`"Attachment":[{"Name":"a","Content":"1","Hash":["sha-256","md5:x"]}]`, []string{"attribute_value_regex_not_matched /Attachment/0/Hash/0", "attribute_value_regex_not_matched /Attachment/0/Hash/1"}},
		"class of another draft":      {`"Vector":[{"TI":["x"],"ID":"0192f0c1-6a2b-4c3d-8e4f-000000000012"}]`, []string{"attribute_unknown /Vector"}},
		"two states in V07":           {`"Version":"2.D.V07","Status":["Open","Closed"]`, []string{"attribute_wrong_type /Status", "attribute_required_missing /Analyzer/ID"}},
		"confidence since V06":        {`"Confidence":2`, []string{"attribute_value_exceeds_range /Confidence"}},
		"attachments of a wrong type": {`"Attachment":[7],"Source":[{` + id + `,"Attachment":["a"]}]`, []string{"attribute_wrong_type /Attachment/0"}},
		"category of a wrong type":    {`"Category":"Other.ext-value","ext-Category":["x"]`, []string{"attribute_wrong_type /Category"}},
		"extension of a wrong type":   {`"Category":["Other.ext-value"],"ext-Category":7`, []string{"attribute_wrong_type /ext-Category"}},
		"marker of another draft":     {`"Category":["ext-value"],"ext-Category":["x"]`, []string{"attribute_enum_array_value_unknown /Category/0"}},
		"content of a wrong type":     {`"Attachment":[{"Name":"a","Content":[1]}]`, []string{"attribute_wrong_type /Attachment/0/Content"}},
		"encoding of a wrong type":    {`"Attachment":[{"Name":"a","Content":"x","ContentEncoding":7}]`, []string{"attribute_wrong_type /Attachment/0/ContentEncoding"}},
		"list of mixed types":         {`"Source":[{` + id + `,"Port":["22",-1]}]`, []string{"attribute_wrong_type /Source/0/Port/0"}},
		"one time without offset":     {`"StartTime":"2026-03-02T04:05:06Z","EndTime":"2026-03-02T04:05:05"`, []string{"timestamp_offset_missing /EndTime"}},
		"two times without offset":    {`"StartTime":"2026-03-02T04:05:06","EndTime":"2026-03-02T04:05:05"`, []string{"timestamp_offset_missing /StartTime", "end_before_start /EndTime", "timestamp_offset_missing /EndTime"}},
		"state against two others":    {`"Status":["Closed","FalsePositive","Open","Open"]`, []string{"status_contradictory /Status/2"}},
		"states that change back":     {`"Status":["Event","Reported","Incident","Event"]`, []string{"status_contradictory /Status/2"}},
		"organisation without a name": {`"OrganisationName":" ","EntityName":"Plant 3"`, []string{}},
		"hash without a value":        {`"Attachment":[{"Name":"a","Content":"1","Hash":["md5"]}]`, []string{"attribute_value_regex_not_matched /Attachment/0/Hash/0"}},
		"end before by a fraction":    {`"StartTime":"2026-03-02T04:05:06.5Z","EndTime":"2026-03-02T05:05:06.25+01:00"`, []string{"end_before_start /EndTime"}},
		"no end":                      {`"StartTime":"2026-03-02T04:05:06Z"`, []string{}},
		"identifier of a wrong type":  {`"Version":"2.D.V06","Analyzer":{"Name":"a","ID":7}`, []string{"attribute_wrong_type /Analyzer/ID"}},
		"coordinates beyond floats":   {`"Analyzer":{"Name":"a","GeoLocation":"` + strings.Repeat("9", 400) + `,0"}`, []string{"geo_location_out_of_range /Analyzer/GeoLocation"}},
		"hash that is no pair":        {`"Attachment":[{"Name":"a","Content":"1","Hash":["shake128:0"]}]`, []string{"attribute_value_regex_not_matched /Attachment/0/Hash/0"}},
	} {
		if got := found(message(t, test.more).Check()); !slices.Equal(slices.Sorted(slices.Values(got)), slices.Sorted(slices.Values(test.want))) {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

// TestOrder: violations of tables and rules stand in the order of attributes.
func TestOrder(t *testing.T) {
	m := message(t, `"zeta":1,"alpha":1,"Attachment":[{"Name":"a","Size":-1,"Hash":["x"]}],
		"Source":[{"Port":[0,1,70000],"IP":"::0","Zz":1,"ID":7},{"Hostname":"x"},{},{},{},{},{},{},{},{},{"Port":[0]}],
		"Analyzer":{"UnLocation":"XXAAA","Zz":1,"Category":["x"],"Hostname":"x","Name":7,"GeoLocation":"91,0"},
		"Note":null,"StartTime":"2026-02-30T00:00:00Z","OrganisationName":"A","EntityName":"A"`)
	want := []string{
		"organisation_repeated /EntityName",
		"attribute_wrong_type /Note",
		"timestamp_date_invalid /StartTime",
		"attribute_wrong_type /Analyzer/Name",
		"hostname_not_fqdn /Analyzer/Hostname",
		"attribute_enum_array_value_unknown /Analyzer/Category/0",
		"geo_location_out_of_range /Analyzer/GeoLocation",
		"unlocode_country_unknown /Analyzer/UnLocation",
		"attribute_unknown /Analyzer/Zz",
		"attribute_wrong_type /Source/0/ID",
		"ip_not_canonical /Source/0/IP",
		"port_out_of_range /Source/0/Port/0",
		"port_out_of_range /Source/0/Port/2",
		"attribute_unknown /Source/0/Zz",
		"attribute_required_missing /Source/1/ID",
		"hostname_not_fqdn /Source/1/Hostname",
	}
	for i := 2; i < 11; i++ {
		want = append(want, fmt.Sprintf("attribute_required_missing /Source/%d/ID", i))
	}
	want = append(want,
		"port_out_of_range /Source/10/Port/0",
		"attachment_content_missing /Attachment/0",
		"attribute_value_regex_not_matched /Attachment/0/Hash/0",
		"attachment_size_negative /Attachment/0/Size",
		"attribute_unknown /alpha",
		"attribute_unknown /zeta",
	)
	if diff := cmp.Diff(want, found(m.Check())); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

// TestLimit: the rules keep to MaxViolations, and never hide that a message is
// invalid.
func TestLimit(t *testing.T) {
	m := message(t, `"Ref":["a","b","c","d"],"Severity":1`)
	for n := 1; n < 8; n++ {
		for _, opts := range [][]secmodel.Option{{}, {secmodel.Text()}} {
			r := m.Check(append(opts, secmodel.MaxViolations(n))...)
			if len(r.Violations) != min(n, 5) || r.Truncated != (n < 5) || r.Valid() {
				t.Errorf("at most %d: %v, truncated %v", n, found(r), r.Truncated)
			}
		}
	}
	if r := message(t, `"Ref":["a","b"]`).Check(secmodel.Text(), secmodel.MaxViolations(1)); r.Valid() || !r.Truncated {
		t.Errorf("%+v", r)
	}
}

// TestViolationTexts: messages name the value and what was expected.
func TestViolationTexts(t *testing.T) {
	for more, want := range map[string]string{
		`"AggrCondition":["Sorce.IP"]`:                                        `warning: /AggrCondition/0: "Sorce.IP" is no IDMEF path: Alert has no attribute or class "Sorce" (path_invalid)`,
		`"AggrCondition":["Vector.Name"]`:                                     `warning: /AggrCondition/0: 2.D.V08 has no attribute Vector.Name (path_invalid)`,
		`"Status":["Open","Reported","Closed"]`:                               `warning: /Status/2: an alert is not both Open and Closed (status_contradictory)`,
		`"ext-Category":["x"]`:                                                `warning: /ext-Category: ext-Category is there, but Category does not have the value "Other.ext-value" (extension_not_marked)`,
		`"Analyzer":{"Name":"a","ext-Data":["x"]}`:                            `warning: /Analyzer/ext-Data: ext-Data is there, but Data does not have the value "ext-value" (extension_not_marked)`,
		`"Analyzer":{"Name":"a","IP":"2001:DB8::1"}`:                          `warning: /Analyzer/IP: the IPv6 address 2001:DB8::1 is written 2001:db8::1 (RFC 5952) (ip_not_canonical)`,
		`"Analyzer":{"Name":"a","IP":"192.000.2.1"}`:                          `warning: /Analyzer/IP: "192.000.2.1" is not written as an IP address should be: it has zeros in front (ip_not_canonical)`,
		`"CreateTime":"2026-06-30T23:58:60Z"`:                                 `warning: /CreateTime: CreateTime has a leap second at 23:58 on 30 June UTC; there are some only at 23:59 on the last day of a month (timestamp_leap_second_invalid)`,
		`"Attachment":[{"Name":"a","Content":"1","ContentType":"image/jpg"}]`: `warning: /Attachment/0/ContentType: the media type image/jpg is not registered; image/jpeg is (content_type_unregistered)`,
	} {
		r := message(t, more).Check()
		if len(r.Violations) != 1 || r.Violations[0].String() != want {
			t.Errorf("%s:\n got %v\nwant %s", more, r.Violations, want)
		}
	}
}

// TestValues: a violation carries the value at its pointer, unless something is
// missing there.
func TestValues(t *testing.T) {
	missing := []string{idmefv2.CodeExtensionMissing, idmefv2.CodeIdentifierMissing, idmefv2.CodeAttachmentEmpty, idmefv2.CodeExtensionUnmarked}
	for _, s := range jsontest.Samples(t, idmefv2.Format) {
		if !strings.HasPrefix(s.File, "rule-") {
			continue
		}
		var document any
		if err := json.Unmarshal(s.Data, &document); err != nil {
			t.Fatal(err)
		}
		for _, v := range decode(t, s.Data).Check().Violations {
			if slices.Contains(missing, v.Code) {
				if v.Value != nil {
					t.Errorf("%s: %s has the value %v", s.File, v, v.Value)
				}
				continue
			}
			got, err := json.Marshal(v.Value)
			if err != nil {
				t.Fatal(err)
			}
			want, err := json.Marshal(at(document, v.Pointer))
			if err != nil || jsontest.Equal(got, want, true) != nil {
				t.Errorf("%s: %s has the value %s, the document %s", s.File, v, got, want)
			}
		}
	}
}

// at returns the value at a pointer without escapes.
func at(v any, pointer string) any {
	for name := range strings.SplitSeq(strings.TrimPrefix(pointer, "/"), "/") {
		switch x := v.(type) {
		case map[string]any:
			v = x[name]
		case []any:
			var i int
			fmt.Sscan(name, &i)
			v = x[i]
		}
	}
	return v
}

func TestNotANumber(t *testing.T) {
	m := message(t, `"Version":"2.D.V04"`)
	m.Confidence = new(math.NaN())
	m.Analyzer.IP = new("192.0.2.1")
	if got := found(m.Check()); !slices.Equal(got, []string{"confidence_out_of_range /Confidence"}) {
		t.Errorf("%q", got)
	}
}

// TestBrokenContent: a Content that is no JSON is for AppendJSON to refuse.
func TestBrokenContent(t *testing.T) {
	m := message(t, `"Attachment":[{"Name":"a","Size":9}]`)
	for _, content := range []string{`"x`, `"\x"`, ` "`, " "} {
		m.Attachment[0].Content = json.RawMessage(content)
		for _, v := range m.Check().Violations {
			if v.Code == idmefv2.CodeAttachmentContent || v.Code == idmefv2.CodeAttachmentLength {
				t.Errorf("%s: %s", content, v)
			}
		}
		if _, err := m.AppendJSON(nil); err == nil {
			t.Errorf("%s is written", content)
		}
	}
}

// byTables is what the tables alone find.
func byTables(m *idmefv2.Message, opts ...secmodel.Option) secmodel.Report {
	c, _ := wire.NewChecker(m, idmefv2.Class, secmodel.NewOptions(opts...))
	c.Run(m)
	return c.Finish()
}

// TestRulesAllocateNothing: as long as they find nothing and there is no content
// to decode, the rules allocate nothing.
func TestRulesAllocateNothing(t *testing.T) {
	for _, s := range jsontest.Samples(t, idmefv2.Format) {
		if !strings.HasSuffix(s.File, "-full.valid.json") && !strings.HasSuffix(s.File, "-minimal.valid.json") {
			continue
		}
		m := decode(t, s.Data)
		m.Attachment = slices.DeleteFunc(m.Attachment, func(a idmefv2.Attachment) bool { return a.Content[0] == '"' })
		for i := range m.Source {
			m.Source[i].Attachment = []string{"context"}
		}
		for i := range m.Vector {
			m.Vector[i].Attachment = []string{"context"}
		}
		for i := range m.Sensor {
			m.Sensor[i].CaptureZone = nil
		}
		if list := m.Check().Violations; len(list) > 0 {
			t.Fatalf("%s: %v", s.File, list)
		}
		tables := leastAllocations(func() { byTables(m) })
		both := leastAllocations(func() { m.Check() })
		if both > tables {
			t.Errorf("%s: %v allocations, %v without the rules", s.File, both, tables)
		}
	}
}

// leastAllocations is how many allocations f makes when all pools give what was
// put into them, which with the race detector they do not always.
func leastAllocations(f func()) float64 {
	least := testing.AllocsPerRun(1, f)
	for range 100 {
		least = min(least, testing.AllocsPerRun(1, f))
	}
	return least
}

// TestRulesAreBounded: a hostile message costs no more than it is long.
func TestRulesAreBounded(t *testing.T) {
	const many = 20_000
	m := message(t, `"Note":""`)
	hash := "sha-256:" + strings.Repeat("0", 64)
	content, err := json.Marshal(`"` + strings.Repeat("x", 1<<20) + `"`)
	if err != nil {
		t.Fatal(err)
	}
	for i := range many {
		m.Attachment = append(m.Attachment, idmefv2.Attachment{Name: new(fmt.Sprint("n", i)), ExternalURI: []string{"a:"}})
	}
	m.Attachment[1].Name = nil
	m.Attachment[0].Content, m.Attachment[0].Hash = content, slices.Repeat([]string{hash}, many)
	m.Source = []idmefv2.Source{{ID: m.ID, Attachment: slices.Repeat([]string{fmt.Sprint("n", many-1), "missing"}, many)}}
	r := m.Check()
	if !r.Truncated || len(r.Violations) != secmodel.DefaultMaxViolations {
		t.Errorf("%d violations", len(r.Violations))
	}
}

func BenchmarkCheck(b *testing.B) {
	for _, s := range jsontest.Samples(b, idmefv2.Format) {
		if s.File != "08-full.valid.json" && s.File != "08-minimal.valid.json" {
			continue
		}
		m := decode(b, s.Data)
		b.Run(s.File+"/tables", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				byTables(m)
			}
		})
		b.Run(s.File+"/all", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				m.Check()
			}
		})
	}
}
