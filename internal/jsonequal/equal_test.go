package jsonequal

import (
	"strings"
	"testing"
)

func TestSameNumber(t *testing.T) {
	long := strings.Repeat("7", 2000)
	for _, test := range []struct {
		a, b   string
		floats bool
		want   bool
	}{
		{"1", "1", false, true},
		{"1", "1.0", false, true},
		{"1", "-1", false, false},
		{"0", "-0.00e5", false, true},
		{"0", "1e-5", false, false},
		{"120", "1.2e2", false, true},
		{"120", "1.2E+02", false, true},
		{"0.00120", "12e-4", false, true},
		{"0.0012", "12e-5", false, false},
		{"10", "1", false, false},
		{"1767e23045000", "1767.0e+23045000", false, true},
		{"1767e23045000", "1767.0e+23045001", false, false},
		{"1E99999999999999999999", "10e99999999999999999998", false, true},
		{"-1e99999999999999999999", "1e99999999999999999999", false, false},
		{long, long + ".0", false, true},
		{long, long + ".5", false, false},
		{long + "e-3", long[:1997] + ".777", false, true},
		{"0.1", "0.10000000000000000001", false, false},
		{"0.1", "0.10000000000000000001", true, true},
	} {
		if got := sameNumber(test.a, test.b, test.floats); got != test.want {
			t.Errorf("%.40s and %.40s: %v", test.a, test.b, got)
		}
		if got := sameNumber(test.b, test.a, test.floats); got != test.want {
			t.Errorf("%.40s and %.40s: %v", test.b, test.a, got)
		}
	}
}
