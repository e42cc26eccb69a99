package pattern

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// expressions is what the tests compile: each feature of the syntax, and those
// of the specifications that are of a kind of their own.
var expressions = []string{
	// The empty expression, literals, anchors.
	``, `^$`, `$^`, `^`, `$`, `a`, `^a`, `a$`, `^a$`, `abc`, `aab`, `aaab$`, `^^a$$`, `a^b`, `a$b`,
	`\Aab\z`, `(?:^a|b$)`, `(^a|b)c`, `a|^`, `(?:a|^)b`, `(a|$)(b|$)`,
	// Alternatives, repetition, groups.
	`a|b`, `^(?:a|b|ab)$`, `^(?:a|ab)(?:c|bcd)$`, `a*`, `^a*$`, `^a+$`, `^a?$`, `^(ab)*$`, `^(a*)*$`, `^(a|b)*ab$`,
	`^a{3}$`, `^a{2,}$`, `^a{2,4}$`, `^(?:a{2}){3}$`, `^a{0}$`, `^(a?){5}$`, `a{3}b`, `^a??b+?c*?$`, `(?P<x>a)(?<y>b)`, `(?U)a+b`,
	`(a|b)*a(a|b){4}`, `^(?:(?:ab|ba)(?:a|b){2})+$`, `()`, `(|a)+b`, `^(?:|a|b)$`,
	// Classes.
	`[abc]`, `^[a-z]+$`, `^[^a-z]+$`, `^[[:alpha:]]+$`, `^[[:^digit:]]+$`, `^\d+$`, `^\D+$`, `\w`, `^\W+$`, `\s`, `^\S+$`,
	`^[\]\-^\\]+$`, `[^\x00-\x{10FFFF}]`, `^[\x00-\x{10FFFF}]$`, `[^a]`, `^[\x{7f}-\x{80}]$`, `^[\x{7ff}-\x{800}]$`,
	`^[\x{ffff}-\x{10000}]$`, `^[\x{d7ff}-\x{e000}]$`, `\x{10ffff}`, `\x{fffd}`, `^[a-zé-ü€😀]+$`, `\x00`, `\Q.*\E`,
	// Any rune.
	`.`, `^.$`, `^.*$`, `^.+x`, `(?s).`, `(?s)^.$`, `(?s)^.*x$`, `^.{2,3}$`,
	// Unicode classes.
	`^\pL+$`, `^\PL+$`, `\p{Greek}`, `^\p{Lu}\p{Ll}*$`, `^[\p{Nd}_]+$`, `^\p{^Han}$`, `\pZ`, `^[^\pL\pN]*$`, `(?i)\p{Lu}`,
	// Case folding.
	`(?i)^abc$`, `(?i)k`, `(?i)^s+$`, `(?i)^straße$`, `(?i)^[k-s]+$`, `(?i)^[^k]$`, `(?i)σ`, `a(?i)b(?-i)c`, `(?i:é)x`,
	// Assertions within the text.
	`\b`, `\B`, `^\b`, `\b$`, `^\B`, `\B$`, `\ba`, `a\b`, `\Ba`, `a\B`, `\bab\b`, `\Bab\B`, `^\b.\b$`, `a\b\Bb`, `a\bb`, `é\Bé`,
	`\B\B`, `\b\b`, `(?:\b|x)a`, `(?:\B|x)a`, `(\ba|\Bb)+$`, `^(?:\w+\b\W*)*$`, `\bé`, `é\b`, `^\Bé\B$`, `x*\B`, `(?:^|\B)é`,
	`\b(TA\d{4}|T\d{4}(\.\d{3})?)\b`,
	`(?m)^`, `(?m)$`, `(?m)^$`, `(?m)^a$`, `(?m)^a$\n^b$`, `(?m)$\n`, `(?m)a$|^b`, `(?m)^\b`, `(?m)\B$`, `(?m)a\nb`, `(?m:^a)b$`,
	`(?m)\Aa$`, `(?m)^a\z`, `a\n$`, `\n$`, `(?m)(?:^|,)a(?:,|$)`, `^\n|\n$`,
	// More states than one byte holds.
	`^.{1,64}$`, `^(?:\p{Greek}|\p{Cyrillic}){1,12}$`, `^[0-9]{300}$`, `^(?:[a-z]{1,20}\.){1,10}[a-z]{2,20}$`,
	// Of the specifications: identifiers, names, times, addresses, types of media.
	`^[a-zA-Z0-9]+$`, uuid, `[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}`,
	timestamp, `^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(?:\.\d+)?([Zz]|[\+-]\d{2}:\d{2})?$`,
	`^[-+]?([0-9]+(\.[0-9]*)?)(, ?[-+]?([0-9]+(\.[0-9]*)?)){1,2}$`, `^[A-Z]{2} ?[A-Z]{3}$`,
	`^[a-zA-Z0-9](-?[a-zA-Z0-9])*$`, `^[a-zA-Z0-9-]+:([a-fA-F0-9]{2})+$`, mediatype,
	`^([0-9A-Fa-f]{2}[:-]){5}([0-9A-Fa-f]{2})$`, "^[a-zA-Z0-9!#$%&'*+-/=?^_`{|}~.]+@[a-zA-Z0-9-]+\\.[a-zA-Z0-9-.]+$",
	`^(?:(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)|(?:[A-Za-z0-9_-]{4})*(?:[A-Za-z0-9_-]{2}==|[A-Za-z0-9_-]{3}=))?$`,
	ip,
}

