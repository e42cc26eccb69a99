package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/secmodel/secmodel/gen/internal/emit"
	"github.com/secmodel/secmodel/gen/internal/upstream/idmefv2"
	"github.com/secmodel/secmodel/internal/jsontest"
)

// TestAddDraft generates the package from drafts 02 to 07, then with 08 as
// well: only lines that 08 changed differ.
func TestAddDraft(t *testing.T) {
	fsys := os.DirFS(jsontest.Shared(t, "specs", "idmefv2"))
	until07 := []string{"02", "03", "04", "05", "06", "07"}
	generated := func(drafts ...string) map[string]string {
		s, err := idmefv2.Import(fsys, drafts...)
		if err != nil {
			t.Fatal(err)
		}
		list, err := emit.Package(s, "idmefv2")
		if err != nil {
			t.Fatal(err)
		}
		files := map[string]string{}
		for _, f := range list {
			files[f.Name] = string(f.Data)
		}
		return files
	}
	before, after := generated(until07...), generated(append(until07, "08")...)

	// Which lines of each file may go, and which may come. The slots of hash
	// tables change with the names that they find, words and requirements with the
	// fields.
	slots := `|Seed:|Shift:|Slots:|Words:|Must:|^"(\\x[0-9a-f]{2})+" ?\+?,?$`
	type lines struct{ gone, come string }
	allowed := map[string]lines{
		"analyzer_gen.go":      {`\bID\b|Identifier`, `\bID\b|Identifier`}, // not required any more
		"category_gen.go":      {`.`, `.`},                                 // the draft shuffled the order
		"entity_sector_gen.go": {`.`, `.`},                                 // it renamed 41 values
		"message_gen.go":       {`Status|State of the alert` + slots, `Status|State of the alert|ReportTime|reported to others` + slots},
		"sensor_gen.go":        {`\bID\b|Identifier`, `\bID\b|Identifier`}, // not required any more
		"source_gen.go":        {`^import|wire"$` + slots, ``},             // the new enumeration of Category is here
		"status_gen.go":        {`^$` + slots, `Reported|V08` + slots},
		"table_gen.go":         {`Newest`, `V0[78]|Newest`},
		"target_gen.go":        {`^import|wire"$` + slots, ``}, // the new enumeration of Category is here
		"version_gen.go":       {`2\.D\.V07` + slots, `V08` + slots},
	}
	differ := 0
	for _, name := range union(before, after) {
		gone, come := difference(before[name], after[name])
		if len(gone)+len(come) == 0 {
			if _, ok := allowed[name]; ok {
				t.Errorf("%s: draft 08 changes nothing", name)
			}
			continue
		}
		differ++
		patterns, ok := allowed[name]
		if !ok {
			t.Errorf("%s: draft 08 changes it", name)
			continue
		}
		for _, line := range gone {
			if !regexp.MustCompile(patterns.gone).MatchString(strings.TrimSpace(line)) {
				t.Errorf("%s: draft 08 takes out the line %q", name, line)
			}
		}
		for _, line := range come {
			if !regexp.MustCompile(patterns.come).MatchString(strings.TrimSpace(line)) {
				t.Errorf("%s: draft 08 adds the line %q", name, line)
			}
		}
	}
	t.Logf("%d of %d files differ", differ, len(after))
}

// union returns the names of both sets of files, sorted.
func union(a, b map[string]string) []string {
	var names []string
	for name := range a {
		names = append(names, filepath.Base(name))
	}
	for name := range b {
		if _, ok := a[name]; !ok {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// difference returns the lines of a that b has not, or less often, and those of
// b that a has not.
func difference(a, b string) (gone, come []string) {
	count := map[string]int{}
	for line := range strings.SplitSeq(a, "\n") {
		count[line]++
	}
	for line := range strings.SplitSeq(b, "\n") {
		count[line]--
	}
	for line, n := range count {
		switch {
		case n > 0:
			gone = append(gone, line)
		case n < 0:
			come = append(come, line)
		}
	}
	slices.Sort(gone)
	slices.Sort(come)
	return gone, come
}
