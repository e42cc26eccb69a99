package wire

import (
	"encoding/json"
	"math/big"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/secmodel/secmodel"
)

// mend finds the mend of one value of a field. fits is false if the field cannot
// hold it, mended or not; without a mend, a value that fits may still be none
// that the tables admit.
func (r *mending) mend(typ *Type, f *Field, raw json.RawMessage) (v Verdict, fits bool) {
	text, isText := Text(raw)
	if isText && r.namesVersion(f) {
		if means := r.mender.Version(text); !r.isVersion(text) && r.isVersion(means) {
			return Verdict{Code: secmodel.RepairEnum, After: AppendString(nil, means)}, true
		}
		return Verdict{}, true
	}
	faulty := !r.accepts(f, raw, false)
	if !faulty && !isText {
		return Verdict{}, true
	}
	if faulty && isText {
		if after := r.spelling(f, text); after != nil {
			return Verdict{Code: secmodel.RepairEnum, After: after}, true
		}
	}
	v = r.mender.Value(&Value{Type: typ, Field: f, Raw: raw, Version: r.check.Version, Faulty: faulty, mending: r})
	if v.Code == "" && faulty {
		v = r.general(f, raw)
	}
	if v.Code == "" || v.Code == Leave || !r.accepts(f, v.After, true) {
		return Verdict{}, r.fits(f, raw)
	}
	return v, true
}

// accepts reports whether the tables admit a value of a field in the version. If
// it is not known which version that is, a value that others have is admitted
// too, unless strict.
func (r *mending) accepts(f *Field, raw json.RawMessage, strict bool) bool {
	k := f.Kind.scalarOf()
	if len(raw) == 0 {
		return false
	}
	if k == Object {
		return raw[0] == '{'
	}
	if text, ok := Text(raw); ok && r.namesVersion(f) {
		return r.isVersion(text)
	}
	c := &r.check
	c.Report.Violations, c.failed = c.Report.Violations[:0], false
	c.rawElement(f, k, raw, false)
	for i := range c.Report.Violations {
		switch c.Report.Violations[i].Code {
		case secmodel.CodeEnumDeprecated:
		case secmodel.CodeEnumUnknown:
			if s, ok := Text(raw); strict || r.known || !ok || k != String || !f.Scalar.Enum.HasString(s) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// fits reports whether a field can hold a value, right or wrong.
func (r *mending) fits(f *Field, raw json.RawMessage) bool {
	bare := Field{Key: f.Key, Kind: f.Kind, Flags: f.Flags, Child: f.Child}
	return r.accepts(&bare, raw, true)
}

// spelling returns the value of an enumeration that text is in other case or
// with stray spaces, nil if there is none or more than one.
func (r *mending) spelling(f *Field, text string) json.RawMessage {
	if f.Kind.scalarOf() != String || f.Scalar == nil || f.Scalar.Enum == nil {
		return nil
	}
	e := f.Scalar.Enum
	found := -1
	for i, value := range e.Strings {
		if e.Absent != nil && e.Absent[i]&r.check.bit != 0 || !SameLetters(text, value) {
			continue
		}
		if found >= 0 {
			return nil
		}
		found = i
	}
	if found < 0 {
		return nil
	}
	return AppendString(nil, e.Strings[found])
}

// general mends a value as any format would. What it returns may still not be
// admitted.
func (r *mending) general(f *Field, raw json.RawMessage) Verdict {
	text, isText := Text(raw)
	number := raw[0] == '-' || raw[0] >= '0' && raw[0] <= '9'
	trimmed := strings.TrimSpace(text)
	switch k := f.Kind.scalarOf(); {
	case k == String && isText:
		if trimmed != text {
			return Verdict{Code: secmodel.RepairWhitespace, After: AppendString(nil, trimmed)}
		}
	case k == String && (number && !strings.ContainsAny(string(raw), "eE") || raw[0] == 't' || raw[0] == 'f'):
		return Verdict{Code: secmodel.RepairText, After: AppendString(nil, string(raw))}
	case k == Int && isText:
		if n := wholeNumber(trimmed); n != nil {
			return Verdict{Code: secmodel.RepairNumber, After: n}
		}
		if n := r.captioned(f, text); n != nil {
			return Verdict{Code: secmodel.RepairCaption, After: n}
		}
	case (k == Int || k == IntOrString) && number:
		if n := wholeNumber(string(raw)); n != nil {
			return Verdict{Code: secmodel.RepairInteger, After: n}
		}
	case k == Float && isText:
		if isNumber(trimmed) {
			return Verdict{Code: secmodel.RepairNumber, After: json.RawMessage(trimmed)}
		}
	case k == Bool && isText:
		if word := strings.ToLower(trimmed); word == "true" || word == "false" {
			return Verdict{Code: secmodel.RepairNumber, After: json.RawMessage(word)}
		}
	}
	return Verdict{}
}

// isNumber reports whether text is that of a JSON number.
func isNumber(text string) bool {
	if text == "" || text[0] != '-' && (text[0] < '0' || text[0] > '9') {
		return false
	}
	s := scanner{src: text, maxDepth: 1}
	end, _ := s.number(0)
	return end == len(text)
}

// maxDigits is the most characters of a number that is looked at for being an
// integer; those of 64 bits have 20.
const maxDigits = 40

// wholeNumber returns the integer that the text of a number is, nil if it is
// none.
func wholeNumber(text string) json.RawMessage {
	if len(text) > maxDigits || !isNumber(text) {
		return nil
	}
	if _, exponent, ok := strings.Cut(strings.ToLower(text), "e"); ok && len(strings.TrimLeft(exponent, "+-0")) > 2 {
		return nil
	}
	n, ok := new(big.Rat).SetString(text)
	if !ok || !n.IsInt() {
		return nil
	}
	return json.RawMessage(n.Num().String())
}

// captioned returns the number of an enumeration's value that text is the
// caption of, nil if there is none or more than one.
func (r *mending) captioned(f *Field, text string) json.RawMessage {
	if f.Scalar == nil || f.Scalar.Enum == nil || f.Scalar.Enum.Titles == nil {
		return nil
	}
	e := f.Scalar.Enum
	var found json.RawMessage
	for i, n := range e.Ints {
		if e.Absent != nil && e.Absent[i]&r.check.bit != 0 || e.DeprecatedSince(i, r.check.Version) != "" ||
			!SameLetters(text, e.Title(i, r.check.Version)) {
			continue
		}
		if found != nil {
			return nil
		}
		found = json.RawMessage(big.NewInt(n).String())
	}
	return found
}

// SameLetters reports whether two texts differ at most in case, and in spaces,
// dashes and low lines, and are not empty otherwise.
func SameLetters(a, b string) bool {
	some := false
	for {
		x, restA := nextLetter(a)
		y, restB := nextLetter(b)
		if x != y {
			return false
		}
		if x < 0 {
			return some
		}
		a, b, some = restA, restB, true
	}
}

// nextLetter returns the first character that counts, in lower case, and what
// follows it; -1 if there is none.
func nextLetter(s string) (r rune, rest string) {
	for s != "" {
		r, n := utf8.DecodeRuneInString(s)
		if s = s[n:]; r != '_' && r != '-' && !unicode.IsSpace(r) {
			return unicode.ToLower(r), s
		}
	}
	return -1, ""
}
