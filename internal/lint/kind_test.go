package lint

import "testing"

func TestKindString(t *testing.T) {
	for address, want := range map[string]string{
		"0.0.0.0": "unspecified", "255.255.255.255": "broadcast", "127.0.0.1": "loopback", "fe80::1": "link-local",
		"10.0.0.1": "private", "203.0.113.7": "documentation", "8.8.8.8": "other",
	} {
		if got := KindOf(address).String(); got != want {
			t.Errorf("%s is %q, want %q", address, got, want)
		}
	}
}
