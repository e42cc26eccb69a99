package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// variable is the environment variable that chooses a mutant by its number.
const variable = "SECMODEL_RULE_MUTANT"

// slow are tests that need not run to notice a mutant: what they see, quicker
// tests see too.
const slow = "Fuzz|Generated|Parallel|Concurrent|SecondOpinion|Convert|ForVersion|Restore|Repair|Normalize|Golden|Alloc|Corpus|Verdicts|Field|Schema|Full|Binary|Oracle|Enrich|Real|Apart|Repeated|Residue|Observables|Tables|Mutations|ManyMembers|SharedEvents|AfterBurst|LongNames"

// compile builds the tests of a package with all mutants in it.
func compile(dir, name string) error {
	cmd := exec.Command("go", "test", "-c", "-overlay", filepath.Join(dir, "overlay.json"), "-o", program(dir, name), "./"+name)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("tests of %s: %w\n%s", name, err, out)
	}
	return nil
}

func program(dir, name string) string {
	return filepath.Join(dir, strings.ReplaceAll(name, "/", "_")+".test")
}

// test runs the tests of a package with one mutant in force, and reports whether
// they succeed. A panic, or a run that does not end, is no success.
func test(dir, name string, mutant int) (out []byte, ok bool) {
	cmd := exec.Command(program(dir, name), "-test.short", "-test.failfast", "-test.timeout=60s", "-test.skip="+slow)
	cmd.Dir = filepath.FromSlash(name)
	cmd.Env = append(os.Environ(), fmt.Sprintf("%s=%d", variable, mutant))
	out, err := cmd.CombinedOutput()
	return out, err == nil
}
