package mozdef_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/secmodel/secmodel/internal/jsontest"
	"github.com/secmodel/secmodel/internal/repairtest"
	"github.com/secmodel/secmodel/mozdef"
)

// TestRepair lists, for each mend and each value that is left alone, what
// becomes of a member of an event.
func TestRepair(t *testing.T) {
	for _, test := range []struct{ members, want string }{
		{`"severity":"info"`, `enum_value_spelling /severity "INFO"`},
		{`"severity":" Warning "`, `enum_value_spelling /severity "WARNING"`},
		{`"severity":"CRIT"`, `enum_value_spelling /severity "CRITICAL"`},
		{`"severity":"emerg"`, `enum_value_spelling /severity "EMERGENCY"`},
		{`"severity":"3"`, `severity_spelling /severity "ERROR"`},
		{`"severity":0`, `severity_spelling /severity "EMERGENCY"`},
		{`"severity":8`, ``},
		{`"severity":"UNKNOWN"`, ``},
		{`"severity":"HIGH"`, ``},
		{`"timestamp":1718000000`, `time_spelling /timestamp "2024-06-10T06:13:20Z"`},
		{`"timestamp":1718000000.25`, `time_spelling /timestamp "2024-06-10T06:13:20.25Z"`},
		{`"timestamp":"1718000000123"`, `time_spelling /timestamp "2024-06-10T06:13:20.123Z"`},
		{`"timestamp":"10/Jun/2024:08:13:20 +0200"`, `time_spelling /timestamp "2024-06-10T08:13:20+02:00"`},
		{`"timestamp":"2024-06-10T06:13:20"`, ``},
		{`"timestamp":"Jun 10 06:13:20"`, ``},
		{`"timestamp":17180`, ``},
		{`"tags":null`, `null_for_absent /tags null`},
		{`"tags":"ssh"`, `scalar_for_array /tags ["ssh"]`},
		{`"source":null`, ``},
		{`"details":"text"`, `shape /details {"message":"text"}`},
		{`"details":{"success":"true","sourceport":80.0,"free":" x "}`, `fraction_for_integer /details/sourceport 80; text_for_number /details/success true`},
		{`"host":"a"`, `attribute_name /host "a"`},
		{`"host":"a","source_host":"b"`, ``},
		{`"MESSAGE":"a"`, ``},
		{`"eventSource":"a"`, ``},
		{`"facility":"a"`, ``},
		{`"process_name":"a"`, ``},
	} {
		text := `{"summary":"s","category":"c",` + test.members + `}`
		m := decode(t, mozdef.ClassEvent, []byte(text)).(model)
		o := repairtest.Laws(t, m, repair)
		if diff := cmp.Diff(test.want, repairtest.Summary(o.List)); diff != "" {
			t.Errorf("%s: -want +got\n%s", test.members, diff)
		}
	}
}

// FuzzRepair repairs any document as the class that it is.
func FuzzRepair(f *testing.F) {
	for _, s := range jsontest.Samples(f, mozdef.Format) {
		f.Add(s.Data)
	}
	files, err := filepath.Glob("../testdata/mozdef/repair/*.json")
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
	classes := []string{mozdef.ClassEvent, mozdef.ClassCompliance, mozdef.ClassVulnerability, mozdef.ClassVulnerabilityV2,
		mozdef.ClassAssetHint, mozdef.ClassRRA, mozdef.ClassAlert}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, class := range classes {
			m := mozdef.New(class).(model)
			if json.Unmarshal(data, m) == nil {
				repairtest.Laws(t, m, repair)
			}
		}
	})
}

func ExampleRepair() {
	m := new(mozdef.Event)
	_ = json.Unmarshal([]byte(`{"message":"login failed","level":"err","timestamp":"1718000000","tags":null}`), m)
	for _, r := range mozdef.Repair(m) {
		fmt.Println(r)
	}
	// Output:
	// null_for_absent /tags: null becomes nothing
	// attribute_name /level -> /severity: "err" becomes "err"
	// enum_value_spelling /level -> /severity: "err" becomes "ERROR"
	// attribute_name /message -> /summary: "login failed" becomes "login failed"
	// time_spelling /timestamp: "1718000000" becomes "2024-06-10T06:13:20Z" (units of 1s since 1970)
}
