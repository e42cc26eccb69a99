// Command rulemutate shows that every rule is tested: it disables each rule
// function, and each single application of a rule, one at a time, and runs the
// tests of the packages that should notice.
//
//	go run ./internal/rulemutate                 # all of it; some minutes
//	go run ./internal/rulemutate -match 'idmefv2/rules_hash'
//	go run ./internal/rulemutate -list
//
// It prints the mutants that no test notices, and exits with status 1 if there
// are any beyond those that explained.go has a reason for, or if a reason there
// is out of date. The repository is not changed: the mutants are compiled into
// copies of the files (go build -overlay), all at once, and chosen by an
// environment variable, so that each package is compiled once and not once for
// each mutant.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
)

// target is a set of files to mutate, and where mutants should be noticed.
type target struct {
	globs []string
	tests []string // packages, the likeliest first
}

// targets lists the files that hold rules.
var targets = []target{
	{
		[]string{"idmefv2/rules*.go", "idmefv2/lint*.go"},
		[]string{"idmefv2"},
	},
	{
		[]string{"mozdef/rules*.go", "mozdef/lint*.go"},
		[]string{"mozdef"},
	},
	{
		[]string{"ocsf/rules.go", "ocsf/classification.go", "ocsf/observables.go", "ocsf/bundle_rules.go", "ocsf/lint*.go"},
		[]string{"ocsf"},
	},
	{
		[]string{"wire/check.go", "wire/sibling.go", "wire/values.go", "wire/nearest.go"},
		[]string{"wire", "idmefv2", "mozdef", "ocsf"},
	},
	{
		[]string{"internal/lint/*.go"},
		[]string{"internal/lint", "idmefv2", "mozdef", "ocsf"},
	},
}

func main() {
	match := flag.String("match", "", "only mutants whose name matches this regular expression")
	list := flag.Bool("list", false, "list the mutants and run nothing")
	jobs := flag.Int("jobs", 2, "how many mutants to run at a time")
	verbose := flag.Bool("v", false, "also say of each mutant which package noticed it")
	flag.Parse()
	filter, err := regexp.Compile(*match)
	if err == nil {
		err = run(filter, *list, *verbose, max(*jobs, 1))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "rulemutate:", err)
		os.Exit(1)
	}
}

// run does what the command is for, in the working directory, which is the root
// of the repository.
func run(filter *regexp.Regexp, list, verbose bool, jobs int) error {
	began := time.Now()
	dir, err := os.MkdirTemp("", "rulemutate")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	p, err := plan(dir)
	if err != nil {
		return err
	}
	chosen := p.chosen(filter)
	if list {
		for _, n := range chosen {
			fmt.Println(p.mutants[n-1].Name)
		}
		return nil
	}
	if err := p.build(chosen); err != nil {
		return err
	}
	survivors := p.survivors(chosen, jobs, verbose)
	fmt.Printf("%d mutants, %d noticed by a test, %s\n", len(chosen), len(chosen)-len(survivors), time.Since(began).Round(time.Second))
	return p.judge(chosen, survivors)
}

// judge compares the survivors with those that are explained.
func (p *planned) judge(chosen []int, survivors map[int]bool) error {
	bad := 0
	known := map[string]bool{}
	for _, m := range p.mutants {
		known[m.Name] = true
	}
	for _, n := range chosen {
		name := p.mutants[n-1].Name
		switch _, reason := explained[name]; {
		case survivors[n] && !reason:
			fmt.Println("not noticed:", name)
			bad++
		case !survivors[n] && reason:
			fmt.Println("explained, and noticed all the same:", name)
			bad++
		}
	}
	for name := range explained {
		if !known[name] {
			fmt.Println("explained, and not there:", name)
			bad++
		}
	}
	if bad > 0 {
		return fmt.Errorf("%d of %d mutants are not as they should be", bad, len(chosen))
	}
	if len(survivors) > 0 {
		fmt.Printf("the other %d are explained\n", len(survivors))
	}
	return nil
}

// planned is all mutants, their overlay, and the test programs.
type planned struct {
	dir     string
	mutants []mutant // mutant n is at n-1
	tests   map[string][]string
	overlay struct{ Replace map[string]string }
}

