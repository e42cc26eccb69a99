package ocsf

import (
	"strings"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/lint"
	"github.com/secmodel/secmodel/wire"
)

// hashes judges the hashes of the object at hand that an attribute holds.
func (l *linter) hashes(n wire.Node, f *wire.Field) {
	count := n.Len(f)
	if count == 0 || n.Child(f, 0).Type().Name != "fingerprint" {
		return
	}
	size, _ := l.number(&n, "size")
	for i := range count {
		hash := n.Child(f, i)
		text, at := l.text(&hash, "value")
		if text == nil {
			continue
		}
		pointer := l.at(f, i, count) + string(wire.AppendPointer(nil, at.Name()))
		if size == nil || *size != 0 {
			l.hashOfNothing(pointer, *text)
		}
		l.hashLength(pointer, &hash, *text)
	}
}

// hashOfNothing finds the hash of no content.
func (l *linter) hashOfNothing(pointer, text string) {
	if function := lint.EmptyHash(text); function != "" {
		l.Add(secmodel.CodeHashOfNothing, pointer, text, nil, "the value is the %s of no bytes at all; perhaps the content was not read", function)
	}
}

// hashLength finds a hash in hexadecimal that is not as long as those of its
// function are.
func (l *linter) hashLength(pointer string, hash *wire.Node, text string) {
	function := l.caption(hash, "algorithm_id")
	want := 0
	switch function {
	case "MD5":
		want = 32
	case "SHA-1":
		want = 40
	case "SHA-224", "SHA3-224", "SHA-512/224":
		want = 56
	case "SHA-256", "SHA3-256", "SHA-512/256":
		want = 64
	case "SHA-384", "SHA3-384":
		want = 96
	case "SHA-512", "SHA3-512":
		want = 128
	}
	if want != 0 && len(text) != want && strings.Trim(text, "0123456789abcdefABCDEF") == "" {
		l.Add(CodeHashLength, pointer, text, want, "a hash by %s has %d digits; this one has %d", function, want, len(text))
	}
}
