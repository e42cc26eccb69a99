package emit

import (
	"fmt"
	"go/constant"
	"go/token"
	"go/types"
	"strings"
	"testing"

	"github.com/secmodel/secmodel/internal/model"
)

// evaluate computes an expression of sets from the constants that are declared
// for it.
func evaluate(t *testing.T, s *sets, expr string) uint64 {
	t.Helper()
	w := &writer{}
	s.write(w)
	src := "package p\ntype Versions uint32\n" + strings.ReplaceAll(w.b.String(), "wire.", "")
	fset := token.NewFileSet()
	pkg := types.NewPackage("p", "p")
	file := parse(t, fset, src)
	checker := types.NewChecker(&types.Config{}, fset, pkg, nil)
	if err := checker.Files(file); err != nil {
		t.Fatalf("%v in:\n%s", err, src)
	}
	value, err := types.Eval(fset, pkg, token.NoPos, expr)
	if err != nil {
		t.Fatalf("%s: %v", expr, err)
	}
	bits, exact := constant.Uint64Val(constant.ToInt(value.Value))
	if !exact {
		t.Fatalf("%s = %v", expr, value.Value)
	}
	return bits
}

// TestExpr: what is written has the value of the set, for every set of four
// versions, open and closed.
func TestExpr(t *testing.T) {
	versions := []model.Version{{Name: "2.D.V01"}, {Name: "1.8.0"}, {Name: "1.10"}, {Name: "x"}}
	for bits := range model.Set(1 << len(versions)) {
		for _, open := range []bool{false, true} {
			set := bits
			if open {
				if !set.Has(len(versions) - 1) {
					continue
				}
				set |= model.From(len(versions))
			}
			s, err := newSets(versions)
			if err != nil {
				t.Fatal(err)
			}
			if got, want := evaluate(t, s, s.expr(set)), uint64(uint32(set)); got != want {
				t.Errorf("%s = %#x, want %#x", s.expr(set), got, want)
			}
			const known = 1<<4 - 1
			if got, want := evaluate(t, s, s.absent(set))&known, uint64(^set)&known; got != want {
				t.Errorf("absent: %s = %#x, want %#x", s.absent(set), got, want)
			}
		}
	}
}

// TestExprStable: a version that is added changes the text of no set that it
// does not change, and what goes on goes on into it.
func TestExprStable(t *testing.T) {
	versions := []model.Version{{Name: "V1"}, {Name: "V2"}, {Name: "V3"}}
	for _, text := range []string{"*", "V1", "V2", "V3", "V1..V2", "V2..V3", "..V3", "V2..", "V1, V3..", "V1, V3"} {
		var written []string
		for _, list := range [][]model.Version{versions, append(versions[:3:3], model.Version{Name: "V4"})} {
			set, err := model.ParseSet(text, list)
			if err != nil {
				t.Fatal(err)
			}
			s, err := newSets(list)
			if err != nil {
				t.Fatal(err)
			}
			written = append(written, s.expr(set))
			open := strings.HasSuffix(text, "..") || text == "*"
			if got := evaluate(t, s, s.expr(set))>>3&1 != 0; got != open {
				t.Errorf("%q has the next version: %t, want %t", text, got, open)
			}
		}
		if written[0] != written[1] {
			t.Errorf("%q is written %s, and with a version more %s", text, written[0], written[1])
		}
	}
}

func TestSetWords(t *testing.T) {
	versions := []model.Version{{Name: "V1"}, {Name: "V2"}, {Name: "V3"}, {Name: "V4"}}
	s, err := newSets(versions)
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"*":          "",
		"V2..":       "since V2",
		"..V2":       "until V2",
		"V1":         "in V1",
		"V3":         "in V3",
		"V2..V3":     "in V2 to V3",
		"V1, V3..":   "in V1, since V3",
		"V1..V2, V4": "in V1 to V2, in V4",
		"":           "in no version",
	} {
		set, err := model.ParseSet(text, versions)
		if err != nil {
			t.Fatal(err)
		}
		if got := s.words(set); got != want {
			t.Errorf("words of %q: %q, want %q", text, got, want)
		}
	}
}

func TestNewSetsRefuses(t *testing.T) {
	many := make([]model.Version, maxVersions+1)
	for i := range many {
		many[i].Name = fmt.Sprint("v", i)
	}
	for name, versions := range map[string][]model.Version{
		"too many":   many,
		"same names": {{Name: "1-a"}, {Name: "1.a"}},
		"no name":    {{Name: "-"}},
	} {
		if _, err := newSets(versions); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
