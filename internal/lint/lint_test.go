package lint_test

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha3"
	"crypto/sha512"
	"encoding/hex"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/lint"
)

// judged checks a judgement of texts.
func judged(t *testing.T, name string, judge func(string) bool, yes, no []string) {
	t.Helper()
	for _, text := range yes {
		if !judge(text) {
			t.Errorf("%s(%q) is false", name, text)
		}
	}
	for _, text := range no {
		if judge(text) {
			t.Errorf("%s(%q) is true", name, text)
		}
	}
}

func TestTexts(t *testing.T) {
	judged(t, "Placeholder", lint.Placeholder,
		[]string{"-", " -- ", "N/A", "n/a", "None", "NULL", "(null)", "<nil>", "%!s(<nil>)", "Unknown", "undefined", "Not Applicable", "?", "%{host}", "${HOSTNAME}", "{{ .User }}", "<% user %>", "[object Object]"},
		[]string{"", " ", "0", "root", "nobody", "NA", "unknown-host", "a-b", "${}", "%{host}.corp", "Nullsoft", "none of the above", strings.Repeat("-", 100)})
	judged(t, "PlaceholderUUID", lint.PlaceholderUUID,
		[]string{"00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff", "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF"},
		[]string{"", "00000000-0000-0000-0000-000000000001", "0fffffff-ffff-ffff-ffff-ffffffffffff", "00000000000000000000000000000000", "------------------------------------"})
	judged(t, "PlaceholderMAC", lint.PlaceholderMAC,
		[]string{"00:00:00:00:00:00", "FF-ff-FF-FF-FF-FF", "0000.0000.0000", "000000000000"},
		[]string{"", "00:00:00:00:00:01", "0f:ff:ff:ff:ff:ff", "00:00:00", "::::::::::::", "00 00 00 00 00 00"})
	judged(t, "PlaceholderHash", lint.PlaceholderHash, []string{"00000000", strings.Repeat("f", 64)}, []string{"", "0", "0000000f", "ffff"})
	judged(t, "IsUUID", lint.IsUUID,
		[]string{"0198A4C0-5b1e-7d20-9c3a-000000000001"},
		[]string{"", "0198A4C0-5b1e-7d20-9c3a-00000000000g", "0198A4C05b1e7d209c3a000000000001", "0198A4C0-5b1e-7d20-9c3a+000000000001"})
	judged(t, "LocalName", lint.LocalName,
		[]string{"localhost", "LOCALHOST", "localhost.", "localhost.localdomain", "ip6-localhost"}, []string{"", "localhost1", "my.localhost.corp"})
	judged(t, "ExampleName", lint.ExampleName,
		[]string{"example.com", "www.EXAMPLE.org.", "a.b.example.net", "db.example", "db.invalid", "db.test"},
		[]string{"", "example", "test", "example.de", "myexample.com", "example.com.de", "localhost", "com", ".com"})
	judged(t, "ExampleEmail", lint.ExampleEmail, []string{"a@example.com", "A <a@b.example.org>"}, []string{"", "example.com", "example.com@corp.eu", "@"})
	judged(t, "ExampleMAC", lint.ExampleMAC, []string{"00:00:5E:00:53:00", "00-00-5e-00-53-ff"}, []string{"", "00:00:5e:00:54:00", "00005e0053ff", "00:00:5e:00:53"})
	judged(t, "ExampleUUID", lint.ExampleUUID,
		[]string{"123E4567-E89B-12D3-A456-426614174000", "12345678-1234-1234-1234-1234567890ab"}, []string{"", "0198a4c0-5b1e-7d20-9c3a-000000000001"})
	judged(t, "NullIsland", lint.NullIsland, []string{"0,0", "0.0, -0.00", "+0.,0, 12"}, []string{"", "0", "0,", "0,0.1", "1,0", "x,y"})
}

func TestKindOf(t *testing.T) {
	for text, want := range map[string]lint.Kind{
		"0.0.0.0": lint.Unspecified, "::": lint.Unspecified, "255.255.255.255": lint.Broadcast,
		"127.8.0.1": lint.Loopback, "::1": lint.Loopback, "::ffff:127.0.0.1": lint.Loopback,
		"169.254.1.1": lint.LinkLocal, "fe80::1": lint.LinkLocal, "fe80::1%eth0": lint.LinkLocal,
		"10.0.0.1": lint.Private, "172.31.0.1": lint.Private, "192.168.0.1": lint.Private, "fd00::1": lint.Private,
		"100.64.0.1": lint.Private, "100.127.255.255": lint.Private, "100.128.0.0": lint.Other, "100.63.0.0": lint.Other,
		"192.0.2.1": lint.Documentation, "198.51.100.1": lint.Documentation, "203.0.113.255": lint.Documentation,
		"2001:db8::1": lint.Documentation, "3fff:fff::1": lint.Documentation, "3fff:1000::": lint.Other, "2001:db9::": lint.Other,
		"8.8.8.8": lint.Other, "172.32.0.1": lint.Other, "": lint.Other, "10.0.0": lint.Other, "10.0.0.0/8": lint.Other,
	} {
		if got := lint.KindOf(text); got != want {
			t.Errorf("KindOf(%q) is %s, want %s", text, got, want)
		}
	}
}

