package wiretest_test

import (
	"runtime"
	"strings"
	"testing"
	"unsafe"

	"github.com/secmodel/secmodel/ocsf"
	"github.com/secmodel/secmodel/wire"
)

// TestObjectsThatDoNotFit checks a list of very many objects that is no list of
// objects: each is read once more, which must not take memory for the whole table,
// 20 kB each time.
func TestObjectsThatDoNotFit(t *testing.T) {
	const n = 20_000
	data := []byte(`{"class_uid":3002,"metadata":{"version":"1.1.0"},"enrichments":[` + strings.Repeat(`{"name":"a","value":"b","data":{}},`, n) + `5]}`)
	var x ocsf.Authentication
	if err := wire.UnmarshalJSON(&x, data); err != nil {
		t.Fatal(err)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	r := x.Check()
	runtime.ReadMemStats(&after)
	if used := after.TotalAlloc - before.TotalAlloc; used > 12_000*n {
		t.Errorf("%d bytes were allocated to check %d", used, len(data))
	}
	found := false
	for _, v := range r.Violations {
		found = found || v.Pointer == "/enrichments/20000"
	}
	if !found {
		t.Errorf("the element that is no object is not among %d violations", len(r.Violations))
	}
}

// TestUnknownMembersAreCounted reads very many objects that each have nothing but
// a member that their type does not have: the maps for these count to the memory
// that a document may take.
func TestUnknownMembersAreCounted(t *testing.T) {
	const n = 400_000
	// So long that there is room for the objects, which count as a list that grows by
	// doubling, and for less than half of the maps.
	long := strings.Repeat("x", (int(unsafe.Sizeof(ocsf.Enrichment{}))*21/8+160)/32-len(`{"":""},`))
	data := []byte(`{"class_uid":3002,"enrichments":[` + strings.Repeat(`{"":"`+long+`"},`, n) + `{}]}`)
	var x ocsf.Authentication
	err := wire.UnmarshalJSON(&x, data)
	if err == nil || !strings.Contains(err.Error(), "too much memory") {
		t.Errorf("%v for %d bytes of %d objects", err, len(data), len(x.Enrichments))
	}
	few := []byte(`{"class_uid":3002,"enrichments":[` + strings.Repeat(`{"name":"a","value":"b","unknown":1},`, n/10) + `{}]}`)
	if err := wire.UnmarshalJSON(&x, few); err != nil || len(x.Enrichments) != n/10+1 {
		t.Errorf("%v, %d objects", err, len(x.Enrichments))
	}
}

// TestListsThatDoNotFit reads lists within lists of which none is one of objects
// only: what the inner ones have left must not stay for each of the outer ones.
func TestListsThatDoNotFit(t *testing.T) {
	const levels = 25
	long := `{"name":"` + strings.Repeat("x", 1<<20) + `"}`
	data := []byte(`{"class_uid":2004,"finding_info":{"analytic":` + strings.Repeat(`{"related_analytics":[`, levels) + long + strings.Repeat(`,5]}`, levels) + `}}`)
	var before, after runtime.MemStats
	var x ocsf.DetectionFinding
	runtime.ReadMemStats(&before)
	if err := wire.UnmarshalJSON(&x, data); err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&after)
	if used := after.TotalAlloc - before.TotalAlloc; used > 6*uint64(len(data)) {
		t.Errorf("%d bytes were allocated for %d", used, len(data))
	}
	if x.FindingInfo == nil || x.FindingInfo.Analytic == nil || len(x.FindingInfo.Analytic.Extra["related_analytics"]) < 1<<20 {
		t.Error("the outermost list is lost")
	}
}
