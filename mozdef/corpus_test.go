package mozdef_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/jsontest"
	"github.com/secmodel/secmodel/mozdef"
)

// document is a file of the corpus with what its INDEX.tsv says of it.
type document struct {
	file, origin, kind string
	data               []byte
}

// documents reads the corpus, but for lines of syslog, which are no documents.
func documents(t *testing.T) (list []document) {
	t.Helper()
	dir := jsontest.Shared(t, "corpus", "mozdef")
	index := jsontest.Index(t, filepath.Join(dir, "INDEX.tsv"))
	for _, file := range slices.Sorted(maps.Keys(index)) {
		d := document{file: file, origin: index[file]["origin"], kind: index[file]["kind"]}
		if d.kind == "syslog-line" {
			continue
		}
		var err error
		if d.data, err = os.ReadFile(filepath.Join(dir, file)); err != nil {
			t.Fatal(err)
		}
		list = append(list, d)
	}
	if len(list) == 0 {
		t.Fatal("the corpus is empty")
	}
	return list
}

// class returns the class that a document is meant to be.
func (d document) class() string {
	switch d.kind {
	case "compliance":
		return mozdef.ClassCompliance
	case "asset-hint":
		return mozdef.ClassAssetHint
	case "rra", "rra-details":
		return mozdef.ClassRRA
	case "alert-doc":
		return mozdef.ClassAlert
	case "vulnerability-v2":
		return mozdef.ClassVulnerabilityV2
	}
	switch {
	case strings.Contains(d.file, "invalid-compliance"):
		return mozdef.ClassCompliance
	case strings.Contains(d.file, "invalid-vuln"):
		return mozdef.ClassVulnerability
	case d.file == "534-plugin-out-vulnerability-test-onmessage.json":
		return mozdef.ClassVulnerability
	case d.file == "536-plugin-out-vulnerability-test-onmessage.json":
		return mozdef.ClassVulnerabilityV2
	}
	return mozdef.ClassEvent
}

// officialClients are the origins of documents that a client of the project
// made, as they begin in INDEX.tsv.
var officialClients = []string{
	"mozilla/mozdef_client@", "captured here: mozdef_client", "captured here: MozDefMsg", "captured here: payload of the /dev/log datagram",
	"gdestuynder/mozdef_lib@", "jvehent/gozdef@", "captured here: gozdef", "mozilla/audisp-json", "shape from mozilla/mig",
}

func (d document) official() bool {
	return !strings.HasPrefix(d.kind, "invalid") &&
		slices.ContainsFunc(officialClients, func(prefix string) bool { return strings.HasPrefix(d.origin, prefix) })
}

// syntaxFaults are the files that are no well-formed JSON.
var syntaxFaults = []string{"018-invalid-client-wire-nan.json", "021-invalid-audisp-json-docs-trailing-comma.json"}

// errorRules are the reasons for errors in documents that neither INDEX.tsv
// calls invalid nor an official client made.
var errorRules = []struct {
	reason, code, pointer string
	applies               func(document) bool
}{
	{"no summary: the official client refuses to send such an event, the server stores UNKNOWN",
		secmodel.CodeRequiredMissing, "/summary", func(d document) bool {
			return slices.Contains([]string{"event", "shipper-raw", "plugin-in", "plugin-out"}, d.kind)
		}},
	{"plugin bro writes Python's True and False as text, which the index rejects for details.success",
		secmodel.CodeWrongType, "/details/success", func(d document) bool { return strings.Contains(d.file, "brofixup-test-kerberos") }},
	{"a form to be filled in: the server dropped it",
		mozdef.CodeTimestampUnreadable, "/timestamp", func(d document) bool { return d.file == "082-rra-rra2json-skeleton.json" }},
	{"a form to be filled in: the client refuses an empty summary",
		secmodel.CodeMinLen, "/summary", func(d document) bool { return d.file == "082-rra-rra2json-skeleton.json" }},
	{"an RRA without the envelope of an event",
		secmodel.CodeRequiredMissing, "/category", func(d document) bool { return d.kind == "rra-details" }},
	{"an RRA without the envelope of an event",
		secmodel.CodeRequiredMissing, "/summary", func(d document) bool { return d.kind == "rra-details" }},
}

