package idmefv2_test

import (
	"cmp"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/idmefv2"
	"github.com/secmodel/secmodel/internal/jsontest"
)

// kindsOfFindings are what another implementation of some of the rules says, by
// a part of its text, and the codes that are ours for it.
var kindsOfFindings = []struct {
	text  string
	codes []string
}{
	{"not RFC3339", []string{idmefv2.CodeTimeOffset, idmefv2.CodeTimeDate, idmefv2.CodeTimeLeap, secmodel.CodePattern}},
	{"not valid base64", []string{idmefv2.CodeAttachmentContent}},
	{"not JSON", []string{idmefv2.CodeAttachmentContent}},
	{"is not a 'uri'", []string{idmefv2.CodeURI}},
	{"out of range", []string{idmefv2.CodePort, secmodel.CodeWrongType}},
}

// differs names the rule that explains why the other implementation alone has a
// finding, or we alone, "" if none does.
func differs(file, pointer string) string {
	switch {
	case file == "exercise-botnet-1.json" && pointer == "/Target/0/Port":
		return "a list with an element of a wrong type is not looked at by the rules of the text"
	}
	return ""
}

// TestFindings compares our findings on the collected messages with those of
// another implementation, for the kinds that both look for.
func TestFindings(t *testing.T) {
	dir := jsontest.Shared(t, "corpus", "idmefv2")
	agree, theirs, ours := 0, map[string]int{}, map[string]int{}
	for file, row := range jsontest.Index(t, filepath.Join(dir, "INDEX.tsv")) {
		text, err := os.ReadFile(filepath.Join(dir, file))
		if err != nil {
			t.Fatal(err)
		}
		if row["schema_used"] == "-" {
			continue // no JSON
		}
		report := decode(t, text).Check(secmodel.WithVersion(row["schema_used"]))
		matched := map[string]bool{}                                           // by place
		column := cmp.Or(row["semantic_findings"], row["semantic_findings\r"]) // the last one, of lines that end in CRLF
		for finding := range strings.SplitSeq(strings.TrimSpace(column), " | ") {
			finding = strings.Trim(finding, `"`)
			if finding == "" {
				continue
			}
			pointer, codes := kindOf(t, finding)
			i := slices.IndexFunc(report.Violations, func(v secmodel.Violation) bool {
				return slices.Contains(codes, v.Code) && (v.Pointer == pointer || strings.HasPrefix(v.Pointer, pointer+"/")) && !matched[v.Pointer]
			})
			switch rule := differs(file, pointer); {
			case i >= 0:
				matched[report.Violations[i].Pointer] = true
				agree++
			case rule != "":
				theirs[rule]++
			default:
				t.Errorf("%s: %s: not found by us: %v", file, finding, report.Violations)
			}
		}
		for _, v := range report.Violations {
			kind := strings.HasPrefix(v.Code, "timestamp_") || v.Code == idmefv2.CodeAttachmentContent || v.Code == idmefv2.CodeURI || v.Code == idmefv2.CodePort
			if !kind || matched[v.Pointer] {
				continue
			}
			if rule := differs(file, v.Pointer); rule != "" {
				ours[rule]++
			} else {
				t.Errorf("%s: found only by us: %s", file, v)
			}
		}
	}
	t.Logf("%d findings agree; only theirs: %v; only ours: %v", agree, theirs, ours)
}

// kindOf returns where a finding of the other implementation is, and what we
// call it.
func kindOf(t *testing.T, finding string) (pointer string, codes []string) {
	t.Helper()
	for _, kind := range kindsOfFindings {
		if strings.Contains(finding, kind.text) {
			place, _, _ := strings.Cut(strings.TrimPrefix(finding, "format: "), " ")
			return "/" + strings.TrimSuffix(place, ":"), kind.codes
		}
	}
	t.Fatalf("unknown kind of finding: %s", finding)
	return "", nil
}
