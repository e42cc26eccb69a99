package ocsf

import (
	"strconv"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/wire"
)

// RepairBundle mends the events of b, in place, each as Repair does by itself,
// and returns what it has changed, by place in the bundle. An event that was
// read as a *BaseEvent because its class_uid is a text, or has a fraction, becomes
// one of its class. The attributes of the bundle itself are left alone.
func RepairBundle(b *Bundle, opts ...secmodel.Option) []secmodel.Repaired {
	var list []secmodel.Repaired
	for i, e := range b.Events {
		if e == nil {
			continue
		}
		if c, ok := reclassed(e, opts); ok {
			e = c
		}
		found := Repair(e, opts...)
		if len(found) == 0 {
			continue
		}
		b.Events[i] = e
		prefix := "/events/" + strconv.Itoa(i)
		for _, r := range found {
			r.Pointer = prefix + r.Pointer
			if r.Target != "" {
				r.Target = prefix + r.Target
			}
			list = append(list, r)
		}
	}
	return list
}

// reclassed reads a base event again as the class that its class_uid means; ok
// is false if it means none.
func reclassed(e Event, opts []secmodel.Option) (Event, bool) {
	base, ok := e.(*BaseEvent)
	if !ok || base.ClassUID != nil {
		return nil, false
	}
	c, ok := RepairedClass(base.Extra["class_uid"])
	if !ok || c.UID() == 0 {
		return nil, false
	}
	text, err := base.AppendJSON(nil)
	if err != nil {
		return nil, false
	}
	class := c.New()
	d := wire.Decoder{MaxDepth: len(text), Version: secmodel.NewOptions(opts...).Version}
	if d.Decode(class, text) != nil {
		return nil, false
	}
	return class, true
}
