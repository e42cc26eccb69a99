package mozdef_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/jsontest"
	"github.com/secmodel/secmodel/mozdef"
)

// goldenInput is a document that was sent to the real server, with what it
// stored: nil if it dropped the document.
type goldenInput struct {
	File    string
	Path    string
	Status  int
	Indexed *struct{ Doc map[string]any }
	sent    []byte
}

// plugins are those that ran.
func (g *goldenInput) plugins() (names []string) {
	list, _ := g.Indexed.Doc["mozdef"].(map[string]any)["plugins"].([]any)
	for _, name := range list {
		names = append(names, name.(string))
	}
	return names
}

func goldenInputs(t *testing.T) (list []*goldenInput) {
	t.Helper()
	file, err := os.Open(jsontest.Shared(t, "corpus", "mozdef", "golden.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		g := new(goldenInput)
		line := bytes.ReplaceAll(lines.Bytes(), []byte(": NaN"), []byte(": null")) // as Python writes it
		if err := json.Unmarshal(line, g); err != nil {
			t.Fatal(err)
		}
		if g.sent, err = os.ReadFile(jsontest.Shared(t, "corpus", "mozdef", g.File)); err != nil {
			t.Fatal(err)
		}
		list = append(list, g)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return list
}

// keptRules are the reasons for which Normalize makes an event of a document
// that the server dropped.
var keptRules = []struct {
	reason string
	files  []string
}{
	{"the server stores no compliance item under Python 3", []string{
		"024-compliance-client-test-compliance.json", "080-compliance-mig.json"}},
	{"plugin guardDuty fails or drops", []string{
		"085-event-guardduty2mozdef.json",
		"620-stored-alert-guard-duty-probe-positive-test-with-default-events-and.json",
		"623-stored-alert-guard-duty-probe-negative-test-case-with-events-with-n.json"}},
	{"plugin auditdFixup drops events of this program", []string{"096-event-demo-events-auditd-2.json"}},
}

// storedRules are the reasons for which Normalize makes another event than the
// server stored: members, as the path from the root, that a plugin which ran
// sets, removes or alters. A member of details is meant by "details.", all of
// them by "details".
var storedRules = []struct {
	plugin  string
	members []string
}{
	{"ldap_fixup", []string{"source", "details.email", "details.username"}},
	{"auditdFixup", []string{"type", "category", "hostname", "details.auid", "details.dhost"}},
	{"zoom_fixup", []string{"details", "processname", "severity", "summary", "eventsource"}},
	{"rt_flow", []string{"details"}},
	{"sshdFindIP", []string{"details.sourceipaddress", "details.sourceipv4address"}},
}

// TestNormalizeGolden normalises what was sent to the real server, and compares
// with what it stored.
func TestNormalizeGolden(t *testing.T) {
	now := time.Date(2026, 11, 20, 15, 30, 0, 123456000, time.UTC) // when the server was asked
	var n struct{ equal, explained, dropped, kept, refused int }
	used := map[string]int{}
	inputs := goldenInputs(t)
	for _, g := range inputs {
		t.Run(g.File, func(t *testing.T) {
			opts := []mozdef.NormalizeOption{mozdef.WithReceived(now), mozdef.WithServer("<mozdefhostname>"), mozdef.WithIPFixup()}
			if name, ok := strings.CutPrefix(g.Path, "/custom/"); ok {
				opts = append(opts, mozdef.WithEndpoint(name))
			}
			event, notes, err := mozdef.Normalize(g.sent, opts...)
			if bytes.Contains(g.sent, []byte("NaN")) {
				if !errors.Is(err, secmodel.ErrSyntax) {
					t.Errorf("error is %v, want that of NaN", err)
				}
				n.refused++
				return
			}
			if g.Indexed == nil {
				reason := ""
				for _, rule := range keptRules {
					if slices.Contains(rule.files, g.File) {
						reason = rule.reason
					}
				}
				switch {
				case reason != "":
					n.kept++
					used[reason]++
					if err != nil {
						t.Errorf("%v, although the rule %q holds", err, reason)
					}
				case g.Status == 500:
					n.refused++
					if !errors.Is(err, secmodel.ErrSyntax) {
						t.Errorf("error is %v, want one of syntax", err)
					}
				default:
					n.dropped++
					var drop *mozdef.DropError
					if !errors.As(err, &drop) || !errors.Is(err, mozdef.ErrDropped) || drop.Reason == "" {
						t.Errorf("dropped by the server, but the error is %v", err)
					}
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			out, err := event.AppendJSON(nil)
			if err != nil {
				t.Fatal(err)
			}
			var got map[string]any
			if err := json.Unmarshal(out, &got); err != nil {
				t.Fatal(err)
			}
			want := g.Indexed.Doc
			mask(got, mozdef.FormatTime(now))
			ran := g.plugins()
			checkPlugins(t, ran, notes, got)
			delete(want, "mozdef")
			delete(got, "mozdef")
			if cmp.Equal(want, got) {
				n.equal++
				return
			}
			for _, rule := range storedRules {
				if !slices.Contains(ran, rule.plugin) {
					continue
				}
				for _, path := range rule.members {
					if take(want, got, path) {
						used[rule.plugin+" "+path]++
					}
				}
			}
			n.explained++
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("stored otherwise (-server +Normalize):\n%s", diff)
			}
		})
	}
	t.Logf("of %d inputs: %d equal, %d equal but for plugins, %d dropped alike, %d refused alike as no JSON, %d kept by rule",
		len(inputs), n.equal, n.explained, n.dropped, n.refused, n.kept)
	for _, rule := range slices.Sorted(maps.Keys(used)) {
		t.Logf("%3d × %s", used[rule], rule)
	}
	for _, rule := range keptRules {
		if used[rule.reason] != len(rule.files) {
			t.Errorf("nothing needs all of the rule %q", rule.reason)
		}
	}
	for _, rule := range storedRules {
		for _, path := range rule.members {
			if used[rule.plugin+" "+path] == 0 {
				t.Errorf("nothing needs the rule for %s of plugin %s", path, rule.plugin)
			}
		}
	}
}

// mask puts <now> for the time of the test, as the corpus has for that of the
// server.
func mask(event map[string]any, now string) {
	for _, name := range []string{"timestamp", "utctimestamp", "receivedtimestamp"} {
		if event[name] == now {
			event[name] = "<now>"
		}
	}
}

// take removes a member from both events, and reports whether it differed.
func take(want, got map[string]any, path string) bool {
	if name, ok := strings.CutPrefix(path, "details."); ok {
		x, okX := want["details"].(map[string]any)
		y, okY := got["details"].(map[string]any)
		return okX && okY && take(x, y, name)
	}
	x, okX := want[path]
	y, okY := got[path]
	delete(want, path)
	delete(got, path)
	return okX != okY || !cmp.Equal(x, y)
}

// unseenPlugins could not run on the server that was asked: they need data or a
// configuration of their own.
var unseenPlugins = []string{"geoip", "triage_bot"}

// checkPlugins checks that the plugins that ran are those that were applied or
// that the notes tell of.
func checkPlugins(t *testing.T, ran []string, notes []secmodel.Violation, event map[string]any) {
	t.Helper()
	told := map[string]bool{}
	for _, name := range event["mozdef"].(map[string]any)["plugins"].([]any) {
		told[name.(string)] = true
	}
	for _, v := range notes {
		if v.Code == mozdef.CodePlugin {
			_, rest, _ := strings.Cut(v.Message, "the plugin ")
			name, _, _ := strings.Cut(rest, ",")
			told[name] = !slices.Contains(unseenPlugins, name)
		}
	}
	for name, told := range told {
		if told && !slices.Contains(ran, name) {
			t.Errorf("told of plugin %s, which did not run", name)
		}
	}
	for _, name := range ran {
		if name == "ipFixup" && told["sshdFindIP"] {
			continue // for an address that sshdFindIP has put into details
		}
		if !told[name] {
			t.Errorf("not told of plugin %s, which ran", name)
		}
	}
}
