package idmefv2_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/idmefv2"
	"github.com/secmodel/secmodel/internal/jsontest"
	"github.com/secmodel/secmodel/internal/repairtest"
)

// member is a message of a draft in which one member is in question.
func member(draft, members string) string {
	analyzer := `"Analyzer":{"IP":"192.0.2.1","Name":"a","ID":"0190a3c0-8a5e-7c3e-9d4f-1b2c3d4e5f60"}`
	if strings.Contains(members, `"Analyzer"`) {
		analyzer = `"Note":"n"`
	}
	return `{"Version":"` + draft + `","ID":"0190a3c0-8a5e-7c3e-9d4f-1b2c3d4e5f60","CreateTime":"2024-06-10T06:13:20Z",` + analyzer + `,` + members + `}`
}

// TestRepair lists, for each mend and each value that is left alone, what
// becomes of a member.
func TestRepair(t *testing.T) {
	for _, test := range []struct{ draft, members, want string }{
		{"2.D.V06", `"Priority":"HIGH"`, `enum_value_spelling /Priority "High"`},
		{"2.D.V06", `"Priority":"critical"`, `severity_spelling /Priority "High"`},
		{"2.D.V06", `"Priority":"Alert"`, `severity_spelling /Priority "High"`},
		{"2.D.V06", `"Priority":"notice"`, `severity_spelling /Priority "Low"`},
		{"2.D.V06", `"Priority":"Debug"`, `severity_spelling /Priority "Info"`},
		{"2.D.V06", `"Priority":"3"`, ``},
		{"2.D.V06", `"Priority":3`, ``},
		{"2.D.V06", `"Priority":"worst"`, ``},
		{"2.D.V06", `"Severity":"low"`, `attribute_name /Severity "low"; enum_value_spelling /Severity "Low"`},
		{"2.D.V06", `"Severity":"low","Priority":"High"`, ``},
		{"2.D.V06", `"Severity":7`, ``},
		{"2.D.V07", `"Category":["Abuse.Extremism"]`, `enum_value_spelling /Category/0 "Abuse.Extermism"`},
		{"2.D.V07", `"Category":["Recon.Network"]`, `enum_value_spelling /Category/0 "Recon.Netword"`},
		{"2.D.V08", `"Category":["Recon.Netword"]`, `enum_value_spelling /Category/0 "Recon.Network"`},
		{"2.D.V08", `"Category":["Operational.PolicyViolation"]`, `enum_value_spelling /Category/0 "Operational.Policy Violation"`},
		{"2.D.V08", `"Category":["theft.breach"]`, `enum_value_spelling /Category/0 "Theft.Breaches"`},
		{"2.D.V06", `"Category":["Hydro.Flood"]`, `enum_value_spelling /Category/0 "Hydrological.Flood"`},
		{"2.D.V08", `"Category":["Malicious.System"]`, ``},
		{"2.D.V08", `"Category":"Hydro.Flood"`, `scalar_for_array /Category ["Hydro.Flood"]`},
		{"2.D.V06", `"Status":["Event"]`, `array_for_scalar /Status "Event"`},
		{"2.D.V06", `"Status":["Event","Incident"]`, ``},
		{"2.D.V08", `"Status":"event"`, `scalar_for_array /Status ["event"]; enum_value_spelling /Status "Event"`},
		{"2.D.V08", `"Status":["Event",null]`, ``},
		{"2.D.V08", `"ext-Category":"x"`, `scalar_for_array /ext-Category ["x"]`},
		{"2.D.V06", `"Confidence":"0.5"`, `text_for_number /Confidence 0.5`},
		{"2.D.V06", `"Confidence":"50%"`, ``},
		{"2.D.V06", `"Confidence":"85"`, ``},
		{"2.D.V06", `"Confidence":85`, ``},
		{"2.D.V06", `"Description":12`, `number_for_text /Description "12"`},
		{"2.D.V06", `"Description":1e3`, ``},
		{"2.D.V06", `"Description":{}`, ``},
		{"2.D.V06", `"Description":null`, `null_for_absent /Description null`},
		{"2.D.V06", `"Description":null,"description":"x"`, `null_for_absent /Description null; attribute_name /description "x"`},
		{"2.D.V06", `"unheard":null`, ``},
		{"2.D.V06", `"Analyzer":null`, ``},
		{"2.D.V06", `"StartTime":1718000000`, `time_spelling /StartTime "2024-06-10T06:13:20Z"`},
		{"2.D.V06", `"StartTime":"1718000000.5"`, `time_spelling /StartTime "2024-06-10T06:13:20.5Z"`},
		{"2.D.V06", `"StartTime":1718000000000001`, `time_spelling /StartTime "2024-06-10T06:13:20.000001Z"`},
		{"2.D.V06", `"StartTime":"2024-06-10 06:13:20+02:00"`, `time_spelling /StartTime "2024-06-10T06:13:20+02:00"`},
		{"2.D.V06", `"StartTime":"2024-06-10T06:13:20 UTC"`, `time_spelling /StartTime "2024-06-10T06:13:20Z"`},
		{"2.D.V06", `"StartTime":"2024-06-10T06:13:20+0200"`, `time_spelling /StartTime "2024-06-10T06:13:20+02:00"`},
		{"2.D.V06", `"StartTime":" 2024-06-10T06:13:20Z"`, `surrounding_whitespace /StartTime "2024-06-10T06:13:20Z"`},
		{"2.D.V06", `"StartTime":"2024-06-10"`, ``},
		{"2.D.V06", `"StartTime":"06/10/2024 06:13:20"`, ``},
		{"2.D.V06", `"StartTime":999999999`, ``},
		{"2.D.V06", `"start-time":"2024-06-10T06:13:20Z"`, `attribute_name /start-time "2024-06-10T06:13:20Z"`},
		{"2.D.V06", `"starttime":"2024-06-10T06:13:20Z","StartTIME":"2024-06-10T06:13:21Z"`, ``},
		{"2.D.V06", `"Sensor":{"Name":"s","ip":"192.0.2.2"}`, `scalar_for_array /Sensor [{"Name":"s","ip":"192.0.2.2"}]; attribute_name /Sensor/ip "192.0.2.2"`},
		{"2.D.V06", `"Analyzer":[{"Name":"s","IP":1}]`, `array_for_scalar /Analyzer {"Name":"s","IP":1}`},
		{"2.D.V06", `"Target":[{"Port":"80"}]`, `scalar_for_array /Target/0/Port ["80"]; text_for_number /Target/0/Port 80`},
		{"2.D.V06", `"Target":[{"Port":["8e1",-0.0]}]`, `text_for_number /Target/0/Port/0 80; fraction_for_integer /Target/0/Port/1 0`},
		{"2.D.V06", `"Target":[{"Port":["http"]}]`, ``},
		{"2.D.V06", `"Attachment":[{"Name":"a","Size":1e400}]`, ``},
		{"2.D.V06", `"Attachment":[{"Name":"a","Size":12.000000000000000000000000001}]`, ``},
		{"2.D.V06", `"Source":[{"IP4":"192.0.2.3"}]`, `attribute_name /Source/0/IP4 "192.0.2.3"`},
		{"2.D.V06", `"Source":[{"IP4":"none"}]`, ``},
		{"2.D.V06", `"Source":[{"Protocol":["TCP IP"]}]`, ``},
		// Nothing is mended in a valid message, though it has warnings.
		{"2.D.V02", `"Analyzer":{"IP":"192.0.2.1","Name":"a","Type":"Cyber"}`, ``},
		{"2.D.V06", `"Source":[{"Port":[70000]}]`, ``},
		// Nor what is valid, in an invalid one.
		{"2.D.V06", `"Analyzer":{"Category":["NIDS"],"Name":1},"Category":["Recon.Scanning"]`, `number_for_text /Analyzer/Name "1"`},
	} {
		m := decode(t, []byte(member(test.draft, test.members)))
		o := repairtest.Laws(t, m, idmefv2.Repair)
		if diff := cmp.Diff(test.want, repairtest.Summary(o.List)); diff != "" {
			t.Errorf("%s %s: -want +got\n%s", test.draft, test.members, diff)
		}
	}
}

