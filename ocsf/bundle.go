package ocsf

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
	"unsafe"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/wire"
)

// Bundle is a document of several events, of any classes and releases. It has
// no class_uid, by which it is told from an event.
type Bundle struct {
	// How many events there are.
	Count *int64
	// When the first and the last event happened, also as RFC 3339 text.
	StartTime   *Timestamp
	StartTimeDT *string
	EndTime     *Timestamp
	EndTimeDT   *string
	// The events. Required.
	Events []Event
	// Members that have no place above: unknown, null, or of a wrong type.
	Extra map[string]json.RawMessage
}

var (
	_ secmodel.Message = (*Bundle)(nil)
	_ wire.Composite   = (*Bundle)(nil)
)

// ClassBundle is the class of a Bundle in secmodel.Identity.
const ClassBundle = "bundle"

// NewBundle returns a bundle of events, with their count and the times of the
// first and the last one.
func NewBundle(events ...Event) *Bundle {
	b := &Bundle{Events: append([]Event{}, events...), Count: new(int64(len(events)))}
	if from, to, ok := span(events); ok {
		b.StartTime, b.EndTime = &from, &to
	}
	return b
}

// span returns the times of the first and the last of those events that have
// one.
func span(events []Event) (from, to Timestamp, ok bool) {
	for _, e := range events {
		if e == nil {
			continue
		}
		if t := e.Common().Time; t != nil {
			if !ok || *t < from {
				from = *t
			}
			if !ok || *t > to {
				to = *t
			}
			ok = true
		}
	}
	return from, to, ok
}

// MarshalJSON implements json.Marshaler.
func (b Bundle) MarshalJSON() ([]byte, error) { return b.AppendJSON(nil) }

// AppendJSON implements secmodel.Message. It fails also if an event is nil.
func (b *Bundle) AppendJSON(dst []byte) ([]byte, error) {
	w := bundleWriter{out: dst, start: len(dst)}
	w.integer("count", b.Count)
	w.integer("start_time", (*int64)(b.StartTime))
	w.text("start_time_dt", b.StartTimeDT)
	w.integer("end_time", (*int64)(b.EndTime))
	w.text("end_time_dt", b.EndTimeDT)
	w.events(b.Events)
	for _, name := range slices.Sorted(maps.Keys(b.Extra)) {
		if !b.has(name) {
			w.raw(name, b.Extra[name])
		}
	}
	if w.err != nil {
		return dst, w.err
	}
	if len(w.out) == w.start {
		return append(w.out, "{}"...), nil
	}
	w.out[w.start] = '{'
	return append(w.out, '}'), nil
}

// has reports whether the typed attribute of that name is set.
func (b *Bundle) has(name string) bool {
	switch name {
	case "count":
		return b.Count != nil
	case "start_time":
		return b.StartTime != nil
	case "start_time_dt":
		return b.StartTimeDT != nil
	case "end_time":
		return b.EndTime != nil
	case "end_time_dt":
		return b.EndTimeDT != nil
	case "events":
		return b.Events != nil
	}
	return false
}

// bundleWriter appends members, each with a comma before it.
type bundleWriter struct {
	out   []byte
	start int
	err   error
}

func (w *bundleWriter) name(name string) {
	w.out = append(wire.AppendString(append(w.out, ','), name), ':')
}

func (w *bundleWriter) integer(name string, n *int64) {
	if n != nil {
		w.name(name)
		w.out = strconv.AppendInt(w.out, *n, 10)
	}
}

func (w *bundleWriter) text(name string, s *string) {
	switch {
	case s == nil:
	case !utf8.ValidString(*s):
		w.err = &secmodel.EncodeError{Pointer: "/" + name, Msg: "a string that is not valid UTF-8"}
	default:
		w.name(name)
		w.out = wire.AppendString(w.out, *s)
	}
}

// raw appends a member whose value the caller may have made.
func (w *bundleWriter) raw(name string, value json.RawMessage) {
	if w.err != nil {
		return
	}
	w.name(name)
	out, err := wire.AppendRaw(w.out, value)
	if err != nil {
		w.err = &secmodel.EncodeError{Pointer: string(wire.AppendPointer(nil, name)), Msg: err.Error()}
		return
	}
	w.out = out
}

func (w *bundleWriter) events(events []Event) {
	if events == nil {
		return
	}
	w.name("events")
	w.out = append(w.out, '[')
	for i, e := range events {
		if i > 0 {
			w.out = append(w.out, ',')
		}
		if e == nil {
			w.err = &secmodel.EncodeError{Pointer: eventPointer(i), Msg: noEvent}
			return
		}
		out, err := e.AppendJSON(w.out)
		if err != nil {
			w.err = inEvent(i, err)
			return
		}
		w.out = out
	}
	w.out = append(w.out, ']')
}

