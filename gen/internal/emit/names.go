package emit

import (
	"fmt"
	"go/token"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/secmodel/secmodel/internal/model"
)

// initialisms are the words that Go identifiers spell in their own way, by
// their lower-case form. A word may end in digits or in the s of a plural: "ip4"
// becomes "IP4", and "urls" "URLs".
var initialisms = map[string]string{
	"acl": "ACL", "ai": "AI", "api": "API", "arn": "ARN", "asn": "ASN", "auid": "AUID",
	"bios": "BIOS",
	"cc":   "CC", "cidr": "CIDR", "cis": "CIS", "cn": "CN", "cpe": "CPE", "cpid": "CPID", "cpu": "CPU",
	"csc": "CSC", "css": "CSS", "cve": "CVE", "cvss": "CVSS", "cwe": "CWE",
	"d3f": "D3F", "d3fend": "D3FEND", "dce": "DCE", "dhcp": "DHCP", "dkim": "DKIM", "dll": "DLL", "dlp": "DLP",
	"dmarc": "DMARC", "dn": "DN", "dns": "DNS", "dnssec": "DNSSEC", "dt": "DT",
	"edr": "EDR", "egid": "EGID", "eid": "EID", "epss": "EPSS", "euid": "EUID",
	"ftp": "FTP",
	"gid": "GID", "gpu": "GPU", "guid": "GUID",
	"hassh": "HASSH", "hotp": "HOTP", "html": "HTML", "http": "HTTP", "https": "HTTPS",
	"iam": "IAM", "iccid": "ICCID", "icmp": "ICMP", "id": "ID", "idp": "IdP", "ime": "IME", "imei": "IMEI",
	"iot": "IoT", "ip": "IP", "ipv4": "IPv4", "ipv6": "IPv6", "iso": "ISO", "isp": "ISP",
	"ja": "JA", "ja3s": "JA3S", "json": "JSON", "jwt": "JWT",
	"kb":  "KB",
	"lan": "LAN", "ldap": "LDAP",
	"mac": "MAC", "md": "MD", "meid": "MEID", "mfa": "MFA", "mime": "MIME",
	"nic": "NIC", "nist": "NIST", "ntp": "NTP",
	"oauth": "OAuth", "os": "OS", "osint": "OSINT", "ou": "OU",
	"pe": "PE", "pid": "PID", "ptid": "PTID", "purl": "PURL",
	"ram": "RAM", "rdp": "RDP", "rfb": "RFB", "rpc": "RPC", "rra": "RRA", "rssi": "RSSI",
	"saml": "SAML", "san": "SAN", "sbom": "SBOM", "scim": "SCIM", "sdk": "SDK", "sha": "SHA", "sid": "SID",
	"siem": "SIEM", "sla": "SLA", "smb": "SMB", "smtp": "SMTP", "sni": "SNI", "snmp": "SNMP", "sp": "SP",
	"spf": "SPF", "sql": "SQL", "ssh": "SSH", "ssl": "SSL", "sso": "SSO", "svm": "SVM",
	"tcp": "TCP", "ti": "TI", "tid": "TID", "tlp": "TLP", "tls": "TLS", "totp": "TOTP", "ttl": "TTL",
	"tty":  "TTY",
	"udid": "UDID", "udp": "UDP", "ui": "UI", "uid": "UID", "uri": "URI", "url": "URL", "usb": "USB",
	"utc": "UTC", "uuid": "UUID",
	"vlan": "VLAN", "vm": "VM", "vpc": "VPC", "vpn": "VPN", "vram": "VRAM",
	"wan": "WAN",
	"xml": "XML", "xss": "XSS",
}

// initialism looks a word up, trailing digits or a plural's s aside. A word in
// capitals is left alone: "IDS" is a detection system, not the plural of "ID".
func initialism(word string) (string, bool) {
	lower := strings.ToLower(word)
	if word == strings.ToUpper(word) {
		return word, true
	}
	if s, ok := initialisms[lower]; ok {
		return s, true
	}
	stem := strings.TrimRightFunc(lower, unicode.IsDigit)
	if plural, ok := strings.CutSuffix(lower, "s"); ok {
		stem = plural
	}
	s, ok := initialisms[stem]
	return s + lower[len(stem):], ok
}

// words splits a name at everything that is no letter or digit, and between
// words of mixed case: "ext-Category" is ext, Category; "OrganisationId" is
// Organisation, Id; "HTTPRequest" is HTTP, Request; digits belong to what
// stands before them.
func words(name string) []string {
	var list []string
	for _, part := range parts(name) {
		runes := []rune(part)
		from := 0
		for i := 1; i < len(runes); i++ {
			if i >= from+mixed(runes[from:]) && starts(runes, i) {
				list = append(list, string(runes[from:i]))
				from = i
			}
		}
		list = append(list, string(runes[from:]))
	}
	return list
}

// starts reports whether a word starts at r[i]: with a capital after a small
// letter or digit, or with the last capital of several.
func starts(r []rune, i int) bool {
	if !unicode.IsUpper(r[i]) {
		return false
	}
	return !unicode.IsUpper(r[i-1]) || i+1 < len(r) && unicode.IsLower(r[i+1]) && !plural(r[i:])
}

// mixedCase are the initialisms in which capitals do not show where words
// start; one that begins with another stands before it.
var mixedCase = [...]string{"D3FEND", "D3F", "IPv4", "IPv6", "IdP", "IoT", "OAuth"}

