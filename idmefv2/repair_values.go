package idmefv2

import (
	"strings"

	"github.com/secmodel/secmodel/wire"
)

// priorityOf returns the priority that a severity of another scale means, ""
// if it is none that is known. Severities of syslog are taken as the connectors
// of the project take them. Numbers are not known: some producers count up with
// the danger, others down.
func priorityOf(text string) Priority {
	switch strings.ToLower(strings.TrimSpace(text)) {
	case "critical", "crit", "fatal", "emergency", "emerg", "panic", "alert", "error", "err":
		return PriorityHigh
	case "warning", "warn", "moderate":
		return PriorityMedium
	case "notice":
		return PriorityLow
	case "informational", "information", "debug":
		return PriorityInfo
	}
	return ""
}

// respelled returns the value that the draft has for what text is in another
// draft or in the correction of a misspelling, "" if there is none.
func respelled(v *wire.Value, text string) string {
	accepted := func(value string) bool { return value != "" && v.Accepts(wire.AppendString(nil, value)) }
	if v.Field.Scalar == &categoryScalar {
		for _, names := range sameCategories {
			if !containsLetters(names, text) {
				continue
			}
			for _, name := range names {
				if accepted(name) {
					return name
				}
			}
		}
		return ""
	}
	for _, m := range renamings(v.Field.Scalar) {
		if len(m.to) == 1 && wire.SameLetters(m.value, text) && accepted(m.to[0]) {
			return m.to[0]
		}
	}
	return ""
}

func containsLetters(names []string, text string) bool {
	for _, name := range names {
		if wire.SameLetters(name, text) {
			return true
		}
	}
	return false
}

// renamings returns the table of conversion of an enumeration whose values were
// only renamed between drafts, nil if there is none.
func renamings(s *wire.Scalar) []mapping {
	switch s {
	case &analyzerCategoryScalar:
		return analyzerCategories
	case &analyzerDataScalar:
		return analyzerData
	case &entitySectorScalar:
		return entitySectors
	}
	return nil
}

// sameCategories lists the spellings of one category. Drafts 07 and 08 have
// misspellings that are their own; the appendix of draft 07 corrects them, and
// its schema does not know the corrections. What became another category, or
// part of one, is not here: that is for ForVersion.
var sameCategories = [][]string{
	{"Abuse.Extermism", "Abuse.Extremism"},
	{"Abuse.Harassment", "Abusive.Harassment"},
	{"Access.Clonned", "Access.Cloned"},
	{"Availability.Misconf", "Availability.Misconfiguration"},
	{"Climat.Drought", "Climatological.Drought"},
	{"Climat.LakeOutburst", "Climatological.LakeOutburst"},
	{"Climat.Wildfire", "Climatological.Wildfire"},
	{"Fraud.Espionnage", "Fraud.Espionage"},
	{"Fraud.UnauthorizedUsage", "Fraud.Usage"},
	{"Hydro.Flood", "Hydrological.Flood"},
	{"Hydro.Landslide", "Hydrological.Landslide"},
	{"Hydro.Wave", "Hydrological.Wave"},
	{"Intrusion.Burglary", "Intrusions.Burglary"},
	{"Meteo.Fog", "Meteorological.Fog"},
	{"National.Economical", "National.Economic"},
	{"National.Environemental", "National.Environmental"},
	{"Other.Test", "Test.Test"},
	{"Other.Uncategorised", "Other.Uncategorized"},
	{"Recon.Netword", "Recon.Network"},
	{"Safety.Agression", "Safety.Aggression"},
	{"Theft.Breaches", "Theft.Breach"},
	{"Theft.Equiment", "Theft.Equipment"},
}
