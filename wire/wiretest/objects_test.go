package wiretest_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"unsafe"

	"github.com/secmodel/secmodel/ocsf"
	"github.com/secmodel/secmodel/wire"
)

// TestRoomWithoutMemory reads documents near the limit of memory with decoders
// that expect lists of various lengths, into fresh and into used memory: whether a
// document has too much must not depend on that.
func TestRoomWithoutMemory(t *testing.T) {
	list := func(n, after int) []byte {
		return []byte(`{"class_uid":3002,"osint":[{}` + strings.Repeat(`,{}`, n-1) + `],"raw_data":"` + strings.Repeat("x", after) + `"}`)
	}
	// The room of the second half of the lists is not enough.
	room := wire.Room(1 << 20)
	each := int(unsafe.Sizeof(ocsf.OSINT{}))
	for n := 1024; n < 4*room/each && 3*n < 1<<20; n *= 2 {
		text := list(n, 1<<20-3*n)
		want := ""
		for _, first := range []int{0, 1, 3, 8} {
			for _, reuse := range []bool{false, true} {
				d := &wire.Decoder{Reuse: reuse}
				var e ocsf.Authentication
				if first > 0 {
					if err := d.Decode(&e, list(first, 0)); err != nil {
						t.Fatal(err)
					}
				}
				got := fmt.Sprint(d.Decode(&e, text))
				if want == "" {
					want = got
				}
				if got != want {
					t.Errorf("%d objects after a list of %d, reused %v: %s, else %s", n, first, reuse, got, want)
				}
			}
		}
		t.Logf("%d objects: %s", n, want)
	}
}

// TestExpectedMemory reads lists that do not go on as they began, within each
// other and beside each other: what is allocated for objects that are expected is
// bounded for all of them together.
func TestExpectedMemory(t *testing.T) {
	const size = 8 << 20
	many := `{}` + strings.Repeat(`,{}`, 64)
	var beside strings.Builder
	for _, name := range []string{"osint", "resources", "vulnerabilities", "evidences", "malware", "tickets", "attacks", "observables"} {
		fmt.Fprintf(&beside, `,"%s":[%s]`, name, many)
	}
	const levels = 26
	within := `{"related_analytics":[` + strings.Repeat(`{"related_analytics":[`, levels) +
		strings.Repeat(many+`]},`, levels) + `{}]}`
	for name, text := range map[string]string{
		"beside": `{"class_uid":2004` + beside.String(),
		"within": `{"class_uid":2004,"finding_info":{"analytic":` + within + `}`,
	} {
		text := []byte(text + strings.Repeat(" ", size) + `}`)
		for _, reuse := range []bool{false, true} {
			d := &wire.Decoder{Reuse: reuse}
			var e ocsf.DetectionFinding
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			if err := d.Decode(&e, text); err != nil {
				t.Fatal(err)
			}
			runtime.ReadMemStats(&after)
			used := after.TotalAlloc - before.TotalAlloc
			t.Logf("%s, reused %v: %d bytes for %d", name, reuse, used, len(text))
			if used > 5*size {
				t.Errorf("%s, reused %v: %d bytes for %d", name, reuse, used, len(text))
			}
		}
	}
}
