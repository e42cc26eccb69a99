package idmefv2

import (
	"errors"
	"strconv"
	"strings"

	"github.com/secmodel/secmodel/wire"
)

// location judges coordinates (R13) and UN/LOCODE (R14).
func (r *ruling) location(n node, geo, unlocode *string) {
	if geo != nil {
		r.geoLocation(n, *geo)
	}
	if unlocode != nil && len(*unlocode) >= 2 && !isCountry((*unlocode)[:2]) {
		r.add(CodeUnLocation, n.member("UnLocation"), *unlocode, nil, "%q begins with no country code of ISO 3166", *unlocode)
	}
}

// geoLocation judges the range of latitude and longitude; altitudes have none.
func (r *ruling) geoLocation(n node, s string) {
	latitude, rest, _ := strings.Cut(s, ",")
	longitude, _, _ := strings.Cut(rest, ",")
	switch {
	case outside(latitude, 90):
		r.add(CodeGeoLocation, n.member("GeoLocation"), s, "-90 to 90", "the latitude %s is not from -90 to 90", latitude)
	case outside(longitude, 180):
		r.add(CodeGeoLocation, n.member("GeoLocation"), s, "-180 to 180", "the longitude %s is not from -180 to 180", strings.TrimSpace(longitude))
	}
}

// outside reports whether a text is a number less than -most or more than most.
func outside(text string, most float64) bool {
	v, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	return (err == nil || errors.Is(err, strconv.ErrRange)) && (v < -most || v > most)
}

// captureZone judges the area that a sensor covers: JSON in a string (R20).
func (r *ruling) captureZone(n node, text *string) {
	if text == nil {
		return
	}
	if err := wire.CheckSyntax([]byte(*text), maxJSONDepth); err != nil {
		r.add(CodeCaptureZone, n.member("CaptureZone"), *text, "JSON text", "CaptureZone is no JSON text: %s", err)
	}
}

// isCountry reports whether two letters are the code of a country in ISO
// 3166-1, or XZ, which UN/LOCODE has for places in international waters.
func isCountry(code string) bool {
	i := int(code[0]) - 'A'
	return i >= 0 && i < len(countries) && strings.IndexByte(countries[i], code[1]) >= 0
}

// countries lists the codes: by the first letter, which second letters there
// are.
var countries = [26]string{
	0:         "DEFGILMOQRSTUWXZ",
	'B' - 'A': "ABDEFGHIJLMNOQRSTVWYZ",
	'C' - 'A': "ACDFGHIKLMNORUVWXYZ",
	'D' - 'A': "EJKMOZ",
	'E' - 'A': "CEGHRST",
	'F' - 'A': "IJKMOR",
	'G' - 'A': "ABDEFGHILMNPQRSTUWY",
	'H' - 'A': "KMNRTU",
	'I' - 'A': "DELMNOQRST",
	'J' - 'A': "EMOP",
	'K' - 'A': "EGHIMNPRWYZ",
	'L' - 'A': "ABCIKRSTUVY",
	'M' - 'A': "ACDEFGHKLMNOPQRSTUVWXYZ",
	'N' - 'A': "ACEFGILOPRUZ",
	'O' - 'A': "M",
	'P' - 'A': "AEFGHKLMNRSTWY",
	'Q' - 'A': "A",
	'R' - 'A': "EOSUW",
	'S' - 'A': "ABCDEGHIJKLMNORSTVXYZ",
	'T' - 'A': "CDFGHJKLMNORTVWZ",
	'U' - 'A': "AGMSYZ",
	'V' - 'A': "ACEGINU",
	'W' - 'A': "FS",
	'X' - 'A': "Z",
	'Y' - 'A': "ET",
	'Z' - 'A': "AMW",
}
