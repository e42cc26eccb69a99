package lint

import "strings"

// EmptyHash returns the name of the function whose hash of no bytes at all a
// text in hexadecimal is, "" if it is none. A file without content has such a
// hash; so has, more often, one that could not be read.
func EmptyHash(text string) (function string) {
	switch strings.ToLower(text) {
	case "d41d8cd98f00b204e9800998ecf8427e":
		return "MD5"
	case "da39a3ee5e6b4b0d3255bfef95601890afd80709":
		return "SHA-1"
	case "d14a028c2a3a2bc9476102bb288234c415a2b01f828ea62ac5b3e42f":
		return "SHA-224"
	case "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855":
		return "SHA-256"
	case "38b060a751ac96384cd9327eb1b1e36a21fdb71114be07434c0cc7bf63f6e1da274edebfe76f65fbd51ad2f14898b95b":
		return "SHA-384"
	case "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e":
		return "SHA-512"
	case "a7ffc6f8bf1ed76651c14756a061d662f580ff4de43b49fa82d80a4b80f8434a":
		return "SHA3-256"
	case "a69f73cca23a9ac5c8b567dc185a756e97c982164fe25859e0d1dcc1475c80a615b2123af1f5f94c11e3e9402c3ac558f500199d95b6d3e301758586281dcd26":
		return "SHA3-512"
	}
	return ""
}
