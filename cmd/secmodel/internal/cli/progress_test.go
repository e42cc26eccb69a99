package cli

import (
	"testing"
	"time"
)

func TestProgressLine(t *testing.T) {
	tests := []struct {
		documents, faults, read, total int64
		spent                          time.Duration
		want                           string
	}{
		{0, 0, 0, 0, time.Second, "0 documents, 0 B, 0/s"},
		{10, 0, 2500, 10000, 2 * time.Second, "10 documents, 2.5 kB of 10.0 kB (25%), 5/s, 6s left"},
		{10, 3, 2_500_000, 0, 4 * time.Second, "10 documents, 2.5 MB, 2/s, 3 at fault"},
		{10, 0, 20, 10, time.Second, "10 documents, 20 B of 10 B (100%), 10/s"}, // a file that grows
	}
	for _, test := range tests {
		if got := progressLine(test.documents, test.faults, test.read, test.total, test.spent); got != test.want {
			t.Errorf("got %q, want %q", got, test.want)
		}
	}
}

func TestByteCount(t *testing.T) {
	for n, want := range map[int64]string{0: "0 B", 999: "999 B", 1000: "1.0 kB", 999_949: "999.9 kB", 999_950: "1.0 MB", 2_000_000_000: "2.0 GB", 1 << 62: "4.6 EB"} {
		if got := byteCount(n); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}