// TestRepairStrict mends what is only a warning if warnings fail too.
func TestRepairStrict(t *testing.T) {
	text := []byte(member("2.D.V02", `"Analyzer":{"IP":"192.0.2.1","Name":"a","Type":"Cyber"}`))
	o := repairtest.Laws(t, decode(t, text), idmefv2.Repair, secmodel.Strict())
	if got, want := repairtest.Summary(o.List), `scalar_for_array /Analyzer/Type ["Cyber"]`; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestRepairVersion judges by the version that an option gives.
func TestRepairVersion(t *testing.T) {
	text := []byte(member("2.D.V06", `"Category":["NIDS","Hydro.Flood"],"Description":1`))
	for version, want := range map[string]string{
		"2.D.V06": `number_for_text /Description "1"; enum_value_spelling /Category/1 "Hydrological.Flood"`,
		"2.D.V08": `number_for_text /Description "1"`,
	} {
		o := repairtest.Laws(t, decode(t, text), idmefv2.Repair, secmodel.WithVersion(version))
		if got := repairtest.Summary(o.List); got != want {
			t.Errorf("%s: %q, want %q", version, got, want)
		}
	}
}

// FuzzRepair repairs any message, under each draft and under its own.
func FuzzRepair(f *testing.F) {
	for _, s := range jsontest.Samples(f, idmefv2.Format) {
		f.Add(s.Data)
	}
	files, err := filepath.Glob("../testdata/idmefv2/repair/*.json")
	if err != nil || len(files) == 0 {
		f.Fatal("no documents", err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		m := new(idmefv2.Message)
		if json.Unmarshal(data, m) != nil {
			return
		}
		for _, draft := range []string{"2.D.V02", "2.D.V07", "2.D.V08"} {
			repairtest.Laws(t, m.Clone(), idmefv2.Repair, secmodel.WithVersion(draft))
		}
		repairtest.Laws(t, m, idmefv2.Repair)
	})
}

func ExampleRepair() {
	m := new(idmefv2.Message)
	_ = json.Unmarshal([]byte(`{"Version":"2.D.V08","Status":"open","Priority":"Critical","CreateTime":1718000000}`), m)
	for _, r := range idmefv2.Repair(m) {
		fmt.Println(r)
	}
	// Output:
	// time_spelling /CreateTime: 1718000000 becomes "2024-06-10T06:13:20Z" (units of 1s since 1970)
	// scalar_for_array /Status: "open" becomes ["open"]
	// enum_value_spelling /Status -> /Status/0: "open" becomes "Open"
	// severity_spelling /Priority: "Critical" becomes "High"
}
