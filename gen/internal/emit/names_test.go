package emit

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secmodel/secmodel/internal/model"
)

func TestExported(t *testing.T) {
	for name, want := range map[string]string{
		"ext-Category":         "ExtCategory",
		"OrganisationId":       "OrganisationID",
		"CorrelID":             "CorrelID",
		"UnLocation":           "UnLocation",
		"src_ips":              "SrcIPs",
		"SourceIPs":            "SourceIPs",
		"HTTPRequest":          "HTTPRequest",
		"http_request":         "HTTPRequest",
		"ipv4_addr":            "IPv4Addr",
		"sha256":               "SHA256",
		"ja4_fingerprint_list": "JA4FingerprintList",
		"class_uid":            "ClassUID",
		"x509Cert":             "X509Cert",
		"@timestamp":           "Timestamp",
		"a b":                  "AB",
		"flag_ids":             "FlagIDs",
		"d3fend":               "D3FEND",
		"étage":                "Étage",
		"--":                   "",
	} {
		if got := exported(name); got != want {
			t.Errorf("exported(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestUnexportedAndSnake(t *testing.T) {
	for name, want := range map[string][2]string{
		"Message":          {"message", "message"},
		"HTTPRequest":      {"httpRequest", "http_request"},
		"AnalyzerCategory": {"analyzerCategory", "analyzer_category"},
		"API":              {"api", "api"},
		"IPv4Addr":         {"ipv4Addr", "ipv4_addr"},
		"SrcIPv4":          {"srcIPv4", "src_ipv4"},
		"OAuthToken":       {"oauthToken", "oauth_token"},
		"D3FTactic":        {"d3fTactic", "d3f_tactic"},
		"D3FEND":           {"d3fend", "d3fend"},
		"IdPath":           {"idPath", "id_path"},
		"JA4Fingerprint":   {"ja4Fingerprint", "ja4_fingerprint"},
		"CategoryIDs":      {"categoryIDs", "category_ids"},
	} {
		if got := [2]string{unexported(name), snake(name)}; got != want {
			t.Errorf("unexported and snake of %q = %q, want %q", name, got, want)
		}
	}
}

func TestValueSuffixes(t *testing.T) {
	str := func(s string) model.Value { return model.Value{Str: s} }
	num := func(i int64, title string) model.Value { return model.Value{Int: i, Title: title} }
	tests := map[string]struct {
		kind   model.Kind
		values []model.Value
		want   []string // nil: an error
		err    string
	}{
		"words":      {model.String, []model.Value{str("Autonomous System"), str("1DLiS"), str("ext-value")}, []string{"AutonomousSystem", "1DLiS", "ExtValue"}, ""},
		"own case":   {model.String, []model.Value{str("IDS"), str("ids"), str("NET.NIDS")}, []string{"IDS", "IDs", "NETNIDS"}, ""},
		"signs":      {model.String, []model.Value{str("a.b"), str("a-b"), str("<"), str("c+")}, []string{"ADotB", "ADashB", "Less", "C"}, ""},
		"captions":   {model.Integer, []model.Value{num(0, "Unknown"), num(99, "Other")}, []string{"Unknown", "Other"}, ""},
		"numbers":    {model.Integer, []model.Value{num(1, ""), num(-1, ""), num(2, "Two"), num(3, "two")}, []string{"1", "Minus1", "Two2", "Two3"}, ""},
		"x-go":       {model.String, []model.Value{{Str: "2.D.V08", Go: "V08"}, str("v")}, []string{"V08", "V"}, ""},
		"same":       {model.String, []model.Value{str("ab"), str("Ab")}, nil, `values "ab" and "Ab" would both be called Ab`},
		"x-go taken": {model.String, []model.Value{{Str: "x", Go: "Y"}, str("y")}, nil, "would both be called Y"},
		"nothing":    {model.String, []model.Value{str(" ")}, nil, "no letters or digits"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := valueSuffixes(&model.Type{Name: "e", Kind: tt.kind, Values: tt.values})
			if tt.err != "" {
				if err == nil || !strings.Contains(err.Error(), tt.err) {
					t.Fatalf("error %v, want one with %q", err, tt.err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestValueSuffixesIgnoreOrder: a value that is added, wherever it stands, must
// not rename others unless they clash.
func TestValueSuffixesIgnoreOrder(t *testing.T) {
	values := []model.Value{{Str: "a.b"}, {Str: "a-b"}, {Str: "c"}, {Str: "d e"}}
	forward, err := valueSuffixes(&model.Type{Name: "e", Kind: model.String, Values: values})
	if err != nil {
		t.Fatal(err)
	}
	backward := []model.Value{values[3], values[2], values[1], values[0]}
	got, err := valueSuffixes(&model.Type{Name: "e", Kind: model.String, Values: backward})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{forward[3], forward[2], forward[1], forward[0]}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
