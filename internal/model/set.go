package model

import (
	"fmt"
	"strings"
)

// Set is a set of versions: bit i stands for Schema.Versions[i]. A set that
// goes on to the newest version has all higher bits too, so that importing the
// next version extends it.
type Set uint64

// All is the set of every version, past and to come.
const All = ^Set(0)

// Has reports whether version i is in the set.
func (s Set) Has(i int) bool { return s>>i&1 != 0 }

// Single returns the set of version i alone.
func Single(i int) Set { return 1 << i }

// From returns the set of version i and all after it.
func From(i int) Set { return All << i }

// Format gives the set as text: "*" for all versions; else ranges of names,
// "2.D.V02..2.D.V05", "2.D.V07..", separated by ", "; "" for the empty set. A
// range that reaches the newest version without the bits beyond it is written
// with its end, and stays closed when a version is added.
func (s Set) Format(versions []Version) string {
	if s == All {
		return "*"
	}
	n := len(versions)
	var parts []string
	for i := 0; i < n; {
		if !s.Has(i) {
			i++
			continue
		}
		j := i
		for j+1 < n && s.Has(j+1) {
			j++
		}
		from, to := versions[i].Name, versions[j].Name
		switch {
		case j == n-1 && s>>n == All>>n:
			parts = append(parts, from+"..")
		case i == j:
			parts = append(parts, from)
		default:
			parts = append(parts, from+".."+to)
		}
		i = j + 1
	}
	return strings.Join(parts, ", ")
}

// ParseSet reads what Format writes. "..B" means up to and including B.
func ParseSet(text string, versions []Version) (Set, error) {
	switch text {
	case "*":
		return All, nil
	case "":
		return 0, nil
	}
	find := func(name string) (int, error) {
		for i, v := range versions {
			if v.Name == name {
				return i, nil
			}
		}
		return 0, fmt.Errorf("version set %q: no version %q", text, name)
	}
	var s Set
	for part := range strings.SplitSeq(text, ",") {
		from, to, ranged := strings.Cut(strings.TrimSpace(part), "..")
		i, j := 0, 63
		var err error
		if from != "" || !ranged {
			if i, err = find(from); err != nil {
				return 0, err
			}
		}
		switch {
		case !ranged:
			j = i
		case to != "":
			if j, err = find(to); err != nil {
				return 0, err
			}
		}
		if j < i {
			return 0, fmt.Errorf("version set %q: %q runs backwards", text, part)
		}
		s |= From(i) &^ (From(j) << 1)
	}
	return s, nil
}