// plan writes the overlay to dir.
func plan(dir string) (*planned, error) {
	p := &planned{dir: dir, tests: map[string][]string{}}
	p.overlay.Replace = map[string]string{}
	for _, t := range targets {
		packages := map[string]bool{}
		for _, glob := range t.globs {
			paths, err := filepath.Glob(glob)
			if err != nil {
				return nil, err
			}
			for _, path := range paths {
				if strings.HasSuffix(path, "_test.go") {
					continue
				}
				if err := p.file(path); err != nil {
					return nil, err
				}
				packages[filepath.Dir(path)] = true
			}
		}
		if len(packages) == 0 {
			return nil, fmt.Errorf("no file matches %q; run from the root of the repository", t.globs)
		}
		for name := range packages {
			p.tests[name] = t.tests
			if err := p.add(filepath.Join(name, "rule_mutant_switch.go"), switchFile(filepath.Base(name))); err != nil {
				return nil, err
			}
		}
	}
	text, err := json.Marshal(p.overlay)
	if err != nil {
		return nil, err
	}
	return p, os.WriteFile(filepath.Join(dir, "overlay.json"), text, 0o600)
}

func (p *planned) file(path string) error {
	source, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	instrumented, mutants, err := instrument(path, source, len(p.mutants)+1)
	if err != nil {
		return err
	}
	p.mutants = append(p.mutants, mutants...)
	return p.add(path, instrumented)
}

// add puts a file into the overlay.
func (p *planned) add(path string, text []byte) error {
	absolute, err := filepath.Abs(path)
	if err != nil {
		return err
	}
	copied := filepath.Join(p.dir, strings.ReplaceAll(filepath.ToSlash(path), "/", "_"))
	p.overlay.Replace[absolute] = copied
	return os.WriteFile(copied, text, 0o600)
}

// switchFile is the file that a package needs for its mutants.
func switchFile(name string) []byte {
	return fmt.Appendf(nil, `package %s

import (
	"os"
	"strconv"
)

var %s, _ = strconv.Atoi(os.Getenv(%q))
`, name, switchName, variable)
}

func (p *planned) chosen(filter *regexp.Regexp) (numbers []int) {
	for i, m := range p.mutants {
		if filter.MatchString(m.Name) {
			numbers = append(numbers, i+1)
		}
	}
	return numbers
}

// build compiles the tests of the packages that the mutants need, and runs them
// once without any, which must succeed.
func (p *planned) build(chosen []int) error {
	var packages []string
	for _, n := range chosen {
		packages = append(packages, p.tests[p.mutants[n-1].Dir]...)
	}
	slices.Sort(packages)
	packages = slices.Compact(packages)
	if len(packages) == 0 {
		return errors.New("no mutant has such a name")
	}
	for _, name := range packages {
		if err := compile(p.dir, name); err != nil {
			return err
		}
		began := time.Now()
		if out, ok := test(p.dir, name, 0); !ok {
			return fmt.Errorf("the tests of %s fail without any mutant:\n%s", name, out)
		}
		fmt.Printf("%s: tests take %s\n", name, time.Since(began).Round(time.Millisecond))
	}
	return nil
}

// survivors runs the mutants and returns those that no test notices.
func (p *planned) survivors(chosen []int, jobs int, verbose bool) map[int]bool {
	survivors := map[int]bool{}
	var mu sync.Mutex
	var workers sync.WaitGroup
	numbers := make(chan int)
	for range jobs {
		workers.Go(func() {
			for n := range numbers {
				by := ""
				for _, name := range p.tests[p.mutants[n-1].Dir] {
					if _, ok := test(p.dir, name, n); !ok {
						by = name
						break
					}
				}
				mu.Lock()
				if by == "" {
					survivors[n] = true
				}
				if verbose && by != "" {
					fmt.Printf("%-14s %s\n", by, p.mutants[n-1].Name)
				}
				mu.Unlock()
			}
		})
	}
	for _, n := range chosen {
		numbers <- n
	}
	close(numbers)
	workers.Wait()
	return survivors
}
