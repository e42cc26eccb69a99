package lookup

import (
	"slices"
	"strings"
)

// Codes lists all codes of violations, suspicions, repairs and conversions.
func Codes() []Entry {
	list := slices.Concat(generalCodes(), formatCodes(), suspicionCodes(), changeCodes())
	for i := range list {
		list[i].Link = codePage(list[i].Of)
	}
	return list
}

// codePage returns the page on codes of a kind.
func codePage(of string) string {
	const docs = "https://github.com/secmodel/secmodel/blob/main/docs/"
	switch of {
	case "suspicion":
		return docs + "suspicions.md"
	case "repair":
		return docs + "repair.md"
	}
	return docs + "violations.md"
}

// codes returns the code of this name, if it occurs in the format.
func codes(format, name string) []Entry {
	return slices.DeleteFunc(Codes(), func(e Entry) bool {
		return !strings.EqualFold(e.Name, name) || format != "" && len(e.Formats) > 0 && !slices.Contains(e.Formats, format)
	})
}

// codeNames lists the names of all codes.
func codeNames() []string {
	var list []string
	for _, e := range Codes() {
		list = append(list, e.Name)
	}
	return list
}
