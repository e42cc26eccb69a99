// Command sonic times the first message, decoded by sonic and not validated.
package main

import (
	"github.com/bytedance/sonic"
	"github.com/secmodel/secmodel/bench/internal/first"
)

func main() {
	first.Run(func(class string, data []byte) error { return sonic.Unmarshal(data, first.Mirror(class)) })
}
