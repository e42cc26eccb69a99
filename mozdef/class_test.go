package mozdef

import "testing"

func TestEvidence(t *testing.T) {
	tests := []struct {
		members [][2]string
		want    string
	}{
		{nil, ""},
		{[][2]string{{"foo", "1"}}, ""},
		{[][2]string{{"type", `"x"`}}, ""},
		{[][2]string{{"type", `"x"`}, {"eventtype", `"x"`}}, ""}, // both the category
		{[][2]string{{"type", `"x"`}, {"date", `"x"`}}, ClassEvent},
		{[][2]string{{"@message", `"x"`}, {"HOST", `"x"`}, {"PID", "1"}}, ClassEvent},
		{[][2]string{{"summary", `"x"`}}, ClassEvent},
		{[][2]string{{"category", `5`}}, ClassEvent},
		{[][2]string{{"category", `"ComplianceItems"`}}, ClassEvent},
		{[][2]string{{"category", `"compliance\u0069tems"`}}, ClassCompliance},
		{[][2]string{{"category", `"rra_data"`}, {"events", `[]`}}, ClassRRA},
		{[][2]string{{"category", `"x"`}, {"vuln", `{}`}}, ClassEvent},
		{[][2]string{{"category", `"UNKNOWN"`}, {"type", `"vulnerability_state"`}}, ClassVulnerability},
		{[][2]string{{"vuln", `{}`}}, ClassVulnerability},
		{[][2]string{{"sourcename", `"x"`}}, ""},
		{[][2]string{{"sourcename", `"x"`}, {"summary", `"x"`}}, ClassEvent},
		{[][2]string{{"sourcename", `"x"`}, {"zone", `"x"`}}, ClassVulnerability},
		{[][2]string{{"asset", `{}`}, {"version", `"2"`}}, ClassVulnerabilityV2},
		{[][2]string{{"asset", `{}`}, {"version", `2`}}, ClassVulnerabilityV2},
		{[][2]string{{"asset", `{}`}, {"version", `1`}}, ClassVulnerability},
		{[][2]string{{"events", `{}`}}, ""},
		{[][2]string{{"events", `[]`}, {"summary", `"x"`}}, ClassAlert},
		{[][2]string{{"notify_mozdefbot", `true`}}, ClassAlert},
		{[][2]string{{"category", `"rra_data"`}, {"category", `"x"`}}, ClassEvent}, // the last counts
		{[][2]string{{"category", `"`}, {"version", ``}, {"events", ``}}, ClassEvent},
	}
	for _, tt := range tests {
		var e Evidence
		for _, m := range tt.members {
			e.Member(m[0], []byte(m[1]))
		}
		if got, ok := e.Class(); got != tt.want || ok != (tt.want != "") {
			t.Errorf("%q is %q, %t; want %q", tt.members, got, ok, tt.want)
		}
	}
}
