package idmefv2_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/secmodel/secmodel/idmefv2"
	"github.com/secmodel/secmodel/internal/jsontest"
)

const pathMessage = `{
	"Version":"2.D.V06","ID":"0192f0c1-6a2b-7c3d-8e4f-000000000005","CreateTime":"2026-03-02T04:05:06Z",
	"Category":["Recon.Sniffing","Recon.Scanning"],"ext-Category":"x","Confidence":0.5,"Status":"Event","Note":7,
	"Analyzer":{"Name":"a","Data":["Network","Log"]},
	"Source":[{"IP":"192.0.2.1","Port":[1,2,3]},{"Port":[]},{"IP":"192.0.2.3","Port":["x"]}],
	"Vector":[{"GeoRadius":2}],
	"Sensor":7,
	"Attachment":[{"Name":"a1","Size":2,"Content":{"b":1}}]}`

func TestPathGet(t *testing.T) {
	m := decode(t, []byte(pathMessage))
	for path, want := range map[string]any{
		"Version":               "2.D.V06",
		"Category":              "Recon.Sniffing",
		"Category(1)":           "Recon.Scanning",
		"Category(-1)":          "Recon.Scanning",
		"Category(-2)":          "Recon.Sniffing",
		"Category(-3)":          nil,
		"Category(2)":           nil,
		"Alert.Category(1)":     "Recon.Scanning",
		"ext-Category":          "x",
		"Status":                "Event",
		"Confidence":            0.5,
		"Description":           nil,
		"Note":                  nil, // of a wrong type
		"Analyzer.Name":         "a",
		"Analyzer.Data(-1)":     "Log",
		"Analyzer.IP":           nil,
		"Source.IP":             "192.0.2.1",
		"Source(0).IP":          "192.0.2.1",
		"Source(1).IP":          nil,
		"Source(-1).IP":         "192.0.2.3",
		"Source(-3).Port(-1)":   int64(3),
		"Source(-4).IP":         nil,
		"Source(3).IP":          nil,
		"Source(0).Port(1)":     int64(2),
		"Source(1).Port":        nil,
		"Source(1).Port(-1)":    nil,
		"Source(2).Port":        nil, // of a wrong type
		"Vector.GeoRadius":      2.0,
		"Vector(-1).GeoRadius":  2.0,
		"Target(-1).IP":         nil,
		"Sensor.Name":           nil, // of a wrong type
		"Sensor(-1).Name":       nil,
		"Attachment(-1).Size":   int64(2),
		"Attachment.Content":    json.RawMessage(`{"b":1}`),
		"Attachment(1).Content": nil,
	} {
		p, err := idmefv2.ParsePath(path)
		if err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		got, ok := p.Get(m)
		if diff := cmp.Diff(want, got); diff != "" || ok != (want != nil) {
			t.Errorf("%s: %v, %v; -want +got\n%s", path, got, ok, diff)
		}
		if again, ok2 := p.Get(new(idmefv2.Message)); again != nil || ok2 {
			t.Errorf("%s: the empty message has %v", path, again)
		}
	}
	if v, ok := (idmefv2.Path{}).Get(m); v != nil || ok {
		t.Errorf("the zero path leads to %v", v)
	}
}

// TestPathNormal: paths to the same place are equal and have one text.
func TestPathNormal(t *testing.T) {
	for path, want := range map[string]string{
		"Source.IP":                   "Source.IP",
		"Source(0).IP":                "Source.IP",
		"Source(-0).IP":               "Source.IP",
		"Source(000).Port(0)":         "Source.Port",
		"Source(01).Port(-02)":        "Source(1).Port(-2)",
		"Alert.Category(0)":           "Category",
		"ext-Category(3)":             "ext-Category(3)",
		"Analyzer.ext-Method":         "Analyzer.ext-Method",
		"Entity":                      "Entity",
		"Vector(2).GeoRadius":         "Vector(2).GeoRadius",
		"Attachment(2147483647).Name": "Attachment(2147483647).Name",
	} {
		p, err := idmefv2.ParsePath(path)
		if err != nil || p.String() != want {
			t.Errorf("%s: %s, %v, want %s", path, p, err, want)
			continue
		}
		if q, err := idmefv2.ParsePath(want); err != nil || p != q {
			t.Errorf("%s is not %s: %v", path, want, err)
		}
	}
	a, _ := idmefv2.ParsePath("Source(1).IP")
	b, _ := idmefv2.ParsePath("Source.IP")
	c, _ := idmefv2.ParsePath("Target.IP")
	if a == b || b == c {
		t.Error("paths to different places are equal")
	}
}

