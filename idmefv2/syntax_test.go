package idmefv2_test

import (
	"encoding/json"
	"net/mail"
	"net/url"
	"strings"
	"testing"

	"github.com/secmodel/secmodel/idmefv2"
)

// breaks reports whether a message with one more member breaks a rule.
func breaks(t testing.TB, code, member string) bool {
	t.Helper()
	for _, v := range message(t, member).Check().Violations {
		if v.Code == code {
			return true
		}
	}
	return false
}

func isURI(t testing.TB, s string) bool {
	return !breaks(t, idmefv2.CodeURI, `"Ref":[`+quoteJSON(t, s)+`]`)
}

func isEmail(t testing.TB, s string) bool {
	return !breaks(t, idmefv2.CodeEmail, `"Source":[{"Email":`+quoteJSON(t, s)+`}]`)
}

func quoteJSON(t testing.TB, s string) string {
	t.Helper()
	b, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// FuzzURI compares with net/url, which admits more: what we call a URI, it
// parses, and gives back the same scheme.
func FuzzURI(f *testing.F) {
	for _, s := range []string{"https://u:p@example.org:80/a/b;c?d=e&f#g", "urn:a:b", "http://[::1]:80/", "http://[fe80::1%25eth0]/",
		"http://a:b/", "a", "", "1:a", "a:%zz", "a:%2", "http://[v1.a]/", "a:[", "a:#", "a:##", "a://@@/", "mailto:a@b", "a:é"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 1000 || strings.ToValidUTF8(s, "") != s || !isURI(t, s) {
			return
		}
		u, err := url.Parse(s)
		if err != nil {
			if strings.Contains(s, "[") || strings.Contains(s, "//") && strings.Contains(s, "%") {
				return // net/url knows neither address versions to come nor all host names
			}
			t.Fatalf("%q: %v", s, err)
		}
		if !strings.EqualFold(u.Scheme, s[:strings.IndexByte(s, ':')]) {
			t.Fatalf("%q has the scheme %q", s, u.Scheme)
		}
	})
}

// FuzzEmail compares with net/mail: what we call an addr-spec, it parses; and
// what it parses unchanged, without comments and white space, is one.
func FuzzEmail(f *testing.F) {
	for _, s := range []string{"a@b", "a.b@c.d", `"a b"@c`, `"a\"b"@c`, "a@[192.0.2.1]", "a", "@", "a@", "@b", "a..b@c", ".a@b", "a@b.", "Joe <a@b>", "a@b@c", `""@b`, "a@[x[y]"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 1000 || strings.ToValidUTF8(s, "") != s {
			return
		}
		ours := isEmail(t, s)
		a, err := mail.ParseAddress(s)
		if ours && err != nil && !strings.ContainsAny(s, "[\"") {
			t.Fatalf("%q is an addr-spec, but net/mail says %v", s, err)
		}
		if !ours && err == nil && a.Name == "" && a.Address == s && !strings.ContainsAny(s, "[\"") && isASCII(s) {
			t.Fatalf("%q is no addr-spec, but net/mail reads it", s)
		}
	})
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// TestEmail: what the samples leave out.
func TestEmail(t *testing.T) {
	for s, want := range map[string]bool{
		"":                    false,
		"@":                   false,
		`""@a`:                true,
		`"@a`:                 false,
		`"\"@a`:               false,
		`"a@b"@c`:             true,
		"a@[":                 false,
		"a@[]":                true,
		"a@[IPv6:2001:db8::]": true,
		`a@[\a]`:              false,
		"a\tb@c":              false,
		"\"a\tb\"@c":          true,
		"\"a\x01\"@c":         false,
		`"\é"@c`:              false,
	} {
		if got := isEmail(t, s); got != want {
			t.Errorf("%q is an addr-spec: %v", s, got)
		}
	}
}

// TestURI: what the samples leave out.
func TestURI(t *testing.T) {
	for s, want := range map[string]bool{
		":":                    false,
		"a:":                   true,
		"a+b-c.d9:x":           true,
		"a_b:x":                false,
		"http://":              true,
		"http://[v.a]/":        false,
		"http://[vG.a]/":       false,
		"http://[v1.]/":        false,
		"http://[v1.%20]/":     false,
		"http://[v1.a/]/":      false,
		"http://[::1%25]/":     false,
		"http://[::1%eth0]/":   false,
		"http://[::1/":         false,
		"http://a:80:80/":      false,
		"http://a[b/":          false,
		"http://u[@a/":         false,
		"http://u@v@a/":        false,
		"http://%41/":          true,
		"http://a/%4":          false,
		"http://a/%4G":         false,
		"http://a?b?c/d#e?f/g": true,
		"http://a?[":           false,
		"http://a#[":           false,
		"a:é":                  false,
		"a:\\":                 false,
	} {
		if got := isURI(t, s); got != want {
			t.Errorf("%q is a URI: %v", s, got)
		}
	}
}

// TestCountries: the list has the codes of every country, and no other.
func TestCountries(t *testing.T) {
	n := 0
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			if !breaks(t, idmefv2.CodeUnLocation, `"Analyzer":{"Name":"a","UnLocation":"`+string(a)+string(b)+`AAA"}`) {
				n++
			}
		}
	}
	if n != 249+1 {
		t.Errorf("%d codes, want the 249 of ISO 3166-1 and XZ", n)
	}
}