func TestCorpus(t *testing.T) {
	type count struct{ official, refused, valid, warned, explained int }
	var n count
	for _, d := range documents(t) {
		t.Run(d.file, func(t *testing.T) {
			m := mozdef.New(d.class())
			err := json.Unmarshal(d.data, m)
			if slices.Contains(syntaxFaults, d.file) {
				if err == nil {
					t.Error("malformed JSON was read")
				}
				n.refused++
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			sameJSON(t, d.data, m)
			jsontest.SameChecks(t, m)
			report := m.Check()
			found := jsontest.Places(report, secmodel.Error)
			switch {
			case d.official():
				n.official++
				if len(found) > 0 {
					t.Errorf("made by an official client, but has errors: %v", found)
				}
			case strings.HasPrefix(d.kind, "invalid"):
				n.refused++
				if len(found) == 0 {
					t.Errorf("invalid, but has no error; warnings: %v", jsontest.Places(report, secmodel.Warning))
				}
			case len(found) == 0 && len(report.Violations) == 0:
				n.valid++
			case len(found) == 0:
				n.warned++
			default:
				n.explained++
				for _, place := range found {
					if !explained(d, place) {
						t.Errorf("unexplained error %s", place)
					}
				}
			}
		})
	}
	t.Logf("%d of official clients without error; %d invalid refused; of the others %d without violation, %d with warnings, %d with errors that rules explain",
		n.official, n.refused, n.valid, n.warned, n.explained)
	if n.official < 10 || n.refused < 25 {
		t.Error("fewer documents of official clients or invalid ones than the corpus had")
	}
}

func explained(d document, place string) bool {
	for _, rule := range errorRules {
		if place == rule.code+" "+rule.pointer && rule.applies(d) {
			return true
		}
	}
	return false
}

// TestCorpusRulesAreUsed checks that no reason is left over.
func TestCorpusRulesAreUsed(t *testing.T) {
	used := make([]bool, len(errorRules))
	for _, d := range documents(t) {
		m := mozdef.New(d.class())
		if json.Unmarshal(d.data, m) != nil {
			continue
		}
		for _, place := range jsontest.Places(m.Check(), secmodel.Error) {
			for i, rule := range errorRules {
				if place == rule.code+" "+rule.pointer && rule.applies(d) {
					used[i] = true
				}
			}
		}
	}
	for i, rule := range errorRules {
		if !used[i] {
			t.Errorf("nothing needs the rule %q", rule.reason)
		}
	}
}

// TestCorpusClasses checks that the members of the documents tell their class.
func TestCorpusClasses(t *testing.T) {
	counts := map[string]int{}
	for _, d := range documents(t) {
		if slices.Contains(syntaxFaults, d.file) {
			continue
		}
		want := d.class()
		got, ok := classOf(t, d.data)
		switch {
		case !ok:
			t.Errorf("%s: not known as MozDef", d.file)
		case got == want:
			counts[got]++
		case d.kind == "alert-doc" && got == mozdef.ClassEvent && !bytes.Contains(d.data, []byte("notify_mozdefbot")):
			counts["event, an excerpt of an alert"]++ // those attributes that a test of the server compares
		case d.kind == "rra-details" && got == mozdef.ClassEvent:
			counts["event, an RRA without envelope"]++
		default:
			t.Errorf("%s is taken for %s, not %s", d.file, got, want)
		}
	}
	t.Log(counts)
}

// pluginFailures are the files that plugins of the real server fail on, for
// words that stand in them: Check knows nothing of plugins. The server's plugin
// for compliance items works under Python 2 only.
var pluginFailures = []string{
	"024-compliance-client-test-compliance.json",
	"080-compliance-mig.json",
	"085-event-guardduty2mozdef.json",
	"096-event-demo-events-auditd-2.json",
	"620-stored-alert-guard-duty-probe-positive-test-with-default-events-and.json",
	"623-stored-alert-guard-duty-probe-negative-test-case-with-events-with-n.json",
}

// TestCorpusServer compares with what the real server did: what it dropped is
// an error, what it stored is none, and what it stored otherwise than it was
// sent is at least a warning.
func TestCorpusServer(t *testing.T) {
	byFile := map[string]document{}
	for _, d := range documents(t) {
		byFile[d.file] = d
	}
	var dropped, kept, altered int
	for _, golden := range goldenInputs(t) {
		d, ok := byFile[golden.File]
		if !ok || slices.Contains(syntaxFaults, d.file) {
			continue
		}
		report := decode(t, d.class(), d.data).Check()
		switch found := jsontest.Places(report, secmodel.Error); {
		case golden.Indexed == nil:
			dropped++
			if failed := slices.Contains(pluginFailures, d.file); report.Valid() != failed {
				t.Errorf("%s: dropped by the server (by a plugin: %t), but valid is %t", d.file, failed, report.Valid())
			}
		case len(found) > 0 && !slices.Equal(found, []string{secmodel.CodeRequiredMissing + " /summary"}):
			t.Errorf("%s: stored by the server, but has errors %v", d.file, found)
		default:
			kept++
			if list := alterations(t, d, golden.Indexed.Doc); len(list) > 0 {
				altered++
				for _, name := range list {
					if !mentions(report, name) {
						t.Errorf("%s: the server altered %s, but nothing says so", d.file, name)
					}
				}
			}
		}
	}
	t.Logf("%d dropped, %d stored, of which %d altered", dropped, kept, altered)
	if dropped < 30 || kept < 150 || altered < 50 {
		t.Error("fewer than the corpus had")
	}
}

// alterations lists the members of a document that the server stored with
// another value or not at all. Not counted is what it does to every event: a
// processid becomes text, a time is given in UTC; nor what its plugins do.
func alterations(t *testing.T, d document, stored map[string]any) (names []string) {
	t.Helper()
	var sent map[string]any
	if err := json.Unmarshal(d.data, &sent); err != nil {
		t.Fatal(err)
	}
	for name, value := range sent {
		switch name {
		case "processid", "timestamp", "utctimestamp", "details", "summary", "category":
			continue // summary, category and details are what plugins alter
		case "processname":
			if d.file == "086-event-event-framework-zoom.json" {
				continue // a plugin alters it
			}
		}
		if got, ok := stored[name]; !ok || !reflect.DeepEqual(value, got) {
			names = append(names, name)
		}
	}
	return names
}

// mentions reports whether a violation stands at a member of the root.
func mentions(r secmodel.Report, name string) bool {
	return slices.ContainsFunc(r.Violations, func(v secmodel.Violation) bool {
		rest, ok := strings.CutPrefix(v.Pointer, "/"+name)
		return ok && (rest == "" || rest[0] == '/')
	})
}
