package serialize_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/serialize"
)

func TestNegotiateEncoding(t *testing.T) {
	for _, test := range []struct{ accept, want string }{
		{"", "identity"},
		{" ", "identity"},
		{"identity", "identity"},
		{"gzip", "gzip"},
		{"x-gzip", "gzip"},
		{"GZIP;Q=0.5", "gzip"},
		{"gzip, deflate, br, zstd", "zstd"},
		{"gzip, deflate, br", "gzip"},
		{"deflate", "deflate"},
		{"br", "identity"},
		{"gzip;q=0.5, deflate;q=0.8", "deflate"},
		{"gzip;q=0.5, identity", "identity"},
		{"gzip;q=0.5, identity;q=0.5", "gzip"},
		{"gzip;q=0.001", "gzip"},
		{"gzip;q=0", "identity"},
		{"gzip;q=0, *;q=0.1", "zstd"},
		{"zstd;q=0, *", "gzip"},
		{"*", "zstd"},
		{"*;q=0, gzip", "gzip"},
		{"*;q=0, identity;q=0.1", "identity"},
		{"gzip ; q=0.2 , zstd\t;\tq=0.1", "gzip"},
		{"br, identity;q=0", ""},
		{"*;q=0", ""},
		{"identity;q=0", ""},
		{"gzip;q=0, deflate;q=0, zstd;q=0, identity;q=0", ""},
		// Malformed elements count for nothing.
		{"gzip;q=2, deflate", "deflate"},
		{"gzip;q=-1", "identity"},
		{"gzip;q=1e0", "identity"},
		{"gzip;q=NaN", "identity"},
		{"gzip;q=", "identity"},
		{"gzip;x=1", "identity"},
		{",,gzip,,", "gzip"},
	} {
		got, err := serialize.NegotiateEncoding(test.accept)
		if got != test.want || (err == nil) != (test.want != "") || err != nil && !errors.Is(err, secmodel.ErrContentEncoding) {
			t.Errorf("%q: %q, %v; want %q", test.accept, got, err, test.want)
		}
	}
}

func ExampleNegotiateEncoding() {
	encoding, err := serialize.NegotiateEncoding("gzip, deflate, br")
	fmt.Println(encoding, err)
	// Output: gzip <nil>
}