// FuzzKindOf compares with package net/netip.
func FuzzKindOf(f *testing.F) {
	for _, seed := range []string{"10.0.0.1", "1.2.3", "01.2.3.4", "::", "1::2", "::ffff:127.0.0.1", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:1.2.3.4", "1::2::3", ":1", "fe80::1%eth0", "1:2:3:4:5:6:7::", "2001:db8::1", "3fff::", "12345::"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, want := lint.KindOf(text), lint.Other
		addr, err := netip.ParseAddr(text)
		if err != nil {
			if strings.Contains(text, "%") {
				return // netip demands a zone after it, and an IPv6 address before
			}
		} else {
			want = kindByNetip(addr.Unmap().WithZone(""))
		}
		if got != want {
			t.Errorf("KindOf(%q) is %s, want %s", text, got, want)
		}
	})
}

// kindByNetip is KindOf as package net/netip has it.
func kindByNetip(addr netip.Addr) lint.Kind {
	for _, prefix := range []string{"192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32", "3fff::/20"} {
		if netip.MustParsePrefix(prefix).Contains(addr) {
			return lint.Documentation
		}
	}
	switch {
	case addr.IsUnspecified():
		return lint.Unspecified
	case addr == netip.AddrFrom4([4]byte{255, 255, 255, 255}):
		return lint.Broadcast
	case addr.IsLoopback():
		return lint.Loopback
	case addr.IsLinkLocalUnicast():
		return lint.LinkLocal
	case addr.IsPrivate(), netip.MustParsePrefix("100.64.0.0/10").Contains(addr):
		return lint.Private
	}
	return lint.Other
}

func TestEmptyHash(t *testing.T) {
	sum256, sum1, sum5, sum512, sum3, sum224, sum384 := sha256.Sum256(nil), sha1.Sum(nil), md5.Sum(nil), sha512.Sum512(nil), sha3.Sum256(nil), sha256.Sum224(nil), sha512.Sum384(nil)
	sum3512 := sha3.Sum512(nil)
	for function, sum := range map[string][]byte{
		"MD5": sum5[:], "SHA-1": sum1[:], "SHA-224": sum224[:], "SHA-256": sum256[:], "SHA-384": sum384[:], "SHA-512": sum512[:],
		"SHA3-256": sum3[:], "SHA3-512": sum3512[:],
	} {
		text := hex.EncodeToString(sum)
		if got, upper := lint.EmptyHash(text), lint.EmptyHash(strings.ToUpper(text)); got != function || upper != function {
			t.Errorf("EmptyHash(%s) is %q and %q, want %s", text, got, upper, function)
		}
		if got := lint.EmptyHash(text[1:]); got != "" {
			t.Errorf("EmptyHash(%s) is %q", text[1:], got)
		}
	}
}

func TestUnitOf(t *testing.T) {
	for n, want := range map[int64]lint.Unit{
		631152000: lint.Seconds, 631151999: 0, 4102444799: lint.Seconds, 4102444800: 0, 1777887000: lint.Seconds,
		1777887000000: lint.Milliseconds, 631152000000: lint.Milliseconds, 4102444799999: lint.Milliseconds, 4102444800000: 0,
		1777887000000000: lint.Microseconds, 1777887000000000000: lint.Nanoseconds,
		0: 0, 1: 0, -1777887000: 0, 1<<63 - 1: 0, -1 << 63: 0,
	} {
		if got := lint.UnitOf(n); got != want {
			t.Errorf("UnitOf(%d) is %v, want %v", n, got, want)
		}
	}
	want := time.Date(2026, 5, 4, 9, 30, 0, 123000000, time.UTC)
	for unit, n := range map[lint.Unit]int64{lint.Milliseconds: 1777887000123, lint.Microseconds: 1777887000123000, lint.Nanoseconds: 1777887000123000000} {
		if got := unit.Time(n); !got.Equal(want) {
			t.Errorf("%d %s are %s, want %s", n, unit, got, want)
		}
	}
	if lint.Likely(time.Unix(631151999, 0)) || !lint.Likely(time.Unix(631152000, 0)) || lint.Likely(time.Time{}) || lint.Likely(time.Unix(4102444800, 0)) {
		t.Error("the bounds of a likely time are others than those of UnitOf")
	}
}

// TestFindings: nothing is added where validation found fault, nor beyond the
// limit.
func TestFindings(t *testing.T) {
	report := secmodel.Report{Violations: []secmodel.Violation{
		{Pointer: "/a/b", Code: secmodel.CodeUnknown}, {Pointer: "", Code: secmodel.CodeConstraint}, {Pointer: "/c", Code: secmodel.CodePattern},
		{Pointer: "/w", Code: secmodel.CodeWrongType}, {Pointer: "/w", Code: secmodel.CodePattern}, {Pointer: "/d", Code: secmodel.CodeDeprecated},
	}}
	f := lint.New(&report, 9)
	for _, pointer := range []string{"/a/b", "/a/b/0/x", "/c", "/w/x", "", "/a", "/a/bc", "/d", "/e", "/f"} {
		f.Add("code", pointer, nil, nil, "at %s", pointer)
	}
	var got []string
	for _, v := range report.Violations[6:] {
		got = append(got, v.String())
	}
	if diff := cmp.Diff([]string{"suspicion: /a: at /a (code)", "suspicion: /a/bc: at /a/bc (code)", "suspicion: /d: at /d (code)"}, got); diff != "" {
		t.Error(diff)
	}
	if !report.Truncated || !f.Full() {
		t.Error("the limit is not reported")
	}
	unlimited := secmodel.Report{}
	f = lint.New(&unlimited, 0)
	f.Add("code", "", nil, nil, "of the whole")
	if f.Full() || unlimited.Truncated || len(unlimited.Violations) != 1 {
		t.Errorf("%+v", unlimited)
	}
}
