package idmefv2

import (
	"bytes"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha3"
	"crypto/sha512"
	"encoding/hex"
	"strings"
)

// hashFunction is a function that a Hash may name.
type hashFunction struct {
	name  string // in IANA's registry of Hash Function Textual Names, or of the SHA-3 family
	alias string // another name in use, "" if none
	size  int    // of a hash in bytes; 0 if any
	weak  bool
	sum   func(data []byte) []byte // nil if the library can not compute it
}

// shakeSize is how many bytes of a hash of any length are compared.
const shakeSize = 64

var hashFunctions = [...]hashFunction{
	{name: "sha-256", alias: "sha256", size: sha256.Size, sum: func(b []byte) []byte { h := sha256.Sum256(b); return h[:] }},
	{name: "sha-1", alias: "sha1", size: sha1.Size, weak: true, sum: func(b []byte) []byte { h := sha1.Sum(b); return h[:] }},
	{name: "md5", alias: "md-5", size: md5.Size, weak: true, sum: func(b []byte) []byte { h := md5.Sum(b); return h[:] }},
	{name: "sha-512", alias: "sha512", size: sha512.Size, sum: func(b []byte) []byte { h := sha512.Sum512(b); return h[:] }},
	{name: "sha-384", alias: "sha384", size: sha512.Size384, sum: func(b []byte) []byte { h := sha512.Sum384(b); return h[:] }},
	{name: "sha-224", alias: "sha224", size: sha256.Size224, sum: func(b []byte) []byte { h := sha256.Sum224(b); return h[:] }},
	{name: "sha3-224", alias: "sha-3-224", size: 28, sum: func(b []byte) []byte { h := sha3.Sum224(b); return h[:] }},
	{name: "sha3-256", alias: "sha-3-256", size: 32, sum: func(b []byte) []byte { h := sha3.Sum256(b); return h[:] }},
	{name: "sha3-384", alias: "sha-3-384", size: 48, sum: func(b []byte) []byte { h := sha3.Sum384(b); return h[:] }},
	{name: "sha3-512", alias: "sha-3-512", size: 64, sum: func(b []byte) []byte { h := sha3.Sum512(b); return h[:] }},
	{name: "shake128", alias: "shake-128", sum: func(b []byte) []byte { return sha3.SumSHAKE128(b, shakeSize) }},
	{name: "shake256", alias: "shake-256", sum: func(b []byte) []byte { return sha3.SumSHAKE256(b, shakeSize) }},
	{name: "md2", alias: "md-2", size: 16, weak: true},
}

// findHash returns the index of the function of a name or alias, whatever its
// case; -1 if there is none.
func findHash(name string) int {
	for i := range hashFunctions {
		if f := &hashFunctions[i]; strings.EqualFold(f.name, name) || strings.EqualFold(f.alias, name) {
			return i
		}
	}
	return -1
}

// hashes judges the hashes of an attachment (R10): that their functions are
// registered, one of them strong, their lengths right, and, where the bytes of
// the content are known, that they are those of the content.
func (r *ruling) hashes(n node, list []string, c *rawContent) {
	sums := digests{content: c}
	strong, weak := false, -1
	for i, text := range list {
		name, digits, ok := strings.Cut(text, ":")
		if !ok {
			continue // the tables say so
		}
		fi := findHash(name)
		if fi < 0 {
			r.add(CodeHashFunction, n.element("Hash", i), text, nil, "%q is no registered hash function", name)
			strong = true // for all that is known
			continue
		}
		f := &hashFunctions[fi]
		if strings.EqualFold(name, f.alias) {
			r.add(CodeHashFunction, n.element("Hash", i), text, f.name+":"+digits, "the hash function %s is registered as %s", name, f.name)
		}
		strong = strong || !f.weak
		if f.weak && weak < 0 {
			weak = i
		}
		switch {
		case f.size > 0 && len(digits) != 2*f.size:
			r.add(CodeHashLength, n.element("Hash", i), text, 2*f.size, "a %s hash has %d hexadecimal digits, not %d", f.name, 2*f.size, len(digits))
		case c.known && !sums.match(fi, digits):
			r.add(CodeHashValue, n.element("Hash", i), text, nil, "the %s hash is not that of the content", f.name)
		}
	}
	if weak >= 0 && !strong {
		r.add(CodeHashWeak, n.element("Hash", weak), list[weak], "a hash of the SHA-2 or SHA-3 family",
			"%s is a weak hash function, and the attachment has no hash of a strong one", list[weak][:strings.IndexByte(list[weak], ':')])
	}
}

// digests computes each hash of a content once, however often it is named.
type digests struct {
	content   *rawContent
	sums      [len(hashFunctions)][]byte
	innerSums [len(hashFunctions)][]byte
}

// match reports whether hexadecimal digits are the hash of the content. What is
// not hexadecimal is left to the tables, and what can not be computed is taken
// for right.
func (d *digests) match(fi int, digits string) bool {
	f := &hashFunctions[fi]
	want, err := hex.DecodeString(digits[:min(len(digits), 2*shakeSize)])
	if err != nil || f.sum == nil {
		return true
	}
	if d.sums[fi] == nil {
		d.sums[fi] = f.sum(d.content.data)
		if d.content.hasInner {
			d.innerSums[fi] = f.sum(d.content.inner)
		}
	}
	return bytes.HasPrefix(d.sums[fi], want) || d.content.hasInner && bytes.HasPrefix(d.innerSums[fi], want)
}
