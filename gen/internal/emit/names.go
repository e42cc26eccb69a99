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
// their lower-case form. A word may end in digits: "ip4" becomes "IP4".
var initialisms = map[string]string{
	"acl": "ACL", "acls": "ACLs", "ai": "AI", "api": "API", "apis": "APIs", "arn": "ARN", "asn": "ASN",
	"bios": "BIOS",
	"cc":   "CC", "cidr": "CIDR", "cis": "CIS", "cpe": "CPE", "cpes": "CPEs", "cpu": "CPU", "csc": "CSC", "css": "CSS",
	"cve": "CVE", "cves": "CVEs", "cvss": "CVSS", "cwe": "CWE", "cwes": "CWEs",
	"dce": "DCE", "dhcp": "DHCP", "dlp": "DLP", "dns": "DNS",
	"edr": "EDR", "epss": "EPSS",
	"ftp": "FTP",
	"gid": "GID", "gpu": "GPU", "guid": "GUID",
	"html": "HTML", "http": "HTTP", "https": "HTTPS",
	"iam": "IAM", "icmp": "ICMP", "id": "ID", "ids": "IDs", "imei": "IMEI", "iot": "IoT",
	"ip": "IP", "ips": "IPs", "ipv4": "IPv4", "ipv6": "IPv6", "iso": "ISO", "isp": "ISP",
	"json": "JSON", "jwt": "JWT",
	"kb": "KB", "kbs": "KBs",
	"lan": "LAN", "ldap": "LDAP",
	"mac": "MAC", "md": "MD", "mfa": "MFA", "mime": "MIME",
	"nic": "NIC", "ntp": "NTP",
	"oauth": "OAuth", "os": "OS", "osint": "OSINT",
	"pe": "PE", "pid": "PID",
	"ram": "RAM", "rdp": "RDP", "rfb": "RFB", "rpc": "RPC", "rra": "RRA",
	"saml": "SAML", "sbom": "SBOM", "scim": "SCIM", "sdk": "SDK", "sha": "SHA", "sid": "SID", "siem": "SIEM", "sla": "SLA",
	"smb": "SMB", "smtp": "SMTP", "snmp": "SNMP", "sp": "SP", "sql": "SQL", "ssh": "SSH", "ssl": "SSL", "sso": "SSO", "svm": "SVM",
	"tcp": "TCP", "ti": "TI", "tlp": "TLP", "tls": "TLS", "ttl": "TTL", "tty": "TTY",
	"udp": "UDP", "ui": "UI", "uid": "UID", "uids": "UIDs", "uri": "URI", "uris": "URIs", "url": "URL", "urls": "URLs",
	"usb": "USB", "utc": "UTC", "uuid": "UUID",
	"vlan": "VLAN", "vm": "VM", "vpc": "VPC", "vpn": "VPN",
	"wan": "WAN",
	"xml": "XML", "xss": "XSS",
}

// initialism looks a word up, trailing digits aside. A word in capitals is
// left alone: "IDS" is a detection system, not the plural of "ID".
func initialism(word string) (string, bool) {
	lower := strings.ToLower(word)
	if word == strings.ToUpper(word) {
		return word, true
	}
	if s, ok := initialisms[lower]; ok {
		return s, true
	}
	stem := strings.TrimRightFunc(lower, unicode.IsDigit)
	s, ok := initialisms[stem]
	return s + word[len(stem):], ok
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
			next := i+1 < len(runes) && unicode.IsLower(runes[i+1])
			if unicode.IsUpper(runes[i]) && (!unicode.IsUpper(runes[i-1]) || next && !plural(runes[i:])) {
				list = append(list, string(runes[from:i]))
				from = i
			}
		}
		list = append(list, string(runes[from:]))
	}
	return list
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
