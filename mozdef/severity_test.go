package mozdef_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/secmodel/secmodel/mozdef"
)

func TestParseSeverity(t *testing.T) {
	for _, s := range mozdef.SeverityDebug.Values() {
		for _, text := range []string{string(s), strings.ToLower(string(s))} {
			if got, ok := mozdef.ParseSeverity(text); got != s || !ok {
				t.Errorf("ParseSeverity(%q) = %q, %t", text, got, ok)
			}
		}
		level, ok := s.Syslog()
		if !ok {
			t.Errorf("%s has no syslog number", s)
		}
		if got, ok := mozdef.ParseSeverity(strconv.Itoa(level)); got != s || !ok {
			t.Errorf("%s is %d in syslog, which is read as %q, %t", s, level, got, ok)
		}
	}
	for text, want := range map[string]mozdef.Severity{
		"CRIT": mozdef.SeverityCritical, "err": mozdef.SeverityError, "Warn": mozdef.SeverityWarning,
		"emerg": mozdef.SeverityEmergency, "PANIC": mozdef.SeverityEmergency,
	} {
		if got, ok := mozdef.ParseSeverity(text); got != want || !ok {
			t.Errorf("ParseSeverity(%q) = %q, %t; want %q", text, got, ok, want)
		}
	}
	for text, want := range map[string]mozdef.Severity{"": "", "high": "HIGH", "8": "8", "-1": "-1", " INFO": " INFO"} {
		if got, ok := mozdef.ParseSeverity(text); got != want || ok {
			t.Errorf("ParseSeverity(%q) = %q, %t; want %q, false", text, got, ok, want)
		}
	}
}

func TestSyslogOfUnknownSeverity(t *testing.T) {
	if level, ok := mozdef.Severity("HIGH").Syslog(); ok {
		t.Errorf("HIGH is %d", level)
	}
}

func ExampleParseSeverity() {
	s, ok := mozdef.ParseSeverity("crit")
	level, _ := s.Syslog()
	fmt.Println(s, ok, level)
	// Output: CRITICAL true 2
}
