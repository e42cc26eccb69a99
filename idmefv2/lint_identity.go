package idmefv2

import (
	"strings"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/lint"
)

// twins finds one UUID of two things. An analyzer may be its own sensor, and a
// source may attack itself, which their addresses show.
func (l *linter) twins() {
	m := l.m
	first := map[string]twin{}
	l.twin(first, root, m.ID, nil)
	if m.Analyzer != nil {
		l.twin(first, node{"Analyzer", -1}, m.Analyzer.ID, m.Analyzer.IP)
	}
	for i := range m.Sensor {
		l.twin(first, node{"Sensor", i}, m.Sensor[i].ID, m.Sensor[i].IP)
	}
	for i := range m.Source {
		l.twin(first, node{"Source", i}, m.Source[i].ID, m.Source[i].IP)
	}
	for i := range m.Target {
		l.twin(first, node{"Target", i}, m.Target[i].ID, m.Target[i].IP)
	}
	for i := range m.Vector {
		l.twin(first, node{"Vector", i}, m.Vector[i].ID, nil)
	}
	for _, list := range [...]struct {
		name string
		ids  []string
	}{{"CorrelID", m.CorrelID}, {"PredID", m.PredID}, {"RelID", m.RelID}} {
		l.relationTwins(list.name, list.ids)
	}
}

// twin is an object with an ID.
type twin struct {
	node
	ip string
}

func (l *linter) twin(first map[string]twin, n node, id, ip *string) {
	if id == nil || lint.PlaceholderUUID(*id) {
		return
	}
	key, this := strings.ToLower(*id), twin{n, secmodel.Or(ip, "")}
	other, ok := first[key]
	if !ok {
		first[key] = this
		return
	}
	if n.class != other.class && other.class != "" && (other.ip == this.ip || other.class == "Analyzer" && n.class == "Sensor") {
		return
	}
	name := other.class
	if name == "" {
		name = "the message"
	}
	l.Add(secmodel.CodeIdentifierTwin, n.member("ID").pointer(), *id, nil, "ID %s is also that of %s", *id, name)
}

// relationTwins finds a message that a list names twice.
func (l *linter) relationTwins(name string, ids []string) {
	first := make(map[string]int, len(ids))
	for i, id := range ids {
		key := strings.ToLower(id)
		if k, ok := first[key]; ok {
			l.Add(secmodel.CodeIdentifierTwin, root.element(name, i).pointer(), id, nil, "%s is also %s %d", id, name, k)
			continue
		}
		first[key] = i
	}
}

// addressLocation finds coordinates of a source whose address is in no
// particular place. Where targets and sensors of one's own are, is known
// otherwise; so may be the site of a source, by its name.
func (l *linter) addressLocation(n node, ip, geo *string) {
	if ip == nil || geo == nil {
		return
	}
	if kind := lint.KindOf(*ip); kind.Nowhere() {
		l.Add(secmodel.CodeAddressLocation, n.member("GeoLocation").pointer(), *geo, nil,
			"the %s address %s is in no particular place, but there are coordinates", kind, *ip)
	}
}

// nullIsland finds the coordinates 0,0.
func (l *linter) nullIsland(n node, geo *string) {
	if geo != nil && lint.NullIsland(*geo) {
		l.Add(secmodel.CodeNullIsland, n.member("GeoLocation").pointer(), *geo, nil, "the coordinates 0,0 lie in the ocean: probably none were known")
	}
}