// Expressions of IDMEFv2.
const (
	uuid      = `^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$`
	timestamp = `^[0-9]{4}-(0[0-9]|1[012])-([0-2][0-9]|3[01])T([0-1][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\.[0-9]+)?` +
		`(Z|[-+]([0-1][0-9]|2[0-3]):[0-5][0-9])?$`
	mimeToken = "[-!#$%&'*+.^_`|~0-9a-zA-Z]+"
	mediatype = `^` + mimeToken + `/` + mimeToken + `([ ` + "\t" + `]*;[ ` + "\t" + `]*` + mimeToken + `=(` + mimeToken +
		`|"([\x5D-~` + "\t" + ` !#-\x5B]|\\([` + "\t" + ` 0-9a-zA-Z]))*"))*$`
	ip = `^(((25[0-5]|2[0-4][0-9]|[01]?[0-9][0-9]?)\.){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9][0-9]?)` +
		`|([0-9a-fA-F]{1,4}:){7,7}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){1,7}:` +
		`|([0-9a-fA-F]{1,4}:){1,6}:[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){1,5}(:[0-9a-fA-F]{1,4}){1,2}` +
		`|([0-9a-fA-F]{1,4}:){1,4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){1,3}(:[0-9a-fA-F]{1,4}){1,4}` +
		`|([0-9a-fA-F]{1,4}:){1,2}(:[0-9a-fA-F]{1,4}){1,5}|[0-9a-fA-F]{1,4}:((:[0-9a-fA-F]{1,4}){1,6})` +
		`|:((:[0-9a-fA-F]{1,4}){1,7}|:)|fe80:(:[0-9a-fA-F]{0,4}){0,4}%[0-9a-zA-Z]{1,}` +
		`|::(ffff(:0{1,4}){0,1}:){0,1}((25[0-5]|(2[0-4]|1{0,1}[0-9]){0,1}[0-9])\.){3,3}(25[0-5]|(2[0-4]|1{0,1}[0-9]){0,1}[0-9])` +
		`|([0-9a-fA-F]{1,4}:){1,4}:((25[0-5]|(2[0-4]|1{0,1}[0-9]){0,1}[0-9])\.){3,3}(25[0-5]|(2[0-4]|1{0,1}[0-9]){0,1}[0-9]))$`
)

// specifications is where the upstream files are, if they are there.
const specifications = "../../../../shared/specs"

// upstream reads all expressions of the specifications, sorted.
func upstream(t testing.TB) []string {
	t.Helper()
	var files []string
	for _, glob := range []string{"idmefv2/*/IDMEFv2.schema", "ocsf/*/dictionary.json"} {
		found, err := filepath.Glob(filepath.Join(specifications, glob))
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, found...)
	}
	if len(files) == 0 {
		t.Skipf("no files of the specifications in %s", specifications)
	}
	var all []string
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var doc any
		if err := json.Unmarshal(data, &doc); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		all = collect(all, doc)
	}
	slices.Sort(all)
	all = slices.Compact(all)
	if len(all) < 20 {
		t.Fatalf("%d expressions in the specifications, want at least 20", len(all))
	}
	return all
}

// collect appends the values of all members "pattern" and "regex".
func collect(to []string, doc any) []string {
	switch doc := doc.(type) {
	case map[string]any:
		for key, value := range doc {
			if text, ok := value.(string); ok && (key == "pattern" || key == "regex") {
				to = append(to, text)
			} else {
				to = collect(to, value)
			}
		}
	case []any:
		for _, value := range doc {
			to = collect(to, value)
		}
	}
	return to
}
