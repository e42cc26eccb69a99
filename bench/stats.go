package main

import (
	"math"
	"slices"
)

// spread is a median with its quartiles.
type spread struct {
	Median float64 `json:"median"`
	Low    float64 `json:"low"`
	High   float64 `json:"high"`
}

// quartiles summarises values; of none, all three are NaN.
func quartiles(values []float64) spread {
	s := slices.Sorted(slices.Values(values))
	return spread{quantile(s, 0.5), quantile(s, 0.25), quantile(s, 0.75)}
}

// quantile interpolates between the two nearest of sorted values.
func quantile(sorted []float64, q float64) float64 {
	if len(sorted) == 0 {
		return math.NaN()
	}
	at := q * float64(len(sorted)-1)
	i := int(at)
	if i+1 == len(sorted) {
		return sorted[i]
	}
	return sorted[i] + (sorted[i+1]-sorted[i])*(at-float64(i))
}

// paired is the spread of the ratios a/b within rounds.
func paired(a, b []float64) spread {
	ratios := make([]float64, 0, len(a))
	for i := range min(len(a), len(b)) {
		ratios = append(ratios, a[i]/b[i])
	}
	return quartiles(ratios)
}