// noEvent is the fault of a nil among the events.
const noEvent = "there is no event"

func eventPointer(i int) string { return "/events/" + strconv.Itoa(i) }

// inEvent makes the place of an error in an event one in the bundle.
func inEvent(i int, err error) error {
	if inner, ok := err.(*secmodel.EncodeError); ok {
		return &secmodel.EncodeError{Format: inner.Format, Pointer: eventPointer(i) + inner.Pointer, Msg: inner.Msg}
	}
	return err
}

// UnmarshalJSON implements json.Unmarshaler. It takes any JSON object; events
// are read as Unmarshal does, into their classes. If an element of events is no
// object, or they are very many and nearly empty, the list is kept in Extra.
func (b *Bundle) UnmarshalJSON(data []byte) error {
	return b.DecodeWire(new(wire.Decoder), data)
}

// DecodeWire implements wire.Composite. It is not meant for callers.
func (b *Bundle) DecodeWire(d *wire.Decoder, data []byte) error {
	*b = Bundle{}
	if err := d.Scan(data); err != nil {
		return err
	}
	inner := &wire.Decoder{MaxDepth: d.MaxDepth, Version: d.Version}
	return wire.Members(data, len(data), func(name string, value []byte) bool {
		delete(b.Extra, name) // of duplicates the last counts
		b.clear(name)
		if !b.member(inner, name, value) {
			if b.Extra == nil {
				b.Extra = map[string]json.RawMessage{}
			}
			raw, _ := wire.AppendRaw(nil, value) // its syntax has been checked
			b.Extra[strings.Clone(name)] = raw   // the name views data
		}
		return true
	})
}

// clear makes the typed attribute of that name absent.
func (b *Bundle) clear(name string) {
	switch name {
	case "count":
		b.Count = nil
	case "start_time":
		b.StartTime = nil
	case "start_time_dt":
		b.StartTimeDT = nil
	case "end_time":
		b.EndTime = nil
	case "end_time_dt":
		b.EndTimeDT = nil
	case "events":
		b.Events = nil
	}
}

// member reads a member into its typed attribute; it returns false if there is
// none, or the value does not fit.
func (b *Bundle) member(d *wire.Decoder, name string, value []byte) bool {
	integer := func() *int64 {
		if n, err := strconv.ParseInt(string(value), 10, 64); err == nil {
			return &n
		}
		return nil
	}
	text := func() *string {
		if s, ok := wire.Text(value); ok {
			return &s
		}
		return nil
	}
	switch name {
	case "count":
		b.Count = integer()
	case "start_time":
		b.StartTime = (*Timestamp)(integer())
	case "start_time_dt":
		b.StartTimeDT = text()
	case "end_time":
		b.EndTime = (*Timestamp)(integer())
	case "end_time_dt":
		b.EndTimeDT = text()
	case "events":
		b.Events = decodeEvents(d, value)
	}
	return b.has(name)
}

// decodeEvents reads a list of events; nil if value is none, or if the events
// would take too much memory for its length, as very many empty ones.
func decodeEvents(d *wire.Decoder, value []byte) []Event {
	elements, ok := wire.Elements(value)
	if !ok {
		return nil
	}
	room := wire.Room(len(value))
	events := make([]Event, len(elements))
	for i, element := range elements {
		if room -= int(unsafe.Sizeof(BaseEvent{})); room < 0 {
			return nil
		}
		e, err := unmarshal(element, d)
		if err != nil { // no object
			return nil
		}
		events[i] = e
	}
	return events
}

// Clone returns a copy of b that shares no memory with it, nil for nil.
func (b *Bundle) Clone() *Bundle {
	if b == nil {
		return nil
	}
	c := &Bundle{
		Count: clone(b.Count), StartTime: clone(b.StartTime), StartTimeDT: clone(b.StartTimeDT),
		EndTime: clone(b.EndTime), EndTimeDT: clone(b.EndTimeDT), Events: slices.Clone(b.Events), Extra: maps.Clone(b.Extra),
	}
	for i, e := range b.Events {
		if e != nil {
			c.Events[i] = duplicate(e)
		}
	}
	for name, raw := range c.Extra {
		c.Extra[name] = slices.Clone(raw)
	}
	return c
}

func clone[T any](p *T) *T {
	if p == nil {
		return nil
	}
	return new(*p)
}
