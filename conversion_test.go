package secmodel_test

import (
	"encoding/json"
	"testing"

	"github.com/secmodel/secmodel"
)

func TestChange(t *testing.T) {
	c := secmodel.Change{Severity: secmodel.Warning, Code: secmodel.ChangeApproximated, Pointer: "/a", Target: "/b", Value: json.RawMessage(`[1]`), Note: "close"}
	for want, c := range map[string]secmodel.Change{
		"approximated /a -> /b: close": c,
		"approximated /a: close":       {Code: c.Code, Pointer: "/a", Target: "/a", Note: "close"},
		"carried /a":                   {Code: secmodel.ChangeCarried, Pointer: "/a"},
		"residue_incomplete: lost":     {Code: secmodel.ChangeIncomplete, Note: "lost"},
	} {
		if got := c.String(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	text, err := json.Marshal(secmodel.ConversionReport{From: identity, To: identity, Entries: []secmodel.Change{c}, Lossless: true})
	if err != nil {
		t.Fatal(err)
	}
	want := `{"from":{"format":"idmefv2","version":"2.D.V08","class":"message"},"to":{"format":"idmefv2","version":"2.D.V08","class":"message"},` +
		`"entries":[{"severity":"warning","code":"approximated","pointer":"/a","target":"/b","value":[1],"note":"close"}],"lossless":true}`
	if string(text) != want {
		t.Errorf("%s\nwant %s", text, want)
	}
}

func TestConversionReportCount(t *testing.T) {
	r := secmodel.ConversionReport{Entries: []secmodel.Change{{Code: "a"}, {Code: "b"}, {Code: "a"}}}
	if r.Count("a") != 2 || r.Count("b") != 1 || r.Count("c") != 0 {
		t.Error("miscounted")
	}
}
