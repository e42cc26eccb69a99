package repairtest

import (
	"strings"

	"github.com/secmodel/secmodel"
)

// Summary gives the code, place and result of each repair.
func Summary(list []secmodel.Repaired) string {
	var parts []string
	for _, r := range list {
		after := string(r.After)
		if r.After == nil {
			after = "null"
		}
		parts = append(parts, r.Code+" "+r.Pointer+" "+after)
	}
	return strings.Join(parts, "; ")
}
