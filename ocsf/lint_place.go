package ocsf

import (
	"encoding/json"
	"math"
	"strconv"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/lint"
	"github.com/secmodel/secmodel/wire"
)

// addressLocation finds a place of an address that is in no particular place:
// no database knows it. Where a device of one's own is, may be known otherwise;
// so may the site of a private address, though not to a database's precision.
func (l *linter) addressLocation(n wire.Node) {
	ip, _ := l.text(&n, "ip")
	place := l.child(n, "location")
	if ip == nil || place == nil || n.Type().Name == "device" {
		return
	}
	if f := l.field(place, "is_on_premises", wire.Bool); f != nil && place.Value(f, 0) == true {
		return
	}
	kind := lint.KindOf(*ip)
	if !kind.Nowhere() {
		return
	}
	names := []string{"lat", "long", "coordinates", "isp", "city", "country", "region"}
	if kind == lint.Private || kind == lint.LinkLocal {
		names = names[:4]
	}
	t := place.Type()
	for _, name := range names {
		if i := t.Field(name); i >= 0 && place.Has(&t.Fields[i]) {
			f := &t.Fields[i]
			l.Add(secmodel.CodeAddressLocation, l.within(n, "location", f), values(*place, f), nil,
				"the %s address %s is in no particular place, but location has %s", kind, *ip, name)
			return
		}
	}
}

// nullIsland finds the coordinates 0,0.
func (l *linter) nullIsland(n wire.Node) {
	if n.Type().Name != "location" {
		return
	}
	const format = "the coordinates 0,0 lie in the ocean: probably none were known"
	lat, long := l.field(&n, "lat", wire.Float), l.field(&n, "long", wire.Float)
	if lat != nil && long != nil && n.Value(lat, 0) == 0.0 && n.Value(long, 0) == 0.0 {
		l.Add(secmodel.CodeNullIsland, l.pointer(lat), 0.0, nil, format)
	}
	if f := l.field(&n, "coordinates", wire.Floats); f != nil && n.Len(f) == 2 && n.Value(f, 0) == 0.0 && n.Value(f, 1) == 0.0 {
		l.Add(secmodel.CodeNullIsland, l.pointer(f), values(n, f), nil, format)
	}
}

// values returns an attribute of scalars as violations show it: a list of numbers
// as JSON, unless no JSON text can hold it.
func values(n wire.Node, f *wire.Field) any {
	if f.Kind != wire.Floats {
		return n.Value(f, 0)
	}
	text := []byte{'['}
	for i := range n.Len(f) {
		v := n.Value(f, i).(float64)
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return nil
		}
		if i > 0 {
			text = append(text, ',')
		}
		text = strconv.AppendFloat(text, v, 'g', -1, 64)
	}
	return json.RawMessage(append(text, ']'))
}

// endpoints finds a connection from an address and port to the same.
func (l *linter) endpoints(n wire.Node) {
	src, dst := l.child(n, "src_endpoint"), l.child(n, "dst_endpoint")
	from, _ := l.text(src, "ip")
	to, f := l.text(dst, "ip")
	fromPort, _ := l.number(src, "port")
	toPort, _ := l.number(dst, "port")
	if from == nil || to == nil || fromPort == nil || toPort == nil || *from != *to || *fromPort != *toPort || *toPort == 0 {
		return
	}
	l.Add(secmodel.CodeEndpoints, l.within(n, "dst_endpoint", f), *to, nil,
		"dst_endpoint has the address and port of src_endpoint, %s and %d", *to, *toPort)
}
