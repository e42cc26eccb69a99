package wire_test

import (
	"fmt"

	"github.com/secmodel/secmodel/wire"
)

// JSON text becomes an item with its members in a fixed order, and comes back
// with every number as it was: those beyond 64 bits too.
func ExampleBinary() {
	item, err := wire.CBOR.FromJSON(nil, []byte(`{"count": 18446744073709551616, "ok": true, "ratio": 7.0}`))
	fmt.Printf("%x %v\n", item, err)
	text, err := wire.CBOR.ToJSON(nil, item, 0)
	fmt.Printf("%s %v\n", text, err)
	_, err = wire.MessagePack.FromJSON(nil, text)
	fmt.Println(err)
	// Output:
	// a3626f6bf565636f756e74c24901000000000000000065726174696ff94700 <nil>
	// {"ok":true,"count":18446744073709551616,"ratio":7.0} <nil>
	// cannot write /count as MessagePack: an integer beyond 64 bits
}
