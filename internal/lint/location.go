package lint

import (
	"strconv"
	"strings"
)

// NullIsland reports whether a text begins with the coordinates 0,0, a place in
// the ocean: what programs write where they know none.
func NullIsland(text string) bool {
	latitude, rest, ok := strings.Cut(text, ",")
	longitude, _, _ := strings.Cut(rest, ",")
	return ok && zero(latitude) && zero(longitude)
}

func zero(text string) bool {
	v, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	return err == nil && v == 0
}
