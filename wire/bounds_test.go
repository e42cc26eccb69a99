package wire

import "testing"

// TestBounds compares what rules admit, and how they are described.
func TestBounds(t *testing.T) {
	for _, c := range []struct {
		rule             Rule
		below, low, high bool // whether 0.5, 1 and 9 are admitted
		text             string
	}{
		{Rule{Has: HasMin, Min: 1}, false, true, true, "1 or more"},
		{Rule{Has: HasMin | ExclusiveMin, Min: 1}, false, false, true, "more than 1"},
		{Rule{Has: HasMax, Max: 9}, true, true, true, "9 or less"},
		{Rule{Has: HasMax | ExclusiveMax, Max: 9}, true, true, false, "less than 9"},
		{Rule{Has: HasMin | HasMax, Min: 1, Max: 9}, false, true, true, "1 to 9"},
		{Rule{Has: HasMin | HasMax | ExclusiveMax, Min: 1, Max: 9}, false, true, false, "1 or more and less than 9"},
		{Rule{Has: HasMin | HasMax | ExclusiveMin, Min: 1, Max: 9}, false, false, true, "more than 1 and 9 or less"},
		{Rule{Ranges: [][2]int64{{1, 9}}}, true, true, true, "1 to 9"},
	} {
		if below, low, high := c.rule.admits(0.5), c.rule.admits(1), c.rule.admits(9); below != c.below || low != c.low || high != c.high {
			t.Errorf("%s: admits 0.5 %v, 1 %v, 9 %v", c.text, below, low, high)
		}
		if got := c.rule.bounds(); got != c.text {
			t.Errorf("described as %q, want %q", got, c.text)
		}
	}
}