func TestParsePathErrors(t *testing.T) {
	for path, want := range map[string]string{
		"":                     `Alert has no attribute or class ""`,
		".":                    `Alert has no attribute or class ""`,
		"CeaseTime":            `Alert has no attribute or class "CeaseTime"`,
		"category":             `Alert has no attribute or class "category"`,
		"Alert.Alert.Category": `Alert has no attribute or class "Alert.Category"`,
		"Alert(0).Category":    `Alert has no attribute or class "Alert"`,
		"Source":               "Source is a class, of which an attribute must follow",
		"Alert.Source":         "Source is a class, of which an attribute must follow",
		"Category.IP":          "Category is no class",
		"Source.Name":          `source has no attribute or class "Name"`,
		"Source.":              `source has no attribute or class ""`,
		"Source.IP(0)":         "IP is no list, so that it has no index",
		"Analyzer(0).Name":     "Analyzer is no list, so that it has no index",
		"Source().IP":          `"()" is no index: a number in parentheses`,
		"Source(-).IP":         `"(-)" is no index: a number in parentheses`,
		"Source(+1).IP":        `"(+1)" is no index: a number in parentheses`,
		"Source(1)x.IP":        `"(1)x" is no index: a number in parentheses`,
		"Source(1":             `"(1" is no index: a number in parentheses`,
		"Source(1)(2).IP":      `"(1)(2)" is no index: a number in parentheses`,
		"Category(2147483648)": "the index 2147483648 is out of range",
	} {
		p, err := idmefv2.ParsePath(path)
		if text := "idmefv2: " + quoteJSON(t, path) + " is no IDMEF path: " + want; err == nil || err.Error() != text {
			t.Errorf("%s: %v, want %s", path, err, text)
		}
		if p != (idmefv2.Path{}) {
			t.Errorf("%s: the path of an error is %s", path, p)
		}
	}
}

func TestPathIn(t *testing.T) {
	const v06, v07, v08 = "2.D.V06", "2.D.V07", "2.D.V08"
	for path, want := range map[string][3]bool{
		"Category":        {true, true, true},
		"Entity":          {false, false, false},
		"EntitySector":    {false, true, true},
		"ReportTime":      {false, false, true},
		"Vector.Name":     {true, false, false},
		"Source.Category": {false, false, true},
		"Status":          {true, true, true},
		"Status(-1)":      {true, true, true},
		"Status(1)":       {false, false, true},
		"Status(-2)":      {false, false, true},
		"ext-Category(1)": {false, true, true},
	} {
		p, err := idmefv2.ParsePath(path)
		if err != nil {
			t.Error(err)
		}
		if got := [3]bool{p.In(v06), p.In(v07), p.In(v08)}; got != want {
			t.Errorf("%s: %v, want %v", path, got, want)
		}
		if p.In("2.D.V99") || p.In("") {
			t.Errorf("%s is in a draft that there is not", path)
		}
	}
	if (idmefv2.Path{}).In(v08) {
		t.Error("a draft has the zero path")
	}
}

// TestPathOfEveryAttribute: every attribute of the samples can be reached.
func TestPathOfEveryAttribute(t *testing.T) {
	n := 0
	for _, s := range jsontest.Samples(t, idmefv2.Format) {
		if s.Invalid {
			continue
		}
		m := decode(t, s.Data)
		var document map[string]any
		if err := json.Unmarshal(s.Data, &document); err != nil {
			t.Fatal(err)
		}
		check := func(path string, v any) {
			if list, ok := v.([]any); ok {
				if len(list) == 0 {
					return
				}
				v = list[0]
			}
			p, err := idmefv2.ParsePath(path)
			if err != nil {
				if path != "Analyzer.Serial" { // which is unknown
					t.Errorf("%s: %v", s.File, err)
				}
				return
			}
			got, ok := p.Get(m)
			a, errA := json.Marshal(v)
			b, errB := json.Marshal(got)
			if !ok || errA != nil || errB != nil || jsontest.Equal(a, b, true) != nil {
				t.Errorf("%s: %s is %s, the document has %s", s.File, path, b, a)
			}
			n++
		}
		for name, v := range document {
			switch x := v.(type) {
			case map[string]any:
				for member, v := range x {
					check(name+"."+member, v)
				}
			case []any:
				for i, v := range x {
					object, ok := v.(map[string]any)
					if !ok {
						check(name, x)
						break
					}
					for member, v := range object {
						data, _ := json.Marshal(i)
						check(name+"("+string(data)+")."+member, v)
					}
				}
			default:
				check(name, v)
			}
		}
	}
	if n < 1000 {
		t.Errorf("only %d attributes", n)
	}
}
