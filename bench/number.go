package main

import "fmt"

// number writes a figure with two significant digits or as many as it has before
// the point.
func number(v float64) string {
	switch {
	case v < 0.095:
		return fmt.Sprintf("%.2g", v)
	case v < 0.995:
		return fmt.Sprintf("%.2f", v)
	case v < 9.95:
		return fmt.Sprintf("%.1f", v)
	}
	return fmt.Sprintf("%.0f", v)
}

// duration writes nanoseconds in a unit that suits them.
func duration(ns float64) string {
	switch {
	case ns < 995:
		return number(ns) + " ns"
	case ns < 995e3:
		return number(ns/1e3) + " µs"
	}
	return number(ns/1e6) + " ms"
}

// bytesOf writes a number of bytes in a unit that suits it.
func bytesOf(n float64) string {
	switch {
	case n < 0.5:
		return "0"
	case n < 995:
		return number(n) + " B"
	case n < 995e3:
		return number(n/1e3) + " kB"
	}
	return number(n/1e6) + " MB"
}

// megabytes writes bytes as millions with two decimals.
func megabytes(n int) string { return fmt.Sprintf("%.2f", float64(n)/1e6) }
