package mozdef

import "testing"

func TestStored(t *testing.T) {
	for name, want := range map[string]string{
		"category": "category", "Type": "category", "eventtype": "category",
		"@fields": "details", "details": "details",
		"HOST": "hostname", "@source_host": "hostname", "Hostname": "hostname",
		"Pid": "processid", "PROCESSID": "processid",
		"pname": "processname", "SourceName": "processname", "PROGRAM": "processname",
		"SyslogSeverity": "severity", "SeverityValue": "severity", "level": "severity", "PRIORITY": "severity",
		"SOURCE": "source", "facility": "facility and source", "SyslogFacility": "facility",
		"@message": "summary", "Payload": "summary",
		"@tags": "tags", "@timestamp": "timestamp", "EventTime": "timestamp", "DATE": "timestamp", "utctimestamp": "timestamp",
		"path": "eventsource", "Logger": "eventsource", "file": "eventsource",
		"SOURCEIP": "details.eventsourceipaddress",
		"fields.A": "details.a", "Details.b_int": "details.b_int",

		"": "", "tag": "", "a": "", "pay": "", "eventsource": "", "version": "", "foo": "", "@source_path": "",
		"mozdefhostname": "", "receivedtimestamp": "", "fields": "details", "source_path": "",
	} {
		if got := stored(name, false); got != want {
			t.Errorf("stored(%q) = %q, want %q", name, got, want)
		}
	}
	if got := stored("Payload", true); got != "details.payload" {
		t.Errorf("beside a summary, a payload is stored as %q", got)
	}
}