// mixed returns the length of the one of mixedCase that r starts with, 0 if
// there is none.
func mixed(r []rune) int {
	for _, s := range mixedCase {
		n := len(s)
		if len(r) >= n && string(r[:n]) == s && (len(r) == n || !unicode.IsLower(r[n])) {
			return n
		}
	}
	return 0
}

// plural says that r, the rest of a run of capitals, is the last capital and a
// plural's s, as in "IPs".
func plural(r []rune) bool {
	return len(r) == 2 && r[1] == 's' || len(r) > 2 && r[1] == 's' && unicode.IsUpper(r[2])
}

// parts splits a name at everything that is no letter or digit.
func parts(name string) []string {
	return strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// capital makes the first letter upper case.
func capital(word string) string {
	r, n := utf8.DecodeRuneInString(word)
	return string(unicode.ToUpper(r)) + word[n:]
}

// exported makes the Go name of a type or field from a specification's name.
func exported(name string) string {
	var b strings.Builder
	for _, w := range words(name) {
		if s, ok := initialism(w); ok {
			b.WriteString(s)
		} else {
			b.WriteString(capital(w))
		}
	}
	return b.String()
}

// unexported makes the first word of a Go name lower case: HTTPRequest becomes
// httpRequest.
func unexported(name string) string {
	for i, w := range words(name) {
		if i == 0 {
			return strings.ToLower(w) + name[len(w):]
		}
	}
	return name
}

// variable makes an unexported Go name from a specification's name.
func variable(name string) string {
	list := words(name)
	if len(list) == 0 {
		return ""
	}
	return strings.ToLower(list[0]) + exported(strings.Join(list[1:], " "))
}

// snake makes a file name from a Go name: HTTPRequest becomes http_request.
func snake(name string) string { return strings.ToLower(strings.Join(words(name), "_")) }

// suffix makes what follows the name of an enumeration in the name of a
// constant. Unlike in names of types, a word keeps its own capitals: they mean
// something in values such as "1DLiS".
func suffix(value string) string {
	var b strings.Builder
	for _, p := range parts(value) {
		if s, ok := initialism(p); ok {
			b.WriteString(s)
		} else {
			b.WriteString(capital(p))
		}
	}
	return b.String()
}

// signs are the names of characters that suffix drops.
var signs = map[rune]string{
	'.': "Dot", '-': "Dash", '_': "Underscore", '/': "Slash", '\\': "Backslash", '+': "Plus", '*': "Star",
	'<': "Less", '>': "Greater", '=': "Equal", '&': "And", '|': "Or", '!': "Not", '?': "Question", '%': "Percent",
	'#': "Hash", '@': "At", ':': "Colon", ';': "Semicolon", ',': "Comma", '~': "Tilde", '^': "Caret", '$': "Dollar",
	'(': "Open", ')': "Close", '[': "OpenBracket", ']': "CloseBracket", '{': "OpenBrace", '}': "CloseBrace",
	'\'': "Quote", '"': "DoubleQuote", '`': "Backquote",
}

// spelled is suffix with signs spelled out, for values that differ in nothing
// else, or consist of nothing else.
func spelled(value string) string {
	var b strings.Builder
	for _, r := range value {
		if s := signs[r]; s != "" {
			b.WriteString(" " + s + " ")
		} else {
			b.WriteRune(r)
		}
	}
	return suffix(b.String())
}

// valueSuffixes names the values of an enumeration: by the Go name given in
// the schema, else by the caption of an integer or the text of a string.
// Values that would get the same name, and those that would get none, are all
// told apart by their signs, or, if they are integers, by their number; so no
// name depends on the order of the values.
func valueSuffixes(t *model.Type) ([]string, error) {
	text := func(v *model.Value) string {
		if t.Kind == model.Integer {
			return v.Title
		}
		return v.Str
	}
	names := make([]string, len(t.Values))
	count := map[string]int{}
	for i := range t.Values {
		v := &t.Values[i]
		if names[i] = v.Go; v.Go == "" {
			names[i] = suffix(text(v))
		}
		count[names[i]]++
	}
	owner := map[string]string{}
	for i := range t.Values {
		v := &t.Values[i]
		if v.Go == "" && (names[i] == "" || count[names[i]] > 1) {
			if t.Kind == model.Integer {
				names[i] += strings.ReplaceAll(strconv.FormatInt(v.Int, 10), "-", "Minus")
			} else {
				names[i] = spelled(v.Str)
			}
		}
		what := literal(t.Kind, v)
		if names[i] == "" {
			return nil, fmt.Errorf("%s: value %s has no letters or digits to make a Go name of; give it an x-go", t.Name, what)
		}
		if other, taken := owner[names[i]]; taken {
			return nil, fmt.Errorf("%s: values %s and %s would both be called %s; give one an x-go", t.Name, other, what, names[i])
		}
		owner[names[i]] = what
	}
	return names, nil
}

// literal gives a value of an enumeration as Go source.
func literal(kind model.Kind, v *model.Value) string {
	if kind == model.Integer {
		return strconv.FormatInt(v.Int, 10)
	}
	return strconv.Quote(v.Str)
}

// scope is the names of one block of declarations, and what each is.
type scope map[string]string

// claim enters a name. It fails if the name is taken or no Go identifier.
func (s scope) claim(name, what string) error {
	if !token.IsIdentifier(name) {
		return fmt.Errorf("%s: %q is no Go identifier; give it an x-go", what, name)
	}
	if other, taken := s[name]; taken {
		return fmt.Errorf("%s and %s would both be called %s; give one an x-go", other, what, name)
	}
	s[name] = what
	return nil
}
