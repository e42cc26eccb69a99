package mozdef_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/mozdef"
)

func Example() {
	event := mozdef.NewEvent("Failed password for backup", time.Date(2026, 3, 9, 8, 14, 55, 204117000, time.UTC))
	event.Category = new("authentication")
	event.Severity = new(mozdef.SeverityNotice)
	event.Hostname = new("bastion2.example.org")
	event.ProcessName = new("sshd")
	event.ProcessID = new(mozdef.Int(21877))
	event.Source = new("sshd")
	event.Tags = []string{"ssh"}
	event.Details.Username = new("backup")
	event.Details.Success = new(false)
	event.Details.SourceIPAddress = new("198.51.100.23")
	event.Details.Extra = map[string]json.RawMessage{"attempts": json.RawMessage("3")}

	if err := event.Validate(); err != nil {
		fmt.Println(err)
	}
	data, _ := event.AppendJSON(nil)
	fmt.Printf("%s\n", data)
	// Output:
	// {"category":"authentication","details":{"sourceipaddress":"198.51.100.23","success":false,"username":"backup","attempts":3},"hostname":"bastion2.example.org","processid":21877,"processname":"sshd","severity":"NOTICE","source":"sshd","summary":"Failed password for backup","tags":["ssh"],"timestamp":"2026-03-09T08:14:55.204117+00:00"}
}

func ExampleEvent_Check() {
	var event mozdef.Event
	err := json.Unmarshal([]byte(`{
		"summary": "link down", "category": "network", "severity": "CRIT",
		"host": "edge7", "processname": "snmptrapd", "processid": "991", "source": null,
		"tags": null, "details": {}, "timestamp": "2026-03-09T08:14:55+01:00"
	}`), &event)
	if err != nil {
		fmt.Println(err)
	}
	for _, v := range event.Check().Violations {
		fmt.Println(v)
	}
	// Output:
	// warning: /severity: "CRIT" is not a value of severity; did you mean "CRITICAL"? (attribute_enum_value_unknown)
	// warning: /source: source is null, not a string (attribute_wrong_type)
	// error: /tags: tags is null: the server drops the event (attribute_wrong_type)
	// warning: /host: the server stores "host" as hostname (attribute_alias)
}

func ExampleNormalize() {
	archived := []byte(`{"HOST":"edge7","PROGRAM":"login","PRIORITY":"err","DATE":"Mar  9 08:14:55","SEQNUM":"9",
		"MESSAGE":"no key","fields.attempts_int":"3","TAGS":"net"}`)
	berlin := time.FixedZone("CET", 60*60)
	event, notes, err := mozdef.Normalize(archived, mozdef.WithZone(berlin),
		mozdef.WithReceived(time.Date(2026, 3, 9, 7, 14, 57, 0, time.UTC)))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(*event.Hostname, *event.Severity, *event.Timestamp, event.Tags, string(event.Details.Extra["attempts_int"]))
	for _, note := range notes {
		fmt.Println(note)
	}

	_, _, err = mozdef.Normalize([]byte(`{"summary":"link down","tags":null}`))
	var drop *mozdef.DropError
	fmt.Println(errors.As(err, &drop), err)
	// Output:
	// edge7 ERR 2026-03-09T07:14:55+00:00 [net] 3
	// 1:77: warning: /SEQNUM: the server drops "SEQNUM" (attribute_unknown)
	// true mozdef: the server drops the document: /tags: tags is null, which has no length
}

func ExampleEvent_Time() {
	event := mozdef.Event{Timestamp: new("2026-03-09T09:14:55.204117+01:00")}
	at, err := event.Time()
	fmt.Println(at.UTC(), err)
	// Output: 2026-03-09 08:14:55.204117 +0000 UTC <nil>
}

func ExampleIntOrString() {
	var event mozdef.Event
	for _, text := range []string{`{"processid":3380}`, `{"processid":"3380"}`} {
		_ = json.Unmarshal([]byte(text), &event)
		n, ok := event.ProcessID.Int64()
		data, _ := event.AppendJSON(nil)
		fmt.Printf("%d %t %s\n", n, ok, data)
	}
	// Output:
	// 3380 true {"processid":3380}
	// 3380 true {"processid":"3380"}
}

func ExampleNewVulnerabilityV2() {
	scan := mozdef.NewVulnerabilityV2("dmz", "scan-west", "relay1.example.org", "192.0.2.25", "weekly scan", time.Unix(1773044095, 0))
	scan.Vulnerabilities = append(scan.Vulnerabilities, mozdef.VulnerabilityV2Finding{
		Name: new("Weak key exchange"), Risk: new("medium"), CVSS: json.RawMessage(`"5.3"`),
	})
	fmt.Println(scan.Identity(), scan.Validate())
	// Output: mozdef 1 vulnerability_v2 <nil>
}

func ExampleEvidence() {
	data, err := os.ReadFile("../testdata/mozdef/compliance.valid.json")
	if err != nil {
		fmt.Println(err)
	}
	var members map[string]json.RawMessage
	if err := json.Unmarshal(data, &members); err != nil {
		fmt.Println(err)
	}
	var e mozdef.Evidence
	for name, value := range members {
		e.Member(name, value)
	}
	class, _ := e.Class()
	m := mozdef.New(class)
	if err := json.Unmarshal(data, m); err != nil {
		fmt.Println(err)
	}
	fmt.Printf("%T %v\n", m, m.Validate(secmodel.Strict()))
	// Output: *mozdef.Compliance <nil>
}
